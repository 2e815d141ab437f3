package org.iommuref.hw.vtd.driver;

import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import org.iommuref.hw.vtd.driver.DriverStep.Doorbell;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitContextInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitDeviceInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitDrain;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitPasidInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitPasidTranslations;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitResponse;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.jspecify.annotations.Nullable;

/**
 * What can be invalidated in one unit; each call returns when it is done, or adds to a batch.
 *
 * <p>Manual 6.5.2; source: drivers/iommu/intel/dmar.c.
 */
public final class Invalidations {

  private static final long ALL_BYTES = Long.MAX_VALUE;
  private static final int NO_DOMAIN = 0;
  private static final int NO_PASID = 0;

  /** From this mask on all translations of a PASID go: there is no address above it. */
  private static final int WHOLE_SPACE = 52;

  /** The address of an invalidation of a device-TLB that names all: a zero in bit 63 alone. */
  private static final long EVERYTHING = Long.MAX_VALUE;

  private final int unit;
  private final UnitRegisters registers;
  private final InvalidationQueue queue;
  private final ToIntFunction<Rid> depth;
  private final Sink sink;

  /** Takes the invalidations that are asked for, one by one. */
  @FunctionalInterface
  interface Sink {

    /** Takes one; {@code doorbell} is the step by which it is submitted alone. */
    void take(Atom descriptor, LongFunction<? extends Doorbell> doorbell);
  }

  /** Those of a unit, by its queue; {@code depth} is how many a device takes at once. */
  Invalidations(
      int unit, UnitRegisters registers, InvalidationQueue queue, ToIntFunction<Rid> depth) {
    this(unit, registers, queue, depth, queue::submit);
  }

  private Invalidations(
      int unit,
      UnitRegisters registers,
      InvalidationQueue queue,
      ToIntFunction<Rid> depth,
      Sink sink) {
    this.unit = unit;
    this.registers = registers;
    this.queue = queue;
    this.depth = depth;
    this.sink = sink;
  }

  /** The same calls, whose invalidations go elsewhere than to the queue. */
  Invalidations into(Sink other) {
    return new Invalidations(unit, registers, queue, depth, other);
  }

  /** The index of the unit. */
  int unit() {
    return unit;
  }

  /** Returns when the descriptors have been carried out, in their order. */
  void submit(List<Atom> descriptors, LongFunction<? extends Doorbell> doorbell) {
    queue.submit(descriptors, false, doorbell);
  }

  /** Drops every cached context entry. */
  void contexts() {
    submitContext(InvalidationDescriptor.context(Granularity.GLOBAL, NO_DOMAIN, 0, 0), NO_DOMAIN);
  }

  /**
   * Drops the context entry of a device that was cached with {@code domainId}; in scalable mode,
   * where entries have none, with any.
   */
  public void context(Rid device, int domainId) {
    submitContext(
        InvalidationDescriptor.context(Granularity.DEVICE, domainId, device.value(), 0), domainId);
  }

  /** Drops every cached PASID entry. */
  void pasidEntries() {
    sink.take(
        PasidDescriptor.pasidCache(PasidDescriptor.CACHE_GLOBAL, NO_DOMAIN, NO_PASID),
        tail -> new SubmitPasidInvalidation(unit, NO_DOMAIN, NO_PASID, tail));
  }

  /** Drops the entries of a PASID that were cached with {@code domainId}, of every device. */
  public void pasidEntry(int domainId, int pasid) {
    sink.take(
        PasidDescriptor.pasidCache(PasidDescriptor.CACHE_PASID, domainId, pasid),
        tail -> new SubmitPasidInvalidation(unit, domainId, pasid, tail));
  }

  /** Drops every cached translation. */
  void translations() {
    submitTranslations(
        InvalidationDescriptor.iotlb(Granularity.GLOBAL, NO_DOMAIN, 0, 0, false), NO_DOMAIN);
  }

  /** Drops every translation cached under {@code domainId}, and every pointer to a table. */
  public void domain(int domainId) {
    submitTranslations(
        InvalidationDescriptor.iotlb(Granularity.DOMAIN, domainId, 0, 0, false), domainId);
  }

  /**
   * Drops the translations of all pages from {@code first} to {@code last} that are cached under
   * {@code domainId}; more if the unit cannot name that range.
   *
   * @param leafOnly whether pointers to tables may stay, since none was unlinked (INV-009)
   */
  @Clause({"INV-005", "INV-009", "INV-016"})
  void pages(int domainId, long first, long last, boolean leafOnly) {
    PageRange range = PageRange.covering(first, last);
    if (range.mask() > registers.capability(Capability.MAMV)
        || registers.capability(Capability.PSI) == 0) {
      domain(domainId);
      return;
    }
    sink.take(
        InvalidationDescriptor.iotlb(
            Granularity.PAGE, domainId, range.start(), range.mask(), leafOnly),
        tail ->
            new SubmitInvalidation(range.start(), range.size(), leafOnly, unit, domainId, tail));
  }

