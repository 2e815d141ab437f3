package org.iommuref.hw.vtd.driver;

import java.util.function.Predicate;
import org.iommuref.hw.radix.EntryLink;
import org.iommuref.hw.radix.MapChecks;
import org.iommuref.hw.radix.TableFormat;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.step.Steps;

/** Makes the parts of a driver that can be exchanged; a subclass exchanges one. */
public class DriverParts {

  /** The parts of the driver as it should be. */
  public DriverParts() {}

  /** The root and context tables of a unit; the root table is the page at {@code root}. */
  protected ContextTables contextTables(UnitParts unit, long root) {
    return new ContextTables(unit, root);
  }

  /** The same in scalable mode. */
  protected ScalableContexts scalableContexts(UnitParts unit, long root) {
    return new ScalableContexts(unit, root);
  }

  /** The PASID directory and tables of a device; the directory is the page at {@code directory}. */
  protected PasidTables pasidTables(UnitParts unit, Rid device, long directory) {
    return new PasidTables(unit, device, directory);
  }

  /** The fault recording registers of a unit. */
  protected FaultRegisters faultRegisters(UnitRegisters registers) {
    return new FaultRegisters(registers);
  }

  /** The order in which an attach changes tags and the entry of the device. */
  protected AttachOrder attachOrder() {
    return new AttachOrder() {};
  }

  /** In which order the caches of a domain are invalidated. */
  protected TagOrder tagOrder() {
    return TagOrder.UNITS_FIRST;
  }

  /** What is invalidated of a unit together. */
  protected InvalidationBatch batch(Invalidations unit) {
    return new InvalidationBatch(unit);
  }

  /** In which order the descriptors of a submission stand in the queue. */
  protected SubmissionOrder submissionOrder() {
    return SubmissionOrder.WAIT_LAST;
  }

  /** The queue of a unit in which page requests arrive; it is the page at {@code ring}. */
  protected PageRequestRing pageRequestRing(UnitParts unit, long ring) {
    return new PageRequestRing(unit, ring);
  }

  /** Whether entries that lead to a domain that enforces cache coherency have accesses snooped. */
  protected boolean snoopsPages() {
    return true;
  }

  /** Whether leaves of a second stage that enforces cache coherency are snooped. */
  protected boolean snoopsLeaves() {
    return true;
  }

  /** What a query of written pages looks at and leaves behind. */
  protected DirtyQuery dirtyQuery() {
    return new DirtyQuery() {};
  }

  /**
   * What is done when the queue of a unit stops; {@code present} tells whether a device is there.
   */
  protected QueueErrors queueErrors(UnitRegisters registers, Steps steps, Predicate<Rid> present) {
    return new QueueErrors(registers, steps, present);
  }

  /** How a new table is linked to an entry. */
  protected EntryLink entryLink() {
    return EntryLink.IF_EMPTY;
  }

  /** What is looked at before a map. */
  protected MapChecks mapChecks() {
    return MapChecks.LINUX;
  }

  /** The format of first-stage tables; parameters as in {@link FirstStage}. */
  protected TableFormat firstStage(int levels, long pageSizes) {
    return new FirstStage(levels, pageSizes);
  }

  /** The format of second-stage tables; parameters as in {@link SecondStage}. */
  protected TableFormat secondStage(int levels, long pageSizes) {
    return new SecondStage(levels, pageSizes);
  }
}
