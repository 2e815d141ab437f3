package org.iommuref.conformance.compare;

import java.util.List;
import org.iommuref.conformance.compare.Known.Area;
import org.iommuref.conformance.compare.Known.Kind;
import org.iommuref.conformance.program.StructureBytes;

/** The commands of a VFIO container with a type1 IOMMU. */
final class VfioTemplates {

  private static final int UNMAP_ALL = 2;

  private VfioTemplates() {}

  /** All of them. */
  static List<CallTemplate> all() {
    return List.of(
        CallTemplate.ofNumber("VFIO_GET_API_VERSION", 0x64, 1, k -> true, k -> 0L),
        CallTemplate.ofNumber(
            "VFIO_CHECK_EXTENSION", 0x65, 1, k -> true, k -> (long) k.random().nextInt(12)),
        CallTemplate.ofNumber(
            "VFIO_SET_IOMMU", 0x66, 2, VfioTemplates::hasIoas, k -> k.oneOfLong(1, 1, 3, 8)),
        CallTemplate.of(
            "VFIO_IOMMU_GET_INFO", 0x70, 2, VfioTemplates::hasIoas, VfioTemplates::info),
        CallTemplate.of("VFIO_IOMMU_MAP_DMA", 0x71, 8, VfioTemplates::hasIoas, VfioTemplates::map)
            .teaching(
                (k, s) ->
                    k.areas()
                        .add(
                            new Area(
                                k.objects().vfioIoas(), s.get64(16), s.get64(24), s.get64(8)))),
        CallTemplate.of(
                "VFIO_IOMMU_UNMAP_DMA", 0x72, 5, VfioTemplates::hasIoas, VfioTemplates::unmap)
            .teaching(VfioTemplates::unmapped),
        CallTemplate.of(
            "VFIO_IOMMU_DIRTY_PAGES",
            0x75,
            1,
            VfioTemplates::hasIoas,
            k -> StructureBytes.plain(12)));
  }

  private static boolean hasIoas(Known known) {
    return known.objects().vfioIoas() != 0 || (known.has(Kind.IOAS) && known.rarely(40));
  }

  private static StructureBytes info(Known k) {
    int size = k.oneOf(12, 16, 20, 24, 40, 56, 72, 88, 160);
    return StructureBytes.plain(160).set32(0, k.rarely(12) ? 8 : size);
  }

  private static StructureBytes map(Known k) {
    return StructureBytes.plain(32)
        .set32(0, k.rarely(20) ? 31 : 32)
        .set32(4, k.rarely(20) ? 4 : k.oneOf(1, 3, 3, 2))
        .set64(8, IoasTemplates.user(k))
        .set64(16, IoasTemplates.iova(k))
        .set64(24, IoasTemplates.length(k));
  }

  private static StructureBytes unmap(Known k) {
    StructureBytes unmap = StructureBytes.plain(24).set32(0, k.rarely(20) ? 23 : 24);
    if (k.rarely(10)) {
      return unmap.set32(4, k.oneOf(UNMAP_ALL, UNMAP_ALL, 1, 4)).set64(8, k.oneOf(0, 0, 1));
    }
    if (k.areas().isEmpty() || k.rarely(5)) {
      return unmap.set64(8, IoasTemplates.iova(k)).set64(16, IoasTemplates.length(k));
    }
    Area area = k.areas().get(k.random().nextInt(k.areas().size()));
    long inside = k.oneOfLong(0, 0, 0, Layout.MOCK_PAGE, Layout.PAGE);
    long length = k.rarely(3) ? k.oneOf(Layout.MOCK_PAGE, Layout.PAGE) : area.length() - inside;
    return unmap.set64(8, area.iova() + inside).set64(16, length);
  }

  private static void unmapped(Known k, StructureBytes s) {
    boolean all = (s.get32(4) & UNMAP_ALL) != 0;
    long first = s.get64(8);
    k.areas()
        .removeIf(
            area ->
                area.ioas() == k.objects().vfioIoas()
                    && (all || (area.iova() >= first && area.iova() - first < s.get64(16))));
  }
}
