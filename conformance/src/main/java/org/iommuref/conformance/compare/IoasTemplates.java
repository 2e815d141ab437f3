package org.iommuref.conformance.compare;

import java.util.List;
import org.iommuref.conformance.compare.Known.Area;
import org.iommuref.conformance.compare.Known.Kind;
import org.iommuref.conformance.program.StructureBytes;

/** Commands on I/O address spaces. */
final class IoasTemplates {

  private static final int FIXED = 1;
  private static final int WRITEABLE = 2;
  private static final int READABLE = 4;

  private IoasTemplates() {}

  /** All of them. */
  static List<CallTemplate> all() {
    return List.of(
        CallTemplate.of("IOMMU_DESTROY", 0x80, 4, IoasTemplates::hasIoas, IoasTemplates::destroy)
            .teaching((k, s) -> k.remove(s.get32(4))),
        CallTemplate.of("IOMMU_IOAS_ALLOC", 0x81, 6, k -> true, k -> StructureBytes.sized(12))
            .teaching((k, s) -> k.add(Kind.IOAS, s.get32(8))),
        CallTemplate.of(
            "IOMMU_IOAS_ALLOW_IOVAS", 0x82, 2, IoasTemplates::hasIoas, IoasTemplates::allow),
        CallTemplate.of("IOMMU_IOAS_COPY", 0x83, 6, k -> !k.areas().isEmpty(), IoasTemplates::copy)
            .teaching(IoasTemplates::copied),
        CallTemplate.of(
            "IOMMU_IOAS_IOVA_RANGES", 0x84, 3, IoasTemplates::hasIoas, IoasTemplates::ranges),
        CallTemplate.of("IOMMU_IOAS_MAP", 0x85, 24, IoasTemplates::hasIoas, IoasTemplates::map)
            .teaching(
                (k, s) ->
                    k.areas().add(new Area(s.get32(8), s.get64(32), s.get64(24), s.get64(16)))),
        CallTemplate.of(
                "IOMMU_IOAS_UNMAP", 0x86, 9, k -> !k.areas().isEmpty(), IoasTemplates::unmap)
            .teaching(IoasTemplates::unmapped),
        CallTemplate.of("IOMMU_OPTION", 0x87, 3, IoasTemplates::hasIoas, IoasTemplates::option)
            .teaching(IoasTemplates::optionSet),
        CallTemplate.of("IOMMU_VFIO_IOAS", 0x88, 3, IoasTemplates::hasIoas, IoasTemplates::vfioIoas)
            .teaching(IoasTemplates::vfioMeans),
        CallTemplate.of(
                "IOMMU_IOAS_MAP_FILE", 0x8f, 6, IoasTemplates::hasIoas, IoasTemplates::mapFile)
            .teaching(
                (k, s) ->
                    k.areas().add(new Area(s.get32(8), s.get64(32), s.get64(24), Layout.MEMORY))),
        CallTemplate.of(
            "IOMMU_IOAS_CHANGE_PROCESS", 0x92, 2, k -> true, k -> StructureBytes.sized(8)));
  }

  private static boolean hasIoas(Known known) {
    return known.has(Kind.IOAS);
  }

  private static StructureBytes destroy(Known k) {
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
    int id = k.pick(kinds);
    return StructureBytes.sized(8).set32(4, k.objects().hasPasids(id) ? 0 : id);
  }

  private static StructureBytes allow(Known k) {
    return StructureBytes.sized(24)
        .set32(4, k.pick(Kind.IOAS))
        .set32(8, k.oneOf(0, 1, 1, 2))
        .set64(16, k.rarely(8) ? 0 : Layout.DATA);
  }

  private static StructureBytes copy(Known k) {
    Area area = k.area();
    boolean whole = k.byWholePages();
    long inside = whole ? 0 : k.rarely(16) ? 1 : k.oneOfLong(0, 0, Layout.MOCK_PAGE);
    return StructureBytes.sized(40)
        .set32(4, fixed(k) | k.oneOf(READABLE, READABLE | WRITEABLE))
        .set32(8, k.pick(Kind.IOAS))
        .set32(12, area.ioas())
        .set64(16, whole ? area.length() : k.oneOfLong(area.length() - inside, Layout.MOCK_PAGE))
        .set64(24, iova(k))
        .set64(32, area.iova() + inside);
  }

  private static void copied(Known k, StructureBytes s) {
    long from = s.get64(32);
    long user =
        k.areas().stream()
            .filter(area -> area.ioas() == s.get32(12))
            .filter(area -> from >= area.iova() && from - area.iova() < area.length())
            .mapToLong(area -> area.user() + (from - area.iova()))
            .findFirst()
            .orElse(Layout.MEMORY);
    k.areas().add(new Area(s.get32(8), s.get64(24), s.get64(16), user));
  }

