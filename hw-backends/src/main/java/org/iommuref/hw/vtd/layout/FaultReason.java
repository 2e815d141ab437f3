package org.iommuref.hw.vtd.layout;

import static org.iommuref.hw.vtd.layout.TranslationAnswer.ABORTED;
import static org.iommuref.hw.vtd.layout.TranslationAnswer.NO_RIGHTS;
import static org.iommuref.hw.vtd.layout.TranslationAnswer.RIGHTS;
import static org.iommuref.hw.vtd.layout.TranslationAnswer.UNSUPPORTED;

/**
 * Why a request was refused: the conditions with their codes in FRCD.FR. Manual 7.1.3 and 5.1.4.1.
 *
 * <p>A qualified condition is not recorded where an entry that the walk met has FPD=1. Those of the
 * first letter L belong to legacy mode, those of S to scalable mode, and IR to interrupts.
 */
public enum FaultReason {
  /** Root entry: P=0. */
  LRT_2("LRT.2", 0x01, false, UNSUPPORTED, "the present field in the root entry is clear"),
  /** Context entry: P=0. */
  LCT_2("LCT.2", 0x02, true, UNSUPPORTED, "the present field in the context entry is clear"),
  /** Context entry: AW not supported. */
  LCT_4_1("LCT.4.1", 0x03, true, ABORTED, "the address width is not supported"),
  /** Context entry: TT not supported. */
  LCT_4_2("LCT.4.2", 0x03, true, ABORTED, "the translation type is not supported"),
  /** Context entry: the top table cannot be read. */
  LCT_4_3("LCT.4.3", 0x03, true, ABORTED, "the table at SSPTPTR cannot be accessed"),
  /** The address is beyond min(MGAW, AW). */
  LGN_1_1("LGN.1.1", 0x04, true, NO_RIGHTS, "the address is beyond the width of the domain"),
  /** The pass-through address is beyond the host address width. */
  LGN_1_3(
      "LGN.1.3",
      0x04,
      true,
      NO_RIGHTS,
      "the pass-through address is beyond the host address width"),
  /** A write or atomic without write permission. */
  LGN_2("LGN.2", 0x05, true, RIGHTS, "no write permission"),
  /** A read or atomic without read permission. */
  LGN_3("LGN.3", 0x06, true, RIGHTS, "no read permission"),
  /** A table below the top one cannot be read. */
  LSS_1("LSS.1", 0x07, true, ABORTED, "a second-stage table cannot be accessed"),
  /** The root entry cannot be read. */
  LRT_1("LRT.1", 0x08, false, ABORTED, "the root entry cannot be accessed"),
  /** The context entry cannot be read. */
  LCT_1("LCT.1", 0x09, false, ABORTED, "the context entry cannot be accessed"),
  /** Root entry: a reserved bit is set. */
  LRT_3("LRT.3", 0x0a, false, ABORTED, "a reserved field in the root entry is not zero"),
  /** Context entry: a reserved bit is set. */
  LCT_3("LCT.3", 0x0b, true, ABORTED, "a reserved field in the context entry is not zero"),
  /** Second-stage entry: a reserved bit is set. */
  LSS_2("LSS.2", 0x0c, true, ABORTED, "a reserved field in a second-stage entry is not zero"),
  /** The output address is in the interrupt range. */
  LGN_4("LGN.4", 0x0e, true, ABORTED, "the output address is in the interrupt range"),
  /** A request to the interrupt range that is no interrupt. */
  INTERRUPT_RANGE(
      "-", 0x29, false, UNSUPPORTED, "a request to the interrupt range is no interrupt"),
  /** RTADDR.TTM is not supported. */
  RTA_1("RTA.1", 0x30, false, ABORTED, "the translation table mode is not supported"),
  /** A request with PASID in legacy mode. */
  RTA_2("RTA.2", 0x31, false, UNSUPPORTED, "a request with PASID in legacy mode"),
  /** A page request in legacy mode. */
  RTA_3("RTA.3", 0x32, false, UNSUPPORTED, "a page request in legacy mode"),
  /** Abort-dma mode refuses every request. */
  RTA_4("RTA.4", 0x33, false, UNSUPPORTED, "abort-dma mode refuses every request"),
  /** The scalable-mode root entry cannot be accessed. */
  SRT_1("SRT.1", 0x38, false, ABORTED, "the scalable-mode root entry cannot be accessed"),
  /** The present field of the half of the scalable-mode root entry is clear. */
  SRT_2(
      "SRT.2",
      0x39,
      false,
      UNSUPPORTED,
      "the present field of the half of the scalable-mode root entry is clear"),
  /** A reserved field in the scalable-mode root entry is not zero. */
  SRT_3(
      "SRT.3",
      0x3a,
      false,
      ABORTED,
      "a reserved field in the scalable-mode root entry is not zero"),
  /** The scalable-mode context entry cannot be accessed. */
  SCT_1("SCT.1", 0x40, false, ABORTED, "the scalable-mode context entry cannot be accessed"),
  /** The present field in the scalable-mode context entry is clear. */
  SCT_2(
      "SCT.2",
      0x41,
      true,
      UNSUPPORTED,
      "the present field in the scalable-mode context entry is clear"),
  /** A reserved field in the scalable-mode context entry is not zero. */
  SCT_3(
      "SCT.3",
      0x42,
      true,
      ABORTED,
      "a reserved field in the scalable-mode context entry is not zero"),
  /** Page requests are enabled without device-TLB. */
  SCT_4_1("SCT.4.1", 0x43, true, ABORTED, "page requests are enabled without device-TLB"),
  /** RID_PASID is beyond the PASID directory. */
  SCT_4_2("SCT.4.2", 0x43, true, ABORTED, "RID_PASID is beyond the PASID directory"),
  /** PASIDs in translated requests are enabled without PASIDs. */
  SCT_4_3(
      "SCT.4.3", 0x43, true, ABORTED, "PASIDs in translated requests are enabled without PASIDs"),
  /** The device-TLB of the device is not enabled. */
  SCT_5("SCT.5", 0x44, true, UNSUPPORTED, "the device-TLB of the device is not enabled"),
  /** Requests with PASID are not enabled. */
  SCT_6("SCT.6", 0x45, true, UNSUPPORTED, "requests with PASID are not enabled"),
  /** The PASID is beyond the PASID directory. */
  SCT_7("SCT.7", 0x46, true, UNSUPPORTED, "the PASID is beyond the PASID directory"),
  /** Page requests are not enabled. */
  SCT_8("SCT.8", 0x47, true, UNSUPPORTED, "page requests are not enabled"),
  /** The PASID of the request is RID_PASID. */
  SCT_9("SCT.9", 0x48, true, UNSUPPORTED, "the PASID of the request is RID_PASID"),
  /** PASIDs in translated requests are not enabled. */
  SCT_10("SCT.10", 0x49, true, UNSUPPORTED, "PASIDs in translated requests are not enabled"),
  /** The PASID directory entry cannot be accessed. */
  SPD_1("SPD.1", 0x50, false, ABORTED, "the PASID directory entry cannot be accessed"),
  /** The present field in the PASID directory entry is clear. */
  SPD_2("SPD.2", 0x51, true, NO_RIGHTS, "the present field in the PASID directory entry is clear"),
  /** A reserved field in the PASID directory entry is not zero. */
  SPD_3("SPD.3", 0x52, true, ABORTED, "a reserved field in the PASID directory entry is not zero"),
  /** The PASID entry cannot be accessed. */
  SPT_1("SPT.1", 0x58, false, ABORTED, "the PASID entry cannot be accessed"),
  /** The present field in the PASID entry is clear. */
  SPT_2("SPT.2", 0x59, true, NO_RIGHTS, "the present field in the PASID entry is clear"),
  /** A reserved field in the PASID entry is not zero. */
  SPT_3("SPT.3", 0x5a, true, ABORTED, "a reserved field in the PASID entry is not zero"),
  /** The address width of the second stage is not supported. */
  SPT_4_1("SPT.4.1", 0x5b, true, ABORTED, "the address width of the second stage is not supported"),
  /** The translation type is not supported. */
  SPT_4_2("SPT.4.2", 0x5b, true, ABORTED, "the translation type is not supported"),
  /** The number of levels of the first stage is not supported. */
  SPT_4_3(
      "SPT.4.3", 0x5b, true, ABORTED, "the number of levels of the first stage is not supported"),
  /** The nested first-stage table is beyond the width of the second stage. */
  SPT_4_4(
      "SPT.4.4",
      0x5b,
      true,
      ABORTED,
      "the nested first-stage table is beyond the width of the second stage"),
  /** A privileged request where supervisor requests are not enabled. */
  SPT_6(
      "SPT.6",
      0x5d,
      true,
      NO_RIGHTS,
      "a privileged request where supervisor requests are not enabled"),
  /** A first-stage table cannot be accessed. */
  SFS_1("SFS.1", 0x70, true, NO_RIGHTS, "a first-stage table cannot be accessed"),
  /** The present field in a first-stage entry is clear. */
  SFS_2("SFS.2", 0x71, true, NO_RIGHTS, "the present field in a first-stage entry is clear"),
  /** A reserved field in a first-stage entry is not zero. */
  SFS_3("SFS.3", 0x72, true, NO_RIGHTS, "a reserved field in a first-stage entry is not zero"),
  /** The table at FSPTPTR cannot be accessed. */
  SFS_4("SFS.4", 0x73, true, NO_RIGHTS, "the table at FSPTPTR cannot be accessed"),
  /** An address in a nested first-stage entry is beyond the second stage. */
  SFS_5(
      "SFS.5",
      0x74,
      true,
      NO_RIGHTS,
      "an address in a nested first-stage entry is beyond the second stage"),
  /** No second-stage right to read the top first-stage table. */
  SFS_6("SFS.6", 0x75, true, NO_RIGHTS, "no second-stage right to read the top first-stage table"),
  /** No second-stage right to read a first-stage table. */
  SFS_7("SFS.7", 0x76, true, NO_RIGHTS, "no second-stage right to read a first-stage table"),
  /** No second-stage right to update a first-stage entry. */
  SFS_8("SFS.8", 0x77, true, NO_RIGHTS, "no second-stage right to update a first-stage entry"),
  /** A first-stage entry needs an update and walks are not snooped. */
  SFS_9(
      "SFS.9",
      0x90,
      true,
      NO_RIGHTS,
      "a first-stage entry needs an update and walks are not snooped"),
  /** The update of a first-stage entry failed. */
  SFS_10("SFS.10", 0x91, true, NO_RIGHTS, "the update of a first-stage entry failed"),
  /** A second-stage table cannot be accessed. */
  SSS_1("SSS.1", 0x78, true, ABORTED, "a second-stage table cannot be accessed"),
  /** A second-stage entry has neither right. */
  SSS_2("SSS.2", 0x79, true, NO_RIGHTS, "a second-stage entry has neither right"),
  /** A reserved field in a second-stage entry is not zero. */
  SSS_3("SSS.3", 0x7a, true, ABORTED, "a reserved field in a second-stage entry is not zero"),
  /** The table at SSPTPTR cannot be accessed. */
  SSS_4("SSS.4", 0x7b, true, ABORTED, "the table at SSPTPTR cannot be accessed"),
  /** A second-stage entry needs an update and walks are not snooped. */
  SSS_5(
      "SSS.5",
      0x7c,
      true,
      ABORTED,
      "a second-stage entry needs an update and walks are not snooped"),
  /** The update of a second-stage entry failed. */
  SSS_6("SSS.6", 0x7d, true, ABORTED, "the update of a second-stage entry failed"),
  /** The address is not canonical. */
  SGN_1("SGN.1", 0x80, true, NO_RIGHTS, "the address is not canonical"),
  /** A user request to a page of the supervisor. */
  SGN_2("SGN.2", 0x81, true, NO_RIGHTS, "a user request to a page of the supervisor"),
  /** The translated address is beyond the host address width. */
  SGN_4_1(
      "SGN.4.1",
      0x83,
      true,
      UNSUPPORTED,
      "the translated address is beyond the host address width"),
  /** The pass-through address is beyond the host address width. */
  SGN_4_2(
      "SGN.4.2",
      0x83,
      true,
      NO_RIGHTS,
      "the pass-through address is beyond the host address width"),
  /** The address is beyond the width of the second stage. */
  SGN_5("SGN.5", 0x84, true, NO_RIGHTS, "the address is beyond the width of the second stage"),
  /** No write permission. */
  SGN_6("SGN.6", 0x85, true, RIGHTS, "no write permission"),
  /** No read permission. */
  SGN_7("SGN.7", 0x86, true, RIGHTS, "no read permission"),
  /** The output address is in the interrupt range. */
  SGN_8("SGN.8", 0x87, true, ABORTED, "the output address is in the interrupt range"),
  /** The PASID is beyond the width that the unit supports. */
  SGN_10("SGN.10", 0x89, true, UNSUPPORTED, "the PASID is beyond the width that the unit supports"),
  /** Context entry: TT blocks device-TLB requests. */
  LCT_5("LCT.5", 0x0d, true, UNSUPPORTED, "the translation type blocks device-TLB requests"),
  /** The translated address is beyond the host address width. */
  LGN_1_2("LGN.1.2", 0x04, true, UNSUPPORTED, "the translated address is beyond the host"),
  /** An interrupt request has a reserved field that is not zero. */
  IR_20("-", 0x20, false, UNSUPPORTED, "a reserved field in an interrupt request is not zero"),
  /** The index is beyond the interrupt remapping table. */
  IR_21("-", 0x21, false, UNSUPPORTED, "the index is beyond the interrupt remapping table"),
  /** The present field in the interrupt remapping entry is clear. */
  IR_22("-", 0x22, true, UNSUPPORTED, "the interrupt remapping entry is not present"),
  /** The interrupt remapping table cannot be accessed. */
  IR_23("-", 0x23, false, UNSUPPORTED, "the interrupt remapping entry cannot be accessed"),
  /** A reserved field in the interrupt remapping entry is not zero. */
  IR_24("-", 0x24, true, UNSUPPORTED, "a reserved field in the interrupt remapping entry"),
  /** A compatibility-format interrupt is blocked. */
  IR_25("-", 0x25, false, UNSUPPORTED, "a compatibility-format interrupt is blocked"),
  /** The requester may not use the interrupt remapping entry. */
  IR_26("-", 0x26, true, UNSUPPORTED, "the requester may not use the interrupt remapping entry"),
  /** The posted-interrupt descriptor cannot be accessed. */
  IR_27("-", 0x27, true, UNSUPPORTED, "the posted-interrupt descriptor cannot be accessed"),
  /** A reserved field in the posted-interrupt descriptor is not zero. */
  IR_28("-", 0x28, true, UNSUPPORTED, "a reserved field in the posted-interrupt descriptor"),
  /** Interrupts are remapped in extended mode alone, which is not enabled. */
  IR_2A("-", 0x2a, false, UNSUPPORTED, "extended interrupt mode is required and not enabled"),
  /** Interrupts without remapping are refused. */
  IR_2B("-", 0x2b, false, UNSUPPORTED, "interrupt remapping is required and not enabled");

  private final String id;
  private final int code;
  private final boolean qualified;
  private final TranslationAnswer answer;
  private final String meaning;

  FaultReason(String id, int code, boolean qualified, TranslationAnswer answer, String meaning) {
    this.id = id;
    this.code = code;
    this.qualified = qualified;
    this.answer = answer;
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

  /** What a translation request of a device-TLB is answered. */
  public TranslationAnswer answer() {
    return answer;
  }

  /** The condition in a few words. */
  public String meaning() {
    return meaning;
  }
}
