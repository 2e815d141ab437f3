package org.iommuref.hw.vtd.matrix;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.jspecify.annotations.Nullable;

/** A class of fault reasons, by where the address that a record gives could come from. */
enum RecordReasons {
  LEGACY_ROOT("root entries, legacy", "VTD-022"),
  LEGACY_CONTEXT("context entries, legacy", "VTD-022"),
  LEGACY_STAGE("tables and rights, legacy", "VTD-022"),
  MODE("the mode of the root table", "VTD-022"),
  ROOT("root entries, scalable", "VTD-213"),
  CONTEXT("context entries, scalable", "VTD-213"),
  DIRECTORY("the PASID directory", "VTD-213"),
  ENTRY("PASID entries", "VTD-213"),
  FIRST_STAGE("the first stage", "VTD-213"),
  SECOND_STAGE("the second stage", "VTD-213"),
  NESTED("the second stage beneath a first one", "VTD-213"),
  GENERAL("addresses and rights, scalable", "VTD-213");

  private final String words;
  private final String rule;

  RecordReasons(String words, String rule) {
    this.words = words;
    this.rule = rule;
  }

  /** As the table has it. */
  String words() {
    return words;
  }

  /** The clause about requester and address in such records. */
  String rule() {
    return rule;
  }

  /** The class of a refusal, or null for a request to the interrupt range: that has no address. */
  static @Nullable RecordReasons of(DmaRequest request, FaultReason reason) {
    boolean beneath = request.isScalable() && request.walk().isNested();
    String id = reason.id();
    int dot = id.indexOf('.');
    return switch (dot < 0 ? id : id.substring(0, dot)) {
      case "LRT" -> LEGACY_ROOT;
      case "LCT" -> LEGACY_CONTEXT;
      case "LSS", "LGN" -> LEGACY_STAGE;
      case "RTA" -> MODE;
      case "SRT" -> ROOT;
      case "SCT" -> CONTEXT;
      case "SPD" -> DIRECTORY;
      case "SPT" -> ENTRY;
      case "SFS" -> FIRST_STAGE;
      case "SSS" -> beneath ? NESTED : SECOND_STAGE;
      case "SGN" -> GENERAL;
      default -> null;
    };
  }
}
