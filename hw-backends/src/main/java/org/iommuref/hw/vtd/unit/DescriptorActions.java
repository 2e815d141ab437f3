package org.iommuref.hw.vtd.unit;

import java.util.function.Consumer;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.UnitMessage.PageGroupResponse;

/** What each descriptor but the wait does. Manual 6.5.2.1 to 6.5.2.8. */
@Clause({"VTD-159", "VTD-162", "VTD-167", "VTD-170"})
final class DescriptorActions {

  private static final int PFSID_LOW_BITS = 4;

  private final VtdConfiguration unit;
  private final QueueRules rules;
  private final Invalidator invalidator;
  private final DeviceTlbs deviceTlbs;
  private final InterruptRemapper interrupts;
  private final Consumer<UnitMessage> outbox;

  DescriptorActions(
      VtdParts parts,
      Invalidator invalidator,
      DeviceTlbs deviceTlbs,
      InterruptRemapper interrupts,
      Consumer<UnitMessage> outbox) {
    this.unit = parts.configuration();
    this.rules = parts.queue();
    this.invalidator = invalidator;
    this.deviceTlbs = deviceTlbs;
    this.interrupts = interrupts;
    this.outbox = outbox;
  }

  /** Whether it can be carried out now: one for a device waits for a tag. */
  boolean canExecute(Descriptor d) {
    return switch (d.type()) {
      case InvalidationDescriptor.TYPE_DEVICE_TLB ->
          deviceTlbs.hasRoom(
              functionOf(d, InvalidationDescriptor.DEVICE), d.get(InvalidationDescriptor.MIP));
      case PasidDescriptor.TYPE_DEVICE_TLB ->
          deviceTlbs.hasRoom(functionOf(d, PasidDescriptor.SID), d.get(PasidDescriptor.MIP));
      default -> true;
    };
  }

  /** By which function its invalidations are counted: PFSID with DIT, else the device itself. */
  private int functionOf(Descriptor d, Field device) {
    return unit.has(ExtendedCapability.DIT)
        ? d.get(InvalidationDescriptor.PFSID_HIGH) << PFSID_LOW_BITS
            | d.get(InvalidationDescriptor.PFSID_LOW)
        : d.get(device);
  }

  void execute(Descriptor d) {
    switch (d.type()) {
      case InvalidationDescriptor.TYPE_CONTEXT -> invalidateContext(d);
      case InvalidationDescriptor.TYPE_IOTLB -> invalidateIotlb(d);
      case InvalidationDescriptor.TYPE_DEVICE_TLB -> invalidateDeviceTlb(d);
      case InvalidationDescriptor.TYPE_INTERRUPT ->
          interrupts.invalidate(
              d.has(InvalidationDescriptor.BY_INDEX),
              d.get(InvalidationDescriptor.IIDX),
              d.get(InvalidationDescriptor.IM));
      case PasidDescriptor.TYPE_IOTLB -> invalidatePasidIotlb(d);
      case PasidDescriptor.TYPE_PASID_CACHE -> invalidatePasidCache(d);
      case PasidDescriptor.TYPE_DEVICE_TLB -> invalidatePasidDeviceTlb(d);
      case PasidDescriptor.TYPE_RESPONSE -> respond(d);
      default -> throw new IllegalStateException("descriptor of type " + d.type());
    }
  }

  private void invalidateContext(Descriptor d) {
    ContextInvalidation order =
        new ContextInvalidation(
            d.get(InvalidationDescriptor.G),
            d.get(InvalidationDescriptor.DID) & unit.domainIdMask(),
            d.get(InvalidationDescriptor.SID),
            d.get(InvalidationDescriptor.FM));
    invalidator.execute(rules.carriedOut(order));
  }

  private void invalidateIotlb(Descriptor d) {
    IotlbInvalidation order =
        new IotlbInvalidation(
            d.get(InvalidationDescriptor.G),
            d.get(InvalidationDescriptor.DID) & unit.domainIdMask(),
            InvalidationDescriptor.ADDR.address(d.content().high()),
            d.get(InvalidationDescriptor.AM),
            d.has(InvalidationDescriptor.IH),
            d.has(InvalidationDescriptor.DR),
            d.has(InvalidationDescriptor.DW));
    invalidator.execute(rules.carriedOut(order));
  }

  private void invalidatePasidIotlb(Descriptor d) {
    PasidIotlbInvalidation order =
        new PasidIotlbInvalidation(
            d.get(InvalidationDescriptor.G),
            d.get(PasidDescriptor.DID) & unit.domainIdMask(),
            d.get(PasidDescriptor.PASID),
            InvalidationDescriptor.ADDR.address(d.content().high()),
            d.get(InvalidationDescriptor.AM),
            d.has(InvalidationDescriptor.IH));
    invalidator.execute(rules.carriedOut(order));
  }

  private void invalidatePasidCache(Descriptor d) {
    PasidInvalidation order =
        new PasidInvalidation(
            d.get(InvalidationDescriptor.G),
            d.get(PasidDescriptor.DID) & unit.domainIdMask(),
            d.get(PasidDescriptor.PASID));
    invalidator.execute(rules.carriedOut(order));
  }

  private void invalidateDeviceTlb(Descriptor d) {
    long address = InvalidationDescriptor.ADDR.address(d.content().high());
    deviceTlbs.send(
        d.get(InvalidationDescriptor.DEVICE),
        functionOf(d, InvalidationDescriptor.DEVICE),
        null,
        address,
        d.has(InvalidationDescriptor.S),
        false);
  }

  private void invalidatePasidDeviceTlb(Descriptor d) {
    long address = InvalidationDescriptor.ADDR.address(d.content().high());
    deviceTlbs.send(
        d.get(PasidDescriptor.SID),
        functionOf(d, PasidDescriptor.SID),
        new Pasid(d.get(PasidDescriptor.PASID)),
        address,
        d.has(PasidDescriptor.S),
        d.has(PasidDescriptor.GI));
  }

  private void respond(Descriptor d) {
    Pasid pasid = d.has(PasidDescriptor.PP) ? new Pasid(d.get(PasidDescriptor.PASID)) : null;
    outbox.accept(
        new PageGroupResponse(
            new Rid(d.get(PasidDescriptor.SID)),
            pasid,
            d.get(PasidDescriptor.PRGI),
            rules.responseCode(d.get(PasidDescriptor.RC))));
  }
}
