package org.iommuref.conformance.fuzz;

import java.util.List;
import org.iommuref.conformance.fuzz.Known.Area;
import org.iommuref.conformance.fuzz.Known.Kind;
import org.iommuref.conformance.program.StructureBytes;

/** Commands on I/O address spaces, and on objects of any kind. */
final class IoasShapes {

  private static final int FIXED = 1;
  private static final int WRITEABLE = 2;
  private static final int READABLE = 4;
  private static final int MOST_SPACES = 6;
  private static final int MANY_AREAS = 24;

  static final List<Shape> ALL =
      List.of(
          new Shape("IOMMU_DESTROY", 0x80, 5, IoasShapes::isMuch, IoasShapes::destroy),
          new Shape(
              "IOMMU_IOAS_ALLOC",
              0x81,
              4,
              k -> k.fewer(Kind.IOAS, MOST_SPACES),
              d -> StructureBytes.sized(12)),
          new Shape("IOMMU_IOAS_ALLOW_IOVAS", 0x82, 1, IoasShapes::hasIoas, IoasShapes::allow),
          new Shape("IOMMU_IOAS_COPY", 0x83, 5, IoasShapes::hasArea, IoasShapes::copy),
          new Shape("IOMMU_IOAS_IOVA_RANGES", 0x84, 2, IoasShapes::hasIoas, IoasShapes::ranges),
          new Shape("IOMMU_IOAS_MAP", 0x85, 18, IoasShapes::hasIoas, IoasShapes::map),
          new Shape("IOMMU_IOAS_UNMAP", 0x86, 9, IoasShapes::hasArea, IoasShapes::unmap),
          new Shape("IOMMU_IOAS_UNMAP", 0x86, 30, IoasShapes::hasMany, IoasShapes::unmap),
          new Shape("IOMMU_OPTION", 0x87, 2, IoasShapes::hasIoas, IoasShapes::option),
          new Shape("IOMMU_VFIO_IOAS", 0x88, 1, IoasShapes::hasIoas, IoasShapes::vfioIoas),
          new Shape("IOMMU_IOAS_MAP_FILE", 0x8f, 5, IoasShapes::hasIoas, IoasShapes::mapFile),
          new Shape("IOMMU_IOAS_CHANGE_PROCESS", 0x92, 1, k -> true, d -> StructureBytes.sized(8)));

  private IoasShapes() {}

  private static boolean isMuch(Known known) {
    int objects = 0;
    for (Kind kind : Kind.values()) {
      objects += kind.isDescriptor() ? 0 : known.all(kind).size();
    }
    return objects > 8;
  }

  static boolean hasIoas(Known known) {
    return known.has(Kind.IOAS);
  }

  static boolean hasArea(Known known) {
    return !known.areas().isEmpty();
  }

  private static boolean hasMany(Known known) {
    return known.areas().size() > MANY_AREAS;
  }

  /** Something that is mostly in nobody's use. */
  private static StructureBytes destroy(Draw d) {
    int id =
        d.rarely(3)
            ? d.pick(Kind.IOAS, Kind.PARENT, Kind.VIOMMU, Kind.FAULT)
            : d.pick(
                Kind.STDEV,
                Kind.HWPT,
                Kind.NESTED,
                Kind.VDEVICE,
                Kind.VEVENTQ,
                Kind.HW_QUEUE,
                Kind.STDEV);
    return StructureBytes.sized(8).set32(4, id);
  }

  private static StructureBytes allow(Draw d) {
    return StructureBytes.sized(24)
        .set32(4, d.pick(Kind.IOAS))
        .set32(8, d.oneOf(0, 0, 1, 2))
        .set64(16, d.rarely(8) ? 0 : Layout.DATA);
  }

  private static StructureBytes copy(Draw d) {
    Area area = d.area();
    long inside = d.rarely(16) ? d.oneOf(1, Layout.MOCK_PAGE) : 0;
    return StructureBytes.sized(40)
        .set32(4, FIXED | d.oneOf(READABLE, READABLE, READABLE | WRITEABLE))
        .set32(8, d.pick(Kind.IOAS))
        .set32(12, area.ioas())
        .set64(16, (d.rarely(4) ? Math.min(Layout.PAGE, area.length()) : area.length()) - inside)
        .set64(24, d.iova())
        .set64(32, area.iova() + inside);
  }

  private static StructureBytes ranges(Draw d) {
    return StructureBytes.sized(32)
        .set32(4, d.pick(Kind.IOAS))
        .set32(8, d.oneOf(8, 8, 32, 1, 0))
        .set64(16, Layout.ANSWER);
  }

  private static StructureBytes map(Draw d) {
    long length = d.length();
    boolean fixed = !d.known().has(Kind.HWPT) || d.rarely(2);
    boolean readOnly = d.rarely(12);
    int rights = readOnly ? READABLE : d.oneOf(READABLE, READABLE | WRITEABLE, WRITEABLE);
    return StructureBytes.sized(40)
        .set32(4, (fixed ? FIXED : 0) | rights)
        .set32(8, d.pick(Kind.IOAS))
        .set64(16, readOnly ? Layout.READ_ONLY : d.user(length))
        .set64(24, length)
        .set64(32, d.iova());
  }

  private static StructureBytes mapFile(Draw d) {
    boolean shared = d.known().has(Kind.DMABUF_FD) && d.rarely(2);
    int file = d.rarely(60) ? d.oneOf(World.SHORT_MEMFD, World.OTHER_FILE) : World.MEMFD;
    return StructureBytes.sized(40)
        .set32(4, FIXED | d.oneOf(READABLE, READABLE | WRITEABLE))
        .set32(8, d.pick(Kind.IOAS))
        .set32(12, shared ? d.oneOf(d.known().all(Kind.DMABUF_FD)) : file)
        .set64(16, d.oneOfLong(0, 0, Layout.PAGE, Layout.MOCK_PAGE))
        .set64(24, d.rarely(6) ? d.length() : (1L + d.below(2)) * Layout.PAGE)
        .set64(32, d.iova());
  }

  private static StructureBytes unmap(Draw d) {
    Area area = d.area();
    StructureBytes unmap = StructureBytes.sized(24).set32(4, area.ioas());
    if (d.rarely(20)) {
      return unmap.set64(16, -1L);
    }
    long length = d.rarely(10) ? Layout.MOCK_PAGE : area.length();
    return unmap.set64(8, area.iova()).set64(16, d.rarely(10) ? 2 * length : length);
  }

  private static StructureBytes option(Draw d) {
    boolean huge = !d.rarely(3);
    return StructureBytes.sized(24)
        .set32(4, huge ? 1 : 0)
        .set16(8, d.oneOf(0, 1, 1))
        .set32(12, huge ? d.pick(Kind.IOAS) : 0)
        .set64(16, huge ? d.oneOf(0, 1, 1) : d.oneOf(0, 1));
  }

  private static StructureBytes vfioIoas(Draw d) {
    return StructureBytes.sized(12).set32(4, d.pick(Kind.IOAS)).set16(8, d.oneOf(0, 1, 1, 2));
  }
}
