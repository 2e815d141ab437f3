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

  private Clauses() {}
}
