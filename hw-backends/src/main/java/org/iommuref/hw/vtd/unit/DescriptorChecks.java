package org.iommuref.hw.vtd.unit;

import static org.iommuref.hw.vtd.layout.QueueRegisters.IQEI_INVALID_TYPE;
import static org.iommuref.hw.vtd.layout.QueueRegisters.IQEI_RESERVED_FIELD;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Layout;
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

  /** The conditions of legacy mode. */
  @Clause({"VTD-037", "VTD-038"})
  public static DescriptorChecks standard() {
    return new DescriptorChecks(
        List.of(
            new DescriptorCheck(
                "type", "VTD-038", (low, high, unit) -> layout(low) == null, IQEI_INVALID_TYPE),
            new DescriptorCheck(
                "reserved fields",
                "VTD-037",
                (low, high, unit) -> hasReserved(low, high),
                IQEI_RESERVED_FIELD),
            new DescriptorCheck(
                "granularity",
                "VTD-037",
                DescriptorChecks::hasReservedGranularity,
                IQEI_RESERVED_FIELD),
            new DescriptorCheck(
                "address mask",
                "VTD-037",
                (low, high, unit) ->
                    namesPages(low)
                        && InvalidationDescriptor.AM.get(high)
                            > Capability.MAMV.get(unit.capability()),
                IQEI_RESERVED_FIELD)));
  }

  /** The error of a descriptor, an {@code IQEI_} constant, or 0 if it is valid. */
  int error(long low, long high, VtdConfiguration unit) {
    for (int i = 0; i < inOrder.size(); i++) {
      if (inOrder.get(i).test().stops(low, high, unit)) {
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

  private static @Nullable Layout layout(long low) {
    if (InvalidationDescriptor.TYPE_HIGH.isSet(low)) {
      return null;
    }
    return switch ((int) InvalidationDescriptor.TYPE.get(low)) {
      case InvalidationDescriptor.TYPE_CONTEXT -> InvalidationDescriptor.CONTEXT;
      case InvalidationDescriptor.TYPE_IOTLB -> InvalidationDescriptor.IOTLB;
      case InvalidationDescriptor.TYPE_WAIT -> InvalidationDescriptor.WAIT;
      default -> null;
    };
  }

  private static boolean hasReserved(long low, long high) {
    Layout layout = layout(low);
    return layout != null && ((low & layout.reserved(0)) != 0 || (high & layout.reserved(1)) != 0);
  }

  private static boolean hasReservedGranularity(long low, long high, VtdConfiguration unit) {
    Layout layout = layout(low);
    if (layout == null || layout.equals(InvalidationDescriptor.WAIT)) {
      return false;
    }
    return InvalidationDescriptor.G.get(low) == 0
        || (namesPages(low) && !Capability.PSI.isSet(unit.capability()));
  }

  private static boolean namesPages(long low) {
    return InvalidationDescriptor.TYPE.get(low) == InvalidationDescriptor.TYPE_IOTLB
        && InvalidationDescriptor.G.get(low) == Granularity.PAGE;
  }
}
