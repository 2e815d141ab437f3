package org.iommuref.conformance.compare;

import java.util.List;
import org.iommuref.conformance.compare.Known.Area;
import org.iommuref.conformance.compare.Known.Kind;
import org.iommuref.conformance.program.Structure;

/** Commands on I/O address spaces. */
final class IoasTemplates {

  private static final int FIXED = 1;
  private static final int WRITEABLE = 2;
  private static final int READABLE = 4;

  private IoasTemplates() {}

  /** All of them. */
  static List<Template> all() {
    return List.of(
        Template.of("IOMMU_DESTROY", 0x80, 6, k -> true, IoasTemplates::destroy)
            .teaching((k, s) -> k.remove(s.get32(4))),
        Template.of("IOMMU_IOAS_ALLOC", 0x81, 6, k -> true, k -> Structure.sized(12))
            .teaching((k, s) -> k.add(Kind.IOAS, s.get32(8))),
        Template.of(
            "IOMMU_IOAS_ALLOW_IOVAS", 0x82, 2, IoasTemplates::hasIoas, IoasTemplates::allow),
        Template.of("IOMMU_IOAS_COPY", 0x83, 6, k -> !k.areas().isEmpty(), IoasTemplates::copy)
            .teaching(
                (k, s) ->
                    k.areas().add(new Area(s.get32(8), s.get64(24), s.get64(16), Layout.MEMORY))),
        Template.of(
            "IOMMU_IOAS_IOVA_RANGES", 0x84, 3, IoasTemplates::hasIoas, IoasTemplates::ranges),
        Template.of("IOMMU_IOAS_MAP", 0x85, 24, IoasTemplates::hasIoas, IoasTemplates::map)
            .teaching(
                (k, s) ->
                    k.areas().add(new Area(s.get32(8), s.get64(32), s.get64(24), s.get64(16)))),
        Template.of("IOMMU_IOAS_UNMAP", 0x86, 10, IoasTemplates::hasIoas, IoasTemplates::unmap)
            .teaching(IoasTemplates::unmapped),
        Template.of("IOMMU_OPTION", 0x87, 4, k -> true, IoasTemplates::option),
        Template.of("IOMMU_VFIO_IOAS", 0x88, 2, k -> true, IoasTemplates::vfioIoas),
        Template.of("IOMMU_IOAS_MAP_FILE", 0x8f, 6, IoasTemplates::hasIoas, IoasTemplates::mapFile)
            .teaching(
                (k, s) ->
                    k.areas().add(new Area(s.get32(8), s.get64(32), s.get64(24), Layout.MEMORY))),
        Template.of("IOMMU_IOAS_CHANGE_PROCESS", 0x92, 1, k -> true, k -> Structure.sized(8)));
  }

  private static boolean hasIoas(Known known) {
    return known.has(Kind.IOAS);
  }

  private static Structure destroy(Known k) {
    Kind[] kinds = {
      Kind.IOAS,
      Kind.HWPT,
      Kind.NESTED,
      Kind.STDEV,
      Kind.ACCESS,
      Kind.FAULT,
      Kind.VIOMMU,
      Kind.VDEVICE,
      Kind.VEVENTQ,
      Kind.HW_QUEUE
    };
    return Structure.sized(8).set32(4, k.pick(kinds));
  }

  private static Structure allow(Known k) {
    return Structure.sized(24)
        .set32(4, k.pick(Kind.IOAS))
        .set32(8, k.oneOf(0, 1, 1, 2))
        .set64(16, k.rarely(8) ? 0 : Layout.DATA);
  }

  private static Structure copy(Known k) {
    Area area = k.areas().get(k.random().nextInt(k.areas().size()));
    long inside = k.oneOfLong(0, 0, Layout.MOCK_PAGE, 1);
    return Structure.sized(40)
        .set32(4, k.oneOf(FIXED, 0, 0) | k.oneOf(READABLE, READABLE | WRITEABLE))
        .set32(8, k.pick(Kind.IOAS))
        .set32(12, area.ioas())
        .set64(16, k.oneOfLong(area.length(), Layout.MOCK_PAGE, Layout.PAGE))
        .set64(24, iova(k))
        .set64(32, area.iova() + inside);
  }

