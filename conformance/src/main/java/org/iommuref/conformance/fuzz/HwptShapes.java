package org.iommuref.conformance.fuzz;

import java.util.List;
import org.iommuref.conformance.fuzz.Known.Kind;
import org.iommuref.conformance.program.StructureBytes;

/** Commands on page tables, and on what devices have written. */
final class HwptShapes {

  private static final int NEST_PARENT = 1;
  static final int DIRTY_TRACKING = 2;
  private static final int FAULT_ID_VALID = 4;
  private static final int FOR_PASIDS = 8;
  private static final int SELFTEST_TABLE = 0xdead;
  private static final int SELFTEST_ENTRIES = 0xdeadbeef;
  private static final int MOST_TABLES = 5;

  static final List<Shape> ALL =
      List.of(
          new Shape(
              "IOMMU_HWPT_ALLOC",
              0x89,
              6,
              k -> hasDevice(k) && k.fewer(Kind.HWPT, MOST_TABLES),
              HwptShapes::paging),
          new Shape(
              "IOMMU_HWPT_ALLOC",
              0x89,
              4,
              k -> hasDevice(k) && k.fewer(Kind.PARENT, 3),
              HwptShapes::parent),
          new Shape("IOMMU_HWPT_ALLOC", 0x89, 5, HwptShapes::hasParent, HwptShapes::nested),
          new Shape("IOMMU_GET_HW_INFO", 0x8a, 2, HwptShapes::hasDevice, HwptShapes::hwInfo),
          new Shape(
              "IOMMU_HWPT_SET_DIRTY_TRACKING",
              0x8b,
              2,
              HwptShapes::tracksDirty,
              d -> StructureBytes.sized(16).set32(4, d.oneOf(0, 1, 1)).set32(8, dirtyTable(d))),
          new Shape(
              "IOMMU_HWPT_GET_DIRTY_BITMAP", 0x8c, 2, HwptShapes::tracksDirty, HwptShapes::bitmap),
          new Shape(
              "IOMMU_HWPT_INVALIDATE", 0x8d, 4, k -> k.has(Kind.NESTED), HwptShapes::invalidate),
          new Shape(
              "IOMMU_FAULT_QUEUE_ALLOC",
              0x8e,
              1,
              k -> k.fewer(Kind.FAULT, 3),
              d -> StructureBytes.sized(16)));

  private HwptShapes() {}

  static boolean hasDevice(Known known) {
    return known.has(Kind.DEVICE) && known.has(Kind.IOAS);
  }

  private static boolean hasParent(Known known) {
    return known.has(Kind.DEVICE)
        && (known.has(Kind.PARENT) || known.has(Kind.VIOMMU))
        && known.fewer(Kind.NESTED, MOST_TABLES);
  }

  private static StructureBytes paging(Draw d) {
    boolean faults = d.known().has(Kind.FAULT) && d.rarely(3);
    int flags = d.oneOf(0, 0, DIRTY_TRACKING, FOR_PASIDS, FOR_PASIDS);
    return StructureBytes.sized(48)
        .set32(4, faults ? flags | FAULT_ID_VALID : flags)
        .set32(8, d.pick(Kind.DEVICE))
        .set32(12, d.pick(Kind.IOAS))
        .set32(40, faults ? d.pick(Kind.FAULT) : 0);
  }

  private static StructureBytes parent(Draw d) {
    return StructureBytes.sized(48)
        .set32(4, NEST_PARENT | d.oneOf(0, FOR_PASIDS))
        .set32(8, d.pick(Kind.DEVICE))
        .set32(12, d.pick(Kind.IOAS));
  }

  private static StructureBytes nested(Draw d) {
    boolean faults = d.known().has(Kind.FAULT) && d.rarely(2);
    return StructureBytes.sized(48)
        .set32(4, faults ? FAULT_ID_VALID : 0)
        .set32(8, d.pick(Kind.DEVICE))
        .set32(12, d.pick(Kind.PARENT, Kind.VIOMMU))
        .set32(24, SELFTEST_TABLE)
        .set32(28, d.rarely(24) ? 3 : 8)
        .set64(32, d.rarely(24) ? 0 : Layout.DATA)
        .set32(40, faults ? d.pick(Kind.FAULT) : 0);
  }

  private static StructureBytes hwInfo(Draw d) {
    return StructureBytes.sized(40)
        .set32(8, d.pick(Kind.DEVICE))
        .set32(12, d.oneOf(0, 4, 8, 16, Layout.PAGE))
        .set64(16, Layout.ANSWER);
  }

  static boolean tracksDirty(Known known) {
    return known.has(Kind.HWPT, DIRTY_TRACKING);
  }

  private static int dirtyTable(Draw d) {
    return d.rarely(16)
        ? d.pick(Kind.HWPT, Kind.PARENT)
        : d.oneOf(d.known().with(Kind.HWPT, DIRTY_TRACKING));
  }

  private static StructureBytes bitmap(Draw d) {
    return StructureBytes.sized(48)
        .set32(4, dirtyTable(d))
        .set32(8, d.oneOf(0, 1))
        .set64(16, Layout.APERTURE + (long) d.below(8) * Layout.PAGE)
        .set64(24, (1L + d.below(16)) * Layout.PAGE)
        .set64(32, d.oneOf(Layout.MOCK_PAGE, Layout.PAGE))
        .set64(40, Layout.ANSWER);
  }

  private static StructureBytes invalidate(Draw d) {
    boolean guest = d.known().has(Kind.VIOMMU) && d.rarely(4);
    return StructureBytes.sized(32)
        .set32(4, guest ? d.pick(Kind.VIOMMU) : d.pick(Kind.NESTED))
        .set64(8, Layout.DATA)
        .set32(16, SELFTEST_ENTRIES)
        .set32(20, guest ? 12 : 8)
        .set32(24, d.oneOf(0, 1, 1, 2));
  }
}
