package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.spec.clause.Clause;

/**
 * Why a request is refused when a structure of its walk lies where no memory is. Manual 7.1.3.
 *
 * @param root for a root entry
 * @param context for a context entry
 * @param topTable for the table that the context entry names
 * @param lowerTable for any table below
 */
public record AccessErrors(
    FaultReason root, FaultReason context, FaultReason topTable, FaultReason lowerTable) {

  /** The reasons of legacy mode. */
  @Clause("VTD-016")
  public static AccessErrors standard() {
    return new AccessErrors(
        FaultReason.LRT_1, FaultReason.LCT_1, FaultReason.LCT_4_3, FaultReason.LSS_1);
  }
}
