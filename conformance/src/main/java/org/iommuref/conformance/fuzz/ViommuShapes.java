package org.iommuref.conformance.fuzz;

import java.util.List;
import org.iommuref.conformance.fuzz.Known.Area;
import org.iommuref.conformance.fuzz.Known.Kind;
import org.iommuref.conformance.program.StructureBytes;

/** Commands on virtual units and what belongs to them. */
final class ViommuShapes {

  private static final int SELFTEST = 0xdeadbeef;
  private static final int SELFTEST_VEVENTS = 0xbeefbeef;

  static final List<Shape> ALL =
      List.of(
          new Shape("IOMMU_VIOMMU_ALLOC", 0x90, 3, ViommuShapes::hasParent, ViommuShapes::viommu),
          new Shape("IOMMU_VDEVICE_ALLOC", 0x91, 3, ViommuShapes::hasUnit, ViommuShapes::vdevice),
          new Shape(
              "IOMMU_VEVENTQ_ALLOC",
              0x93,
              2,
              k -> k.has(Kind.VIOMMU) && k.fewer(Kind.VEVENTQ, 3),
              ViommuShapes::veventq),
          new Shape("IOMMU_HW_QUEUE_ALLOC", 0x94, 3, ViommuShapes::hasUnit, ViommuShapes::queue));

  private ViommuShapes() {}

  private static boolean hasParent(Known known) {
    return known.has(Kind.DEVICE) && known.has(Kind.PARENT) && known.fewer(Kind.VIOMMU, 3);
  }

  private static boolean hasUnit(Known known) {
    return known.has(Kind.VIOMMU) && known.has(Kind.DEVICE) && !known.areas().isEmpty();
  }

  private static StructureBytes viommu(Draw d) {
    boolean data = d.rarely(2);
    return StructureBytes.sized(40)
        .set32(8, SELFTEST)
        .set32(12, d.pick(Kind.DEVICE))
        .set32(16, d.pick(Kind.PARENT))
        .set32(24, data ? 24 : 0)
        .set64(32, data ? Layout.ANSWER : 0);
  }

  private static StructureBytes vdevice(Draw d) {
    return StructureBytes.sized(24)
        .set32(4, d.pick(Kind.VIOMMU))
        .set32(8, d.pick(Kind.DEVICE))
        .set64(16, d.below(64));
  }

  private static StructureBytes veventq(Draw d) {
    return StructureBytes.sized(32)
        .set32(8, d.pick(Kind.VIOMMU))
        .set32(12, SELFTEST_VEVENTS)
        .set32(16, d.oneOf(1, 2, 2, 8));
  }

  private static StructureBytes queue(Draw d) {
    int unit = d.pick(Kind.VIOMMU);
    Area area = d.areaOf(d.known().spaceOf(unit));
    return StructureBytes.sized(40)
        .set32(8, unit)
        .set32(12, SELFTEST)
        .set32(16, d.oneOf(0, 0, 1))
        .set64(24, area.iova())
        .set64(32, d.oneOfLong(area.length(), Layout.PAGE, Layout.PAGE));
  }
}
