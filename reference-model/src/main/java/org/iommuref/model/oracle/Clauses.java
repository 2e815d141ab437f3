package org.iommuref.model.oracle;

import org.iommuref.spec.clause.ClauseId;

/** The clauses that decide judgements, read once. */
final class Clauses {

  static final ClauseId DOM_001 = ClauseId.parse("DOM-001");
  static final ClauseId DOM_002 = ClauseId.parse("DOM-002");
  static final ClauseId DOM_003 = ClauseId.parse("DOM-003");
  static final ClauseId DOM_004 = ClauseId.parse("DOM-004");
  static final ClauseId DOM_005 = ClauseId.parse("DOM-005");
  static final ClauseId DOM_006 = ClauseId.parse("DOM-006");
  static final ClauseId DOM_007 = ClauseId.parse("DOM-007");
  static final ClauseId ATT_001 = ClauseId.parse("ATT-001");
  static final ClauseId ATT_002 = ClauseId.parse("ATT-002");
  static final ClauseId ATT_004 = ClauseId.parse("ATT-004");
  static final ClauseId ATT_005 = ClauseId.parse("ATT-005");
  static final ClauseId PASID_001 = ClauseId.parse("PASID-001");
  static final ClauseId PASID_002 = ClauseId.parse("PASID-002");
  static final ClauseId PASID_003 = ClauseId.parse("PASID-003");
  static final ClauseId PASID_004 = ClauseId.parse("PASID-004");
  static final ClauseId MAP_001 = ClauseId.parse("MAP-001");
  static final ClauseId MAP_002 = ClauseId.parse("MAP-002");
  static final ClauseId MAP_003 = ClauseId.parse("MAP-003");
  static final ClauseId MAP_005 = ClauseId.parse("MAP-005");
  static final ClauseId MAP_006 = ClauseId.parse("MAP-006");
  static final ClauseId MAP_007 = ClauseId.parse("MAP-007");
  static final ClauseId MAP_009 = ClauseId.parse("MAP-009");
  static final ClauseId MAP_010 = ClauseId.parse("MAP-010");
  static final ClauseId MAP_011 = ClauseId.parse("MAP-011");
  static final ClauseId MAP_012 = ClauseId.parse("MAP-012");
  static final ClauseId MAP_013 = ClauseId.parse("MAP-013");
  static final ClauseId MAP_014 = ClauseId.parse("MAP-014");
  static final ClauseId MAP_015 = ClauseId.parse("MAP-015");
  static final ClauseId MAP_016 = ClauseId.parse("MAP-016");
  static final ClauseId MAP_030 = ClauseId.parse("MAP-030");
  static final ClauseId MAP_028 = ClauseId.parse("MAP-028");
  static final ClauseId MAP_029 = ClauseId.parse("MAP-029");
  static final ClauseId INV_001 = ClauseId.parse("INV-001");
  static final ClauseId INV_002 = ClauseId.parse("INV-002");
  static final ClauseId INV_003 = ClauseId.parse("INV-003");
  static final ClauseId FREC_001 = ClauseId.parse("FREC-001");
  static final ClauseId FREC_002 = ClauseId.parse("FREC-002");
  static final ClauseId FREC_003 = ClauseId.parse("FREC-003");
  static final ClauseId FREC_004 = ClauseId.parse("FREC-004");
  static final ClauseId FREC_005 = ClauseId.parse("FREC-005");
  static final ClauseId FREC_006 = ClauseId.parse("FREC-006");
  static final ClauseId FREC_007 = ClauseId.parse("FREC-007");
  static final ClauseId GRP_001 = ClauseId.parse("GRP-001");
  static final ClauseId GRP_002 = ClauseId.parse("GRP-002");
  static final ClauseId GRP_003 = ClauseId.parse("GRP-003");
  static final ClauseId GRP_004 = ClauseId.parse("GRP-004");
  static final ClauseId GRP_005 = ClauseId.parse("GRP-005");
  static final ClauseId GRP_006 = ClauseId.parse("GRP-006");
  static final ClauseId GRP_009 = ClauseId.parse("GRP-009");
  static final ClauseId GRP_010 = ClauseId.parse("GRP-010");
  static final ClauseId GRP_011 = ClauseId.parse("GRP-011");
  static final ClauseId GRP_012 = ClauseId.parse("GRP-012");
  static final ClauseId GRP_013 = ClauseId.parse("GRP-013");
  static final ClauseId GRP_014 = ClauseId.parse("GRP-014");
  static final ClauseId GRP_015 = ClauseId.parse("GRP-015");
  static final ClauseId PASID_006 = ClauseId.parse("PASID-006");
  static final ClauseId PASID_007 = ClauseId.parse("PASID-007");
  static final ClauseId PASID_008 = ClauseId.parse("PASID-008");
  static final ClauseId PASID_010 = ClauseId.parse("PASID-010");
  static final ClauseId PASID_011 = ClauseId.parse("PASID-011");
  static final ClauseId PASID_012 = ClauseId.parse("PASID-012");
  static final ClauseId VTD_CONTEXT = ClauseId.parse("VTD-003");
  static final ClauseId VTD_WIDTH = ClauseId.parse("VTD-009");
  static final ClauseId VTD_WRITE = ClauseId.parse("VTD-012");
  static final ClauseId VTD_READ = ClauseId.parse("VTD-013");
  static final ClauseId FREC_008 = ClauseId.parse("FREC-008");
  static final ClauseId FREC_009 = ClauseId.parse("FREC-009");
  static final ClauseId FREC_010 = ClauseId.parse("FREC-010");
  static final ClauseId FREC_011 = ClauseId.parse("FREC-011");
  static final ClauseId MAP_024 = ClauseId.parse("MAP-024");
  static final ClauseId MAP_025 = ClauseId.parse("MAP-025");
  static final ClauseId MAP_026 = ClauseId.parse("MAP-026");
  static final ClauseId GRP_007 = ClauseId.parse("GRP-007");
  static final ClauseId GRP_017 = ClauseId.parse("GRP-017");
  static final ClauseId GRP_018 = ClauseId.parse("GRP-018");
  static final ClauseId PASID_009 = ClauseId.parse("PASID-009");
  static final ClauseId PASID_005 = ClauseId.parse("PASID-005");

  private Clauses() {}
}
