package org.iommuref.hw.vtd.layout;

/**
 * The four registers of an event that the unit signals by an interrupt message: FECTL and IECTL,
 * each with data, address and upper address. Manual 11.4.7.2 to 11.4.7.5 and 11.4.9.5 to 11.4.9.8.
 */
public final class EventMessage {

  /** IP: a message waits until it is unmasked. */
  public static final Field IP = Field.bit("IP", 30, "interrupt pending").readOnly();

  /** IM: no message is sent. */
  public static final Field IM = Field.bit("IM", 31, "interrupt mask");

  /** What the control registers hold after reset: masked. */
  public static final int CONTROL_AFTER_RESET = 0x8000_0000;

  /** The data written. */
  public static final Field DATA = Field.of("IMD", 15, 0, "message data");

  /** The address written to; bits 31:2. */
  public static final Field ADDRESS = Field.of("MA", 31, 2, "message address");

  /** The upper address. */
  public static final Field UPPER_ADDRESS = Field.of("MUA", 31, 0, "message upper address");

  private EventMessage() {}

  static Layout control(String name) {
    return Layout.of(name, 32, IP, IM);
  }

  static Layout data(String name) {
    return Layout.of(name, 32, DATA);
  }

  static Layout address(String name) {
    return Layout.of(name, 32, ADDRESS);
  }

  static Layout upperAddress(String name) {
    return Layout.of(name, 32, UPPER_ADDRESS);
  }
}
