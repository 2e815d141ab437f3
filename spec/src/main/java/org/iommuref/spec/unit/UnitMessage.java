package org.iommuref.spec.unit;

/** What a unit sends without being asked. */
public interface UnitMessage {

  /**
   * An interrupt message.
   *
   * @param address where it is written
   * @param data what is written
   */
  record Msi(long address, int data) implements UnitMessage {}
}
