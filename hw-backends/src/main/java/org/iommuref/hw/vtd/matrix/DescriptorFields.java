package org.iommuref.hw.vtd.matrix;

import static org.iommuref.hw.vtd.layout.InvalidationDescriptor.ADDR;
import static org.iommuref.hw.vtd.layout.InvalidationDescriptor.AM;
import static org.iommuref.hw.vtd.layout.InvalidationDescriptor.G;
import static org.iommuref.hw.vtd.layout.InvalidationDescriptor.IH;
import static org.iommuref.hw.vtd.matrix.Cells.NONE;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;

/**
 * The fields of the descriptors of the invalidation queue, for each granularity those that count
 * there. Manual 6.5.2.
 */
final class DescriptorFields {

  private static final String FULL = VtdUnits.FULL;
  private static final String IN_ORDER =
      NONE + "a unit that carries out everything in order keeps back what is behind it anyway";
  private static final String THROTTLE =
      NONE + "how many invalidations a unit sends at once is its own affair";
  private static final String FUNCTION =
      NONE + "which physical function a throttle counts for, nothing outside the unit shows";
  private static final String BEYOND = NONE + "address bits beyond the host are ignored";
  private static final String IGNORED = NONE + "ignored";

  private DescriptorFields() {}

  static Cells table() {
    Cells cells = new Cells("descriptor");
    Stream.of(contexts(), translations(), pasids(), others(), devices())
        .flatMap(List::stream)
        .forEach(row -> row.addTo(cells));
    return cells;
  }

  private static List<DescriptorRow> contexts() {
    return List.of(
        context("legacy", VtdProvider.NAME)
            .reservedCode(G, 0, 1, "VTD-037")
            .order(G, 1, "global", "VTD-031")
            .order(G, 2, "domain", "VTD-031")
            .number(InvalidationDescriptor.DID, "VTD-031", "VTD-031", "VTD-031")
            .order(G, 3, "device", "VTD-030")
            .number(InvalidationDescriptor.DID, "VTD-030", "VTD-030", "VTD-030")
            .number(InvalidationDescriptor.SID, "VTD-030", "VTD-030", "VTD-030")
            .number(InvalidationDescriptor.FM, "VTD-030", "VTD-030", "VTD-030"),
        context("scalable", FULL)
            .reservedCode(G, 0, 1, "VTD-037")
            .order(G, 1, "global", "VTD-172")
            .order(G, 2, "domain", "VTD-172")
            .number(InvalidationDescriptor.DID, IGNORED, IGNORED, IGNORED)
            .order(G, 3, "device", "VTD-172")
            .number(InvalidationDescriptor.SID, "VTD-172", "VTD-172", "VTD-172")
            .number(InvalidationDescriptor.FM, "VTD-172", "VTD-172", "VTD-172"));
  }

  private static DescriptorRow context(String mode, String base) {
    return new DescriptorRow(
        InvalidationDescriptor.CONTEXT, InvalidationDescriptor.TYPE_CONTEXT, mode, base);
  }

  private static List<DescriptorRow> translations() {
    return List.of(
        iotlb("legacy", VtdProvider.NAME, "VTD-032", "VTD-033", "VTD-034"),
        iotlb("scalable", FULL, "VTD-173", "VTD-173", "VTD-173"));
  }

  private static DescriptorRow iotlb(
      String mode, String base, String domain, String pages, String pointers) {
    String drains =
        mode.equals("legacy") ? "VTD-049" : NONE + "from version 2 on a unit drains unasked";
    return new DescriptorRow(
            InvalidationDescriptor.IOTLB, InvalidationDescriptor.TYPE_IOTLB, mode, base)
        .flag(InvalidationDescriptor.DW, drains)
        .flag(InvalidationDescriptor.DR, drains)
        .reservedCode(G, 0, 1, "VTD-037")
        .order(G, 1, "global", domain)
        .order(G, 2, "domain", domain)
        .number(InvalidationDescriptor.DID, domain, domain, domain)
        .order(G, 3, "pages", pages)
        .number(InvalidationDescriptor.DID, pages, pages, pages)
        .number(AM, pages, pages, "VTD-037")
        .hint(IH, pointers)
        .address(ADDR, pages);
  }

