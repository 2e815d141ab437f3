package org.iommuref.hw.vtd.unit;

import static org.iommuref.hw.vtd.layout.QueueRegisters.IQEI_INVALID_TYPE;
import static org.iommuref.hw.vtd.layout.QueueRegisters.IQEI_RESERVED_FIELD;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.spec.clause.Clause;
import org.jspecify.annotations.Nullable;

/**
 * What makes a descriptor invalid, in the order in which it is looked at. Manual 6.5.2.11.
 *
 * @param inOrder the conditions
 */
public record DescriptorChecks(List<DescriptorCheck> inOrder) {

  /** Copies the list. */
  public DescriptorChecks {
    inOrder = List.copyOf(inOrder);
  }

  /** The conditions of the manual. */
  @Clause({"VTD-037", "VTD-038", "VTD-165", "VTD-166"})
  public static DescriptorChecks standard() {
    return new DescriptorChecks(
        List.of(
            new DescriptorCheck(
                "type", "VTD-038", (d, unit) -> layout(d, unit) == null, IQEI_INVALID_TYPE),
            new DescriptorCheck(
                "reserved fields", "VTD-037", DescriptorChecks::hasReserved, IQEI_RESERVED_FIELD),
            new DescriptorCheck(
                "upper half",
                "VTD-166",
                (d, unit) -> (d.rest().low() | d.rest().high()) != 0,
                IQEI_RESERVED_FIELD),
            new DescriptorCheck(
                "PFSID without DIT",
                "VTD-166",
                (d, unit) ->
                    isDeviceTlb(d)
                        && !unit.has(ExtendedCapability.DIT)
                        && (d.has(InvalidationDescriptor.PFSID_LOW)
                            || d.has(InvalidationDescriptor.PFSID_HIGH)),
                IQEI_RESERVED_FIELD),
            new DescriptorCheck(
                "PD without PDS",
                "VTD-037",
                (d, unit) ->
                    d.isWait()
                        && d.has(InvalidationDescriptor.PD)
                        && !unit.has(ExtendedCapability.PDS),
                IQEI_RESERVED_FIELD),
            new DescriptorCheck(
                "granularity",
                "VTD-037",
                DescriptorChecks::hasReservedGranularity,
                IQEI_RESERVED_FIELD),
            new DescriptorCheck(
                "address mask",
                "VTD-037",
                (d, unit) ->
                    namesPages(d)
                        && d.get(InvalidationDescriptor.AM)
                            > Capability.MAMV.get(unit.capability()),
                IQEI_RESERVED_FIELD)));
  }

  /** The error of a descriptor, an {@code IQEI_} constant, or 0 if it is valid. */
  int error(Descriptor descriptor, VtdConfiguration unit) {
    for (int i = 0; i < inOrder.size(); i++) {
      if (inOrder.get(i).test().stops(descriptor, unit)) {
        return inOrder.get(i).error();
      }
    }
    return 0;
  }

  /** The list without one of its conditions. */
  public DescriptorChecks without(int index) {
    List<DescriptorCheck> rest = new ArrayList<>(inOrder);
    rest.remove(index);
    return new DescriptorChecks(rest);
  }

  /** What there is depends on the mode and on what the unit reports. */
  private static @Nullable Layout layout(Descriptor d, VtdConfiguration unit) {
    return switch (d.type()) {
      case InvalidationDescriptor.TYPE_CONTEXT -> InvalidationDescriptor.CONTEXT;
      case InvalidationDescriptor.TYPE_IOTLB -> InvalidationDescriptor.IOTLB;
      case InvalidationDescriptor.TYPE_WAIT -> InvalidationDescriptor.WAIT;
      case InvalidationDescriptor.TYPE_DEVICE_TLB ->
          unit.has(ExtendedCapability.DT) ? InvalidationDescriptor.DEVICE_TLB : null;
      case InvalidationDescriptor.TYPE_INTERRUPT ->
          unit.has(ExtendedCapability.IR) ? InvalidationDescriptor.INTERRUPT : null;
      default -> d.isScalable() ? scalableLayout(d, unit) : null;
    };
  }

  private static @Nullable Layout scalableLayout(Descriptor d, VtdConfiguration unit) {
    return switch (d.type()) {
      case PasidDescriptor.TYPE_IOTLB -> PasidDescriptor.IOTLB;
      case PasidDescriptor.TYPE_PASID_CACHE -> PasidDescriptor.PASID_CACHE;
      case PasidDescriptor.TYPE_DEVICE_TLB ->
          unit.has(ExtendedCapability.DT) ? PasidDescriptor.DEVICE_TLB : null;
      case PasidDescriptor.TYPE_RESPONSE ->
          unit.has(ExtendedCapability.PRS) ? PasidDescriptor.RESPONSE : null;
      default -> null;
    };
  }

  private static boolean hasReserved(Descriptor d, VtdConfiguration unit) {
    Layout layout = layout(d, unit);
    return layout != null
        && ((d.content().low() & layout.reserved(0)) != 0
            || (d.content().high() & layout.reserved(1)) != 0);
  }

  private static boolean hasReservedGranularity(Descriptor d, VtdConfiguration unit) {
    int granularity = d.get(InvalidationDescriptor.G);
    return switch (d.type()) {
      case InvalidationDescriptor.TYPE_CONTEXT -> granularity == 0;
      case InvalidationDescriptor.TYPE_IOTLB ->
          granularity == 0 || (namesPages(d) && !Capability.PSI.isSet(unit.capability()));
      case PasidDescriptor.TYPE_IOTLB -> granularity < PasidIotlbInvalidation.PASID;
      case PasidDescriptor.TYPE_PASID_CACHE -> granularity == 2;
      default -> false;
    };
  }

  private static boolean isDeviceTlb(Descriptor d) {
    return d.type() == InvalidationDescriptor.TYPE_DEVICE_TLB
        || d.type() == PasidDescriptor.TYPE_DEVICE_TLB;
  }

  private static boolean namesPages(Descriptor d) {
    return d.type() == InvalidationDescriptor.TYPE_IOTLB
        && d.get(InvalidationDescriptor.G) == Granularity.PAGE;
  }
}
