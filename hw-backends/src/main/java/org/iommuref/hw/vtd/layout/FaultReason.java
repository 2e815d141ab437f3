package org.iommuref.hw.vtd.layout;

/**
 * Why a request was refused: the conditions of legacy mode with their codes in FRCD.FR. Manual
 * 7.1.3.
 *
 * <p>A qualified condition is not recorded where the context entry has FPD=1.
 */
public enum FaultReason {
  /** Root entry: P=0. */
  LRT_2("LRT.2", 0x01, false, "the present field in the root entry is clear"),
  /** Context entry: P=0. */
  LCT_2("LCT.2", 0x02, true, "the present field in the context entry is clear"),
  /** Context entry: AW not supported. */
  LCT_4_1("LCT.4.1", 0x03, true, "the address width is not supported"),
  /** Context entry: TT not supported. */
  LCT_4_2("LCT.4.2", 0x03, true, "the translation type is not supported"),
  /** Context entry: the top table cannot be read. */
  LCT_4_3("LCT.4.3", 0x03, true, "the table at SSPTPTR cannot be accessed"),
  /** The address is beyond min(MGAW, AW). */
  LGN_1_1("LGN.1.1", 0x04, true, "the address is beyond the width of the domain"),
  /** The pass-through address is beyond the host address width. */
  LGN_1_3("LGN.1.3", 0x04, true, "the pass-through address is beyond the host address width"),
  /** A write or atomic without write permission. */
  LGN_2("LGN.2", 0x05, true, "no write permission"),
  /** A read or atomic without read permission. */
  LGN_3("LGN.3", 0x06, true, "no read permission"),
  /** A table below the top one cannot be read. */
  LSS_1("LSS.1", 0x07, true, "a second-stage table cannot be accessed"),
  /** The root entry cannot be read. */
  LRT_1("LRT.1", 0x08, false, "the root entry cannot be accessed"),
  /** The context entry cannot be read. */
  LCT_1("LCT.1", 0x09, false, "the context entry cannot be accessed"),
  /** Root entry: a reserved bit is set. */
  LRT_3("LRT.3", 0x0a, false, "a reserved field in the root entry is not zero"),
  /** Context entry: a reserved bit is set. */
  LCT_3("LCT.3", 0x0b, true, "a reserved field in the context entry is not zero"),
  /** Second-stage entry: a reserved bit is set. */
  LSS_2("LSS.2", 0x0c, true, "a reserved field in a second-stage entry is not zero"),
  /** The output address is in the interrupt range. */
  LGN_4("LGN.4", 0x0e, true, "the output address is in the interrupt range"),
  /** A request to the interrupt range that is no interrupt. */
  INTERRUPT_RANGE("-", 0x29, false, "a request to the interrupt range is no interrupt"),
  /** RTADDR.TTM is not supported. */
  RTA_1("RTA.1", 0x30, false, "the translation table mode is not supported"),
  /** A request with PASID in legacy mode. */
  RTA_2("RTA.2", 0x31, false, "a request with PASID in legacy mode");

  private final String id;
  private final int code;
  private final boolean qualified;
  private final String meaning;

  FaultReason(String id, int code, boolean qualified, String meaning) {
    this.id = id;
    this.code = code;
    this.qualified = qualified;
    this.meaning = meaning;
  }

  /** The manual's name of the condition. */
  public String id() {
    return id;
  }

  /** The value of FRCD.FR. */
  public int code() {
    return code;
  }

  /** Whether FPD=1 suppresses the record. */
  public boolean qualified() {
    return qualified;
  }

  /** The condition in a few words. */
  public String meaning() {
    return meaning;
  }
}
