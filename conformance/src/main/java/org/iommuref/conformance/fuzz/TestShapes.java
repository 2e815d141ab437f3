package org.iommuref.conformance.fuzz;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.iommuref.conformance.fuzz.Known.Area;
import org.iommuref.conformance.fuzz.Known.Kind;
import org.iommuref.conformance.fuzz.Known.Pin;
import org.iommuref.conformance.program.StructureBytes;

/** Operations of the kernel's test interface. */
final class TestShapes {

  private static final int SIZE = 72;
  private static final int NO_DIRTY = 1;
  private static final int WITH_PASIDS = 4;
  private static final int FOR_PASIDS = 8;

  static final List<Shape> ALL =
      List.of(
          op("ADD_RESERVED", 1, 1, IoasShapes::hasIoas, TestShapes::reserve),
          op("MOCK_DOMAIN", 2, 4, TestShapes::hasRoom, d -> on(table(d))),
          op("MD_CHECK_MAP", 3, 4, TestShapes::hasTable, TestShapes::checkMap),
          op("MD_CHECK_REFS", 4, 1, k -> true, TestShapes::checkRefs),
          op("CREATE_ACCESS", 5, 3, TestShapes::hasRoomForAccess, TestShapes::createAccess),
          op("DESTROY_ACCESS_PAGES", 6, 4, k -> !k.pins().isEmpty(), TestShapes::unpin),
          op("ACCESS_PAGES", 7, 5, TestShapes::hasAccess, TestShapes::accessPages),
          op("ACCESS_RW", 8, 5, TestShapes::hasAccess, TestShapes::accessRw),
          op("SET_TEMP_MEMORY_LIMIT", 9, 1, k -> true, d -> on(0).set32(16, d.oneOf(12, 65536))),
          op("MOCK_DOMAIN_REPLACE", 10, 6, k -> k.has(Kind.STDEV), TestShapes::replace),
          op("ACCESS_REPLACE_IOAS", 11, 2, k -> k.has(Kind.ACCESS_FD), TestShapes::replaceIoas),
          op("MOCK_DOMAIN_FLAGS", 12, 4, TestShapes::hasRoom, TestShapes::withFlags),
          op("DIRTY", 13, 2, HwptShapes::tracksDirty, TestShapes::dirty),
          op("MD_CHECK_IOTLB", 14, 1, k -> k.has(Kind.NESTED), TestShapes::checkIotlb),
          op("TRIGGER_IOPF", 15, 3, k -> k.has(Kind.DEVICE), TestShapes::fault),
          op("DEV_CHECK_CACHE", 16, 1, k -> k.has(Kind.DEVICE), TestShapes::checkCache),
          op("TRIGGER_VEVENT", 17, 1, k -> k.has(Kind.VDEVICE), TestShapes::vevent),
          op("PASID_ATTACH", 18, 5, TestShapes::hasPasidDevice, TestShapes::pasidAttach),
          op("PASID_REPLACE", 19, 3, k -> !k.withPasids().isEmpty(), TestShapes::pasidReplace),
          op("PASID_DETACH", 20, 1, k -> !k.withPasids().isEmpty(), TestShapes::pasidDetach),
          op("PASID_CHECK_HWPT", 21, 1, k -> !k.withPasids().isEmpty(), TestShapes::pasidReplace),
          op("DMABUF_GET", 22, 1, k -> k.fewer(Kind.DMABUF_FD, 3), TestShapes::dmabuf),
          op("DMABUF_REVOKE", 23, 1, k -> k.has(Kind.DMABUF_FD), TestShapes::revoke));

  private TestShapes() {}

  private static Shape op(
      String name,
      int op,
      int weight,
      Predicate<Known> sensible,
      Function<Draw, StructureBytes> fill) {
    return new Shape(
        "IOMMU_TEST_OP_" + name,
        Lessons.TEST_CMD,
        weight,
        sensible,
        d -> fill.apply(d).set32(4, op));
  }

  private static StructureBytes on(int id) {
    return StructureBytes.sized(SIZE).set32(8, id);
  }

  private static boolean hasRoom(Known known) {
    return known.has(Kind.IOAS) && known.fewer(Kind.STDEV, 4);
  }

  private static boolean hasRoomForAccess(Known known) {
    return known.has(Kind.IOAS) && known.fewer(Kind.ACCESS_FD, 4);
  }

  private static boolean hasTable(Known known) {
    return known.has(Kind.HWPT) && !known.areas().isEmpty();
  }

  private static boolean hasAccess(Known known) {
    return known.has(Kind.ACCESS_FD) && !known.areas().isEmpty();
  }

  private static int table(Draw d) {
    return d.rarely(3) ? d.pick(Kind.HWPT, Kind.PARENT) : d.pick(Kind.IOAS);
  }

  private static StructureBytes reserve(Draw d) {
    return on(d.pick(Kind.IOAS))
        .set64(16, Layout.APERTURE + (long) d.below(1 << 16) * Layout.PAGE)
        .set64(24, Layout.MOCK_PAGE);
  }

  private static StructureBytes withFlags(Draw d) {
    int flags = d.rarely(4) ? NO_DIRTY : WITH_PASIDS;
    return on(table(d)).set32(28, d.rarely(24) ? 2 : flags);
  }

  private static StructureBytes checkMap(Draw d) {
    int table = d.pick(Kind.HWPT);
    Area area = d.areaOf(d.known().spaceOf(table));
    return on(table).set64(16, area.iova()).set64(24, area.length()).set64(32, area.user());
  }