  /** Drops the translations of a PASID, of those whose tables have a first stage or none. */
  @Clause("INV-017")
  public void ofPasid(int domainId, int pasid) {
    sink.take(
        PasidDescriptor.iotlb(Granularity.DOMAIN, domainId, pasid, 0, 0, false),
        tail -> new SubmitPasidTranslations(0, ALL_BYTES, false, unit, domainId, pasid, tail));
  }

  /** Drops the translations of pages of a PASID; parameters as in {@link #pages}. */
  @Clause({"INV-005", "INV-009", "INV-016", "INV-017"})
  public void pagesOfPasid(int domainId, int pasid, long first, long last, boolean leafOnly) {
    PageRange range = PageRange.covering(first, last);
    if (range.mask() >= WHOLE_SPACE) {
      ofPasid(domainId, pasid);
      return;
    }
    sink.take(
        PasidDescriptor.iotlb(
            Granularity.PAGE, domainId, pasid, range.start(), range.mask(), leafOnly),
        tail ->
            new SubmitPasidTranslations(
                range.start(), range.size(), leafOnly, unit, domainId, pasid, tail));
  }

  /** Has a device drop all that it keeps of a PASID, 0 for what it keeps without. */
  @Clause({"ATT-002", "INV-012", "PASID-004"})
  public void device(Rid device, int pasid) {
    submitDevice(device, pasid, EVERYTHING, true, 0, ALL_BYTES);
  }

  /** The same of the pages from {@code first} to {@code last}, or of more. */
  @Clause({"INV-004", "INV-005", "INV-017"})
  public void pagesOfDevice(Rid device, int pasid, long first, long last) {
    PageRange range = PageRange.covering(first, last);
    if (range.mask() >= WHOLE_SPACE) {
      device(device, pasid);
      return;
    }
    boolean several = range.mask() > 0;
    long ones = several ? (range.size() >>> 1) - 1 : 0;
    submitDevice(device, pasid, range.start() | ones, several, range.start(), range.size());
  }

  /** Tells a device what became of a group of its page requests; {@code pasid} null for none. */
  void respond(Rid device, @Nullable Integer pasid, int group, int code) {
    int source = device.value();
    sink.take(
        pasid == null
            ? PasidDescriptor.response(source, group, code)
            : PasidDescriptor.response(source, pasid, group, code),
        tail ->
            new SubmitResponse(unit, device, pasid == null ? NO_PASID : pasid, group, code, tail));
  }

  /**
   * Returns when every page request of a PASID, 0 for none, that its device has sent is in the
   * queue of the unit: a fence, translations of unit and device, and a wait that drains.
   */
  @Clause("PASID-004")
  void drainPageRequests(Rid device, int pasid, int domainId) {
    int source = device.value();
    List<Atom> order =
        pasid == NO_PASID
            ? List.of(
                InvalidationDescriptor.fence(),
                InvalidationDescriptor.iotlb(Granularity.DOMAIN, domainId, 0, 0, false),
                depth(device).in(InvalidationDescriptor.deviceTlb(source, EVERYTHING, true)))
            : List.of(
                InvalidationDescriptor.fence(),
                PasidDescriptor.iotlb(Granularity.DOMAIN, domainId, pasid, 0, 0, false),
                depth(device).ofPasid(PasidDescriptor.deviceTlb(source, pasid, EVERYTHING, true)));
    queue.submit(order, true, tail -> new SubmitDrain(unit, device, pasid, tail));
  }

  private InvalidationDepth depth(Rid device) {
    return new InvalidationDepth(
        device,
        depth.applyAsInt(device),
        registers.extendedCapability(ExtendedCapability.DIT) != 0);
  }

  private void submitDevice(
      Rid device, int pasid, long address, boolean several, long iova, long size) {
    int source = device.value();
    sink.take(
        pasid == NO_PASID
            ? depth(device).in(InvalidationDescriptor.deviceTlb(source, address, several))
            : depth(device).ofPasid(PasidDescriptor.deviceTlb(source, pasid, address, several)),
        tail -> new SubmitDeviceInvalidation(iova, size, unit, device, pasid, tail));
  }

  private void submitTranslations(Atom descriptor, int domainId) {
    sink.take(
        descriptor, tail -> new SubmitInvalidation(0, ALL_BYTES, false, unit, domainId, tail));
  }

  private void submitContext(Atom descriptor, int domainId) {
    sink.take(descriptor, tail -> new SubmitContextInvalidation(unit, domainId, tail));
  }
}