  private static List<DescriptorRow> pasids() {
    return List.of(
        new DescriptorRow(PasidDescriptor.IOTLB, PasidDescriptor.TYPE_IOTLB, "", FULL)
            .reservedCode(G, 0, 2, "VTD-037")
            .reservedCode(G, 1, 2, "VTD-037")
            .order(G, 2, "PASID", "VTD-159")
            .number(PasidDescriptor.DID, "VTD-159", "VTD-159", "VTD-159")
            .number(PasidDescriptor.PASID, "VTD-159", "VTD-159", "VTD-159")
            .order(G, 3, "pages", "VTD-159")
            .number(PasidDescriptor.DID, "VTD-159", "VTD-159", "VTD-159")
            .number(PasidDescriptor.PASID, "VTD-159", "VTD-159", "VTD-159")
            .number(AM, "VTD-159", "VTD-159", "VTD-159")
            .hint(IH, "VTD-159")
            .address(ADDR, "VTD-159"),
        new DescriptorRow(PasidDescriptor.PASID_CACHE, PasidDescriptor.TYPE_PASID_CACHE, "", FULL)
            .reservedCode(G, 2, 3, "VTD-037")
            .order(G, 0, "domain", "VTD-171")
            .number(PasidDescriptor.DID, "VTD-171", "VTD-171", "VTD-171")
            .order(G, 1, "PASID", "VTD-171")
            .number(PasidDescriptor.DID, "VTD-171", "VTD-171", "VTD-171")
            .number(PasidDescriptor.PASID, "VTD-171", "VTD-171", "VTD-171")
            .order(G, 3, "global", "VTD-171"));
  }

  private static List<DescriptorRow> others() {
    return List.of(
        new DescriptorRow(
                InvalidationDescriptor.INTERRUPT, InvalidationDescriptor.TYPE_INTERRUPT, "", FULL)
            .order(InvalidationDescriptor.BY_INDEX, 0, "global", "VTD-198")
            .order(InvalidationDescriptor.BY_INDEX, 1, "index", "VTD-198")
            .number(InvalidationDescriptor.IM, "VTD-198", "VTD-198", NONE + "beyond MHMV")
            .number(InvalidationDescriptor.IIDX, "VTD-198", "VTD-198", "VTD-198"),
        new DescriptorRow(InvalidationDescriptor.WAIT, InvalidationDescriptor.TYPE_WAIT, "", FULL)
            .alone("VTD-035")
            .flag(InvalidationDescriptor.IF, "VTD-036")
            .flag(InvalidationDescriptor.SW, "VTD-035")
            .flag(InvalidationDescriptor.FN, IN_ORDER)
            .flag(InvalidationDescriptor.PD, "VTD-190")
            .number(InvalidationDescriptor.STATUS_DATA, "VTD-035", "VTD-035", "VTD-035")
            .number(InvalidationDescriptor.STATUS_ADDRESS, "VTD-035", "VTD-035", BEYOND));
  }

  private static List<DescriptorRow> devices() {
    return List.of(
        new DescriptorRow(
                InvalidationDescriptor.DEVICE_TLB, InvalidationDescriptor.TYPE_DEVICE_TLB, "", FULL)
            .alone("VTD-167")
            .number(InvalidationDescriptor.PFSID_LOW, FUNCTION, FUNCTION, FUNCTION)
            .number(InvalidationDescriptor.MIP, THROTTLE, THROTTLE, THROTTLE)
            .number(InvalidationDescriptor.DEVICE, "VTD-167", "VTD-167", "VTD-167")
            .number(InvalidationDescriptor.PFSID_HIGH, FUNCTION, FUNCTION, FUNCTION)
            .flag(InvalidationDescriptor.S, "VTD-167")
            .number(ADDR, "VTD-167", "VTD-167", "VTD-167"),
        new DescriptorRow(PasidDescriptor.DEVICE_TLB, PasidDescriptor.TYPE_DEVICE_TLB, "", FULL)
            .alone("VTD-167")
            .number(PasidDescriptor.MIP, THROTTLE, THROTTLE, THROTTLE)
            .number(InvalidationDescriptor.PFSID_LOW, FUNCTION, FUNCTION, FUNCTION)
            .number(PasidDescriptor.SID, "VTD-167", "VTD-167", "VTD-167")
            .number(PasidDescriptor.PASID, "VTD-167", "VTD-167", "VTD-167")
            .number(InvalidationDescriptor.PFSID_HIGH, FUNCTION, FUNCTION, FUNCTION)
            .flag(PasidDescriptor.GI, "VTD-167")
            .flag(PasidDescriptor.S, "VTD-167")
            .number(ADDR, "VTD-167", "VTD-167", "VTD-167"),
        new DescriptorRow(PasidDescriptor.RESPONSE, PasidDescriptor.TYPE_RESPONSE, "", FULL)
            .alone("VTD-170")
            .flag(PasidDescriptor.PP, "VTD-170")
            .number(PasidDescriptor.RC, "VTD-170", "VTD-170", "VTD-170")
            .number(PasidDescriptor.SID, "VTD-170", "VTD-170", "VTD-170")
            .number(PasidDescriptor.PASID, "VTD-170", "VTD-170", "VTD-170")
            .ignored(PasidDescriptor.IGNORED, "VTD-170")
            .number(PasidDescriptor.PRGI, "VTD-170", "VTD-170", "VTD-170"));
  }
}
