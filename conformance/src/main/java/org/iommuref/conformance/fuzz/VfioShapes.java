package org.iommuref.conformance.fuzz;

import java.util.List;
import org.iommuref.conformance.fuzz.Known.Kind;
import org.iommuref.conformance.program.StructureBytes;

/** Commands of a VFIO container. */
final class VfioShapes {

  static final List<Shape> ALL =
      List.of(
          new Shape("VFIO_GET_API_VERSION", 0x64, 1, k -> true, d -> StructureBytes.plain(4)),
          new Shape("VFIO_CHECK_EXTENSION", 0x65, 1, k -> true, d -> StructureBytes.plain(4)),
          new Shape("IOMMU_VFIO_IOAS", 0x88, 8, VfioShapes::lacksSpace, VfioShapes::choose),
          new Shape("VFIO_SET_IOMMU", 0x66, 2, Known::hasCompatible, d -> StructureBytes.plain(4)),
          new Shape("VFIO_IOMMU_GET_INFO", 0x70, 2, Known::hasCompatible, VfioShapes::info),
          new Shape("VFIO_IOMMU_MAP_DMA", 0x71, 12, Known::hasCompatible, VfioShapes::map),
          new Shape("VFIO_IOMMU_UNMAP_DMA", 0x72, 8, Known::hasCompatible, VfioShapes::unmap));

  private VfioShapes() {}

  private static boolean lacksSpace(Known known) {
    return !known.hasCompatible() && known.has(Kind.IOAS);
  }

  private static StructureBytes choose(Draw d) {
    return StructureBytes.sized(12).set32(4, d.pick(Kind.IOAS)).set16(8, 1);
  }

  private static StructureBytes info(Draw d) {
    return StructureBytes.plain(128).set32(0, d.oneOf(16, 24, 128));
  }

  private static StructureBytes map(Draw d) {
    long length = (1L + d.below(2)) * Layout.PAGE;
    return StructureBytes.sized(32)
        .set32(4, d.oneOf(1, 2, 3, 3))
        .set64(8, d.user(length))
        .set64(16, iova(d))
        .set64(24, length);
  }

  private static StructureBytes unmap(Draw d) {
    boolean all = d.rarely(6);
    return StructureBytes.sized(24)
        .set32(4, all ? 2 : 0)
        .set64(8, all ? 0 : iova(d))
        .set64(16, all ? 0 : (1L + d.below(4)) * Layout.PAGE);
  }

  /** Addresses above those that are drawn for maps of iommufd. */
  private static long iova(Draw d) {
    return Layout.APERTURE + (Layout.IOVA_PAGES + 3L * d.below(48)) * Layout.PAGE;
  }
}
