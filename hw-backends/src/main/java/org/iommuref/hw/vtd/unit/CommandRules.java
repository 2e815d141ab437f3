package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.spec.clause.Clause;

/** What the commands of GCMD do. Manual 11.4.4 and 6.6. */
public interface CommandRules {

  /** The root table in force: what RTADDR held when the command to set it was given. */
  @Clause("VTD-027")
  default long rootTable(long latched, long register) {
    return latched;
  }

  /** Whether requests are translated: as the status says. */
  @Clause("VTD-028")
  default boolean translates(boolean status) {
    return status;
  }

  /** The status bit of a level when its command is complete: what was asked for. */
  @Clause("VTD-029")
  default boolean status(boolean asked) {
    return asked;
  }

  /** Whether the command to set the root table empties the caches. */
  @Clause("VTD-043")
  default boolean emptiesCaches(VtdConfiguration unit) {
    return Capability.ESRTPS.isSet(unit.capability());
  }

  /** Whether turning translation off empties the caches: in a unit that has scalable mode. */
  @Clause("VTD-164")
  default boolean emptiesCachesWhenOff(VtdConfiguration unit) {
    return unit.has(ExtendedCapability.SMTS);
  }

  /** What an order to invalidate the context cache through CCMD does. */
  @Clause("VTD-044")
  default ContextInvalidation carriedOut(ContextInvalidation order) {
    return order;
  }

  /** What an order to invalidate the IOTLB through its register does. */
  @Clause("VTD-045")
  default IotlbInvalidation carriedOut(IotlbInvalidation order) {
    return order;
  }

  /** What CAIG and IAIG tell of a granularity that was carried out; 0 tells of a refusal. */
  @Clause({"VTD-044", "VTD-045", "VTD-046"})
  default int told(int granularity) {
    return granularity;
  }

  /** IQH when the queue is turned off. */
  @Clause("VTD-039")
  default long headWhenOff(long head) {
    return 0;
  }
}