  private static StructureBytes checkRefs(Draw d) {
    return on(0)
        .set64(16, Layout.PAGE)
        .set64(24, Layout.MEMORY + (long) d.below(4) * Layout.PAGE)
        .set32(32, d.oneOf(0, 1, 2));
  }

  private static StructureBytes createAccess(Draw d) {
    return on(d.pick(Kind.IOAS)).set32(20, d.rarely(10) ? 0 : 1);
  }

  private static StructureBytes unpin(Draw d) {
    Pin pin = d.oneOf(d.known().pins());
    return on(pin.accessFd()).set32(16, d.rarely(24) ? 99 : pin.id());
  }

  private static StructureBytes accessPages(Draw d) {
    int access = d.oneOf(d.known().all(Kind.ACCESS_FD));
    Area area = d.areaOf(d.known().spaceOf(-access));
    return on(access)
        .set32(16, d.rarely(6) ? 1 : 0)
        .set64(24, area.iova())
        .set64(32, d.rarely(3) ? Math.min(Layout.PAGE, area.length()) : area.length())
        .set64(40, area.user());
  }

  private static StructureBytes accessRw(Draw d) {
    int access = d.oneOf(d.known().all(Kind.ACCESS_FD));
    Area area = d.areaOf(d.known().spaceOf(-access));
    int inside = (int) Math.min(d.oneOf(0, 5, Layout.MOCK_PAGE - 3), area.length() - 1);
    return on(access)
        .set64(16, area.iova() + inside)
        .set64(24, Math.min(d.oneOf(1, 8, 64, Layout.PAGE), area.length() - inside))
        .set64(32, Layout.ANSWER)
        .set32(40, d.oneOf(0, 0, 4, 4, 0, 0, 1, 5));
  }

  private static StructureBytes replace(Draw d) {
    int device = d.pick(Kind.STDEV);
    if ((d.known().flagsOf(device) & WITH_PASIDS) != 0 && !d.rarely(3)) {
      return on(device).set32(16, pasidTable(d));
    }
    int table =
        d.rarely(3) ? d.pick(Kind.IOAS) : d.pick(Kind.HWPT, Kind.PARENT, Kind.NESTED, Kind.HWPT);
    return on(device).set32(16, table);
  }

  private static StructureBytes replaceIoas(Draw d) {
    return on(d.oneOf(d.known().all(Kind.ACCESS_FD)))
        .set32(16, d.rarely(8) ? 0 : d.pick(Kind.IOAS));
  }

  private static StructureBytes dirty(Draw d) {
    return on(d.oneOf(d.known().with(Kind.HWPT, HwptShapes.DIRTY_TRACKING)))
        .set64(24, Layout.APERTURE + (long) d.below(8) * Layout.PAGE)
        .set64(32, (1L + d.below(8)) * Layout.PAGE)
        .set64(40, Layout.MOCK_PAGE)
        .set64(48, Layout.DATA);
  }

  private static StructureBytes checkIotlb(Draw d) {
    return on(d.pick(Kind.NESTED)).set32(16, d.below(5)).set32(20, d.oneOf(0, 0xbadbeef, 1));
  }

  private static StructureBytes fault(Draw d) {
    return on(0)
        .set32(16, d.pick(Kind.DEVICE))
        .set32(20, d.oneOf(0, 0, 1, 2))
        .set32(24, d.below(4))
        .set32(28, d.oneOf(1, 3))
        .set64(32, 0x1234_5000L);
  }

  private static StructureBytes checkCache(Draw d) {
    return on(d.pick(Kind.DEVICE)).set32(16, d.below(5)).set32(20, d.oneOf(0, 0xbaddad));
  }

  private static StructureBytes vevent(Draw d) {
    return on(0).set32(16, d.pick(Kind.DEVICE));
  }

  /** Whether a device has PASIDs and is in a page table that suits them. */
  private static boolean hasPasidDevice(Known known) {
    return known.has(Kind.STDEV, WITH_PASIDS) && !pasidDevices(known).isEmpty();
  }

  private static List<Integer> pasidDevices(Known known) {
    return known.with(Kind.STDEV, WITH_PASIDS).stream()
        .filter(device -> (known.flagsOf(known.tableOf(device)) & FOR_PASIDS) != 0)
        .toList();
  }

  private static int pasidTable(Draw d) {
    List<Integer> tables = d.known().with(d.rarely(4) ? Kind.PARENT : Kind.HWPT, FOR_PASIDS);
    return tables.isEmpty() || d.rarely(12)
        ? d.pick(Kind.HWPT, Kind.NESTED, Kind.PARENT)
        : d.oneOf(tables);
  }

  private static StructureBytes pasidAttach(Draw d) {
    return on(d.oneOf(pasidDevices(d.known())))
        .set32(16, d.oneOf(1, 2, 100, 1024))
        .set32(20, pasidTable(d));
  }

  private static StructureBytes pasidReplace(Draw d) {
    return pasidDetach(d).set32(20, pasidTable(d));
  }

  private static StructureBytes pasidDetach(Draw d) {
    int device = d.oneOf(d.known().withPasids());
    return on(device).set32(16, d.oneOf(List.copyOf(d.known().pasids(device))));
  }

  private static StructureBytes dmabuf(Draw d) {
    return on(0).set32(16, d.oneOf(Layout.PAGE, 4 * Layout.PAGE, 1));
  }

  private static StructureBytes revoke(Draw d) {
    return on(0).set32(16, d.oneOf(d.known().all(Kind.DMABUF_FD))).set32(20, d.oneOf(0, 1));
  }
}