  private static Structure ranges(Known k) {
    return Structure.sized(32)
        .set32(4, k.pick(Kind.IOAS))
        .set32(8, k.oneOf(0, 1, 4, 8))
        .set64(16, Layout.ANSWER);
  }

  private static Structure map(Known k) {
    int flags = k.oneOf(FIXED, FIXED, 0) | k.oneOf(READABLE, READABLE | WRITEABLE, WRITEABLE);
    return Structure.sized(40)
        .set32(4, k.rarely(30) ? 8 : flags)
        .set32(8, k.pick(Kind.IOAS))
        .set64(16, user(k))
        .set64(24, length(k))
        .set64(32, iova(k));
  }

  private static Structure mapFile(Known k) {
    return Structure.sized(40)
        .set32(4, k.oneOf(FIXED, 0) | k.oneOf(READABLE, READABLE | WRITEABLE))
        .set32(8, k.pick(Kind.IOAS))
        .set32(12, k.pick(Kind.FILE))
        .set64(16, k.oneOfLong(0, 0, Layout.MOCK_PAGE, Layout.PAGE))
        .set64(24, length(k))
        .set64(32, iova(k));
  }

  private static Structure unmap(Known k) {
    Structure unmap = Structure.sized(24);
    if (k.areas().isEmpty() || k.rarely(6)) {
      return unmap.set32(4, k.pick(Kind.IOAS)).set64(8, iova(k)).set64(16, length(k));
    }
    Area area = k.areas().get(k.random().nextInt(k.areas().size()));
    if (k.rarely(12)) {
      return unmap.set32(4, area.ioas()).set64(16, -1L);
    }
    long length = k.rarely(5) ? Layout.MOCK_PAGE : area.length();
    return unmap.set32(4, area.ioas()).set64(8, area.iova()).set64(16, length);
  }

  private static void unmapped(Known k, Structure s) {
    long first = s.get64(8);
    k.areas()
        .removeIf(
            area ->
                area.ioas() == s.get32(4)
                    && area.iova() >= first
                    && area.iova() - first < s.get64(16));
  }

  private static Structure option(Known k) {
    boolean huge = !k.rarely(3);
    return Structure.sized(24)
        .set32(4, huge ? 1 : 0)
        .set16(8, k.oneOf(0, 1, 1))
        .set32(12, huge ? k.pick(Kind.IOAS) : 0)
        .set64(16, k.oneOf(0, 1, 1, 2));
  }

  private static Structure vfioIoas(Known k) {
    return Structure.sized(12).set32(4, k.pick(Kind.IOAS)).set16(8, k.oneOf(0, 1, 2, 3));
  }

  /** An address in the lower part of the aperture, mostly where a mock page begins. */
  static long iova(Known k) {
    long page = Layout.APERTURE + (long) k.random().nextInt(48) * Layout.MOCK_PAGE;
    return k.rarely(16) ? page + k.oneOf(1, 512) : k.rarely(24) ? page - Layout.APERTURE : page;
  }

  /** A length of whole mock pages, mostly. */
  static long length(Known k) {
    long pages = 1L + k.random().nextInt(2 * Layout.MEMORY_PAGES);
    return k.rarely(16) ? k.oneOf(0, 1, 2049) : pages * Layout.MOCK_PAGE;
  }

  /** An address in memory, mostly where a page begins. */
  static long user(Known k) {
    long page = Layout.MEMORY + (long) k.random().nextInt(Layout.MEMORY_PAGES) * Layout.PAGE;
    return page + k.oneOf(0, 0, 0, Layout.MOCK_PAGE, k.rarely(8) ? 1 : 0);
  }
}
