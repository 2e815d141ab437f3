package org.iommuref.hw.vtd.driver;

import org.iommuref.spec.clause.Clause;

/**
 * The order in which a device is served: of its controls, of a domain's tags, and of its entry.
 *
 * <p>Source: drivers/iommu/intel/iommu.c dmar_domain_attach_device and device_block_translation,
 * intel_iommu_probe_finalize and intel_iommu_release_device.
 */
public interface AttachOrder {

  /** Takes the entry of a PASID away. */
  @FunctionalInterface
  interface TearDown {

    /** Returns whether the entry was present. */
    boolean tearDown();
  }

  /** The device may ask for translations only when its unit is there to give them. */
  @Clause({"ATT-001", "ATS-002"})
  default void begin(Runnable context, Runnable ats) {
    context.run();
    ats.run();
  }

  /** The device asks no more when its unit ends to give translations. */
  @Clause("ATS-003")
  default void end(Runnable ats, Runnable context) {
    ats.run();
    context.run();
  }

  /** Page requests are turned on behind ATS: their answer is a translation to ask for. */
  @Clause("ATS-010")
  default void enable(Runnable ats, Runnable pri) {
    ats.run();
    pri.run();
  }

  /** Page requests are off before ATS is. */
  @Clause("ATS-010")
  default void disable(Runnable pri, Runnable ats) {
    pri.run();
    ats.run();
  }

  /** The tag is there before an entry names it: a sync that meets the entry finds the tag. */
  @Clause("INV-004")
  default void enter(Runnable assign, Runnable entry) {
    assign.run();
    entry.run();
  }

  /** No page request follows those that are waited for when the entry is gone. */
  @Clause({"PRQ-004", "PRQ-012"})
  default void drain(TearDown entry, Runnable drain) {
    entry.tearDown(); // an entry whose table has ended is not present, and leaves requests too
    drain.run();
  }

  /** Tag and domain id are given up when the entry has been changed and flushed. */
  @Clause({"INV-004", "DOM-007"})
  default void leave(Runnable entry, Runnable giveUp) {
    entry.run();
    giveUp.run();
  }
}