  private static StructureBytes ranges(Known k) {
    return StructureBytes.sized(32)
        .set32(4, k.pick(Kind.IOAS))
        .set32(8, k.oneOf(0, 1, 4, 8))
        .set64(16, Layout.ANSWER);
  }

  private static StructureBytes map(Known k) {
    int rights = k.oneOf(READABLE, READABLE | WRITEABLE, WRITEABLE);
    int flags = fixed(k) | (k.byWholePages() ? rights | READABLE : rights);
    return StructureBytes.sized(40)
        .set32(4, k.rarely(30) ? 8 : flags)
        .set32(8, k.pick(Kind.IOAS))
        .set64(16, user(k))
        .set64(24, length(k))
        .set64(32, iova(k));
  }

  private static StructureBytes mapFile(Known k) {
    return StructureBytes.sized(40)
        .set32(4, fixed(k) | k.oneOf(READABLE, READABLE | WRITEABLE))
        .set32(8, k.pick(Kind.IOAS))
        .set32(12, k.has(Kind.DMABUF) && k.rarely(2) ? k.pick(Kind.DMABUF) : k.pick(Kind.FILE))
        .set64(16, k.byWholePages() ? 0 : k.oneOfLong(0, 0, Layout.MOCK_PAGE, Layout.PAGE))
        .set64(24, k.rarely(4) ? length(k) : (1L + k.random().nextInt(4)) * page(k))
        .set64(32, iova(k));
  }

  private static StructureBytes unmap(Known k) {
    StructureBytes unmap = StructureBytes.sized(24);
    if (k.areas().isEmpty() || k.rarely(12)) {
      return unmap.set32(4, k.pick(Kind.IOAS)).set64(8, iova(k)).set64(16, length(k));
    }
    Area area = k.area();
    if (k.rarely(12)) {
      return unmap.set32(4, area.ioas()).set64(16, -1L);
    }
    long length = k.rarely(5) ? Layout.MOCK_PAGE : area.length();
    return unmap.set32(4, area.ioas()).set64(8, area.iova()).set64(16, length);
  }

  private static void unmapped(Known k, StructureBytes s) {
    long first = s.get64(8);
    k.areas()
        .removeIf(
            area ->
                area.ioas() == s.get32(4)
                    && (first == 0 || (area.iova() >= first && area.iova() - first < s.get64(16))));
  }

  private static StructureBytes option(Known k) {
    boolean huge = !k.rarely(3);
    return StructureBytes.sized(24)
        .set32(4, huge ? 1 : 0)
        .set16(8, k.oneOf(0, 1, 1))
        .set32(12, huge ? k.pick(Kind.IOAS) : 0)
        .set64(16, k.oneOf(0, 1, 1, 2));
  }

  private static void optionSet(Known k, StructureBytes s) {
    boolean modeOfAccounting = s.get32(4) == 0 && (s.get32(8) & 0xffff) == 0;
    if (modeOfAccounting && s.get64(16) != 0) {
      k.objects().chargeByAddressSpace();
    }
  }

  private static StructureBytes vfioIoas(Known k) {
    return StructureBytes.sized(12)
        .set32(4, k.pick(Kind.IOAS))
        .set16(8, k.rarely(16) ? 3 : k.oneOf(0, 1, 1, 1, 2));
  }

  private static void vfioMeans(Known k, StructureBytes s) {
    int op = s.get32(8) & 0xffff;
    k.objects().meanByVfio(op == 2 ? 0 : s.get32(4));
  }

  /** An address that the kernel chooses may be one that no device can use later. */
  private static int fixed(Known k) {
    return k.rarely(8) ? 0 : FIXED;
  }

  /** An address in the lower part of the aperture, mostly where a page begins. */
  static long iova(Known k) {
    long page = Layout.APERTURE + (long) k.random().nextInt(64) * Layout.PAGE;
    if (k.byWholePages()) {
      return page;
    }
    if (k.rarely(60)) {
      return page - Layout.APERTURE;
    }
    return k.rarely(24) ? page + k.oneOf(1, 512) : k.rarely(5) ? page + Layout.MOCK_PAGE : page;
  }

  /** A length of whole mock pages, mostly few. */
  static long length(Known k) {
    long pages = 1L + k.random().nextInt(k.rarely(6) ? 2 * Layout.MEMORY_PAGES : 6);
    return k.rarely(24) ? k.oneOf(0, 1, 2049) : pages * page(k);
  }

  private static long page(Known k) {
    return k.byWholePages() ? Layout.PAGE : Layout.MOCK_PAGE;
  }

  /** An address in memory, mostly where a page begins. */
  static long user(Known k) {
    long page = Layout.somePage(k.random());
    return k.byWholePages()
        ? page
        : page + k.oneOf(0, 0, 0, 0, 0, Layout.MOCK_PAGE, k.rarely(8) ? 1 : 0);
  }
}
