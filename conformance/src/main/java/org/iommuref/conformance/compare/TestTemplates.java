package org.iommuref.conformance.compare;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.iommuref.conformance.compare.ContextObjects.AttachedPasid;
import org.iommuref.conformance.compare.Known.Area;
import org.iommuref.conformance.compare.Known.Kind;
import org.iommuref.conformance.compare.Known.Pin;
import org.iommuref.conformance.program.StructureBytes;

/** Operations of the kernel's test interface. */
final class TestTemplates {

  /** The whole number of the ioctl. */
  static final int IOCTL = 0x3ba0;

  private static final int COMMAND = 0xa0;
  private static final int SIZE = 72;
  private static final int DEFAULT_LIMIT = 65536;
  private static final int CLOSE_ON_EXEC = 0x80000;

  private TestTemplates() {}

  /** All of them. */
  static List<CallTemplate> all() {
    return List.of(
        op("ADD_RESERVED", 1, 1, k -> k.has(Kind.IOAS) && k.rarely(2), TestTemplates::reserve),
        op("MOCK_DOMAIN", 2, 6, k -> k.has(Kind.IOAS), TestTemplates::mockDomain)
            .teaching(TestTemplates::deviceMade),
        op("MD_CHECK_MAP", 3, 6, TestTemplates::hasArea, TestTemplates::checkMap),
        op("MD_CHECK_REFS", 4, 3, k -> true, TestTemplates::checkRefs),
        op("CREATE_ACCESS", 5, 4, k -> k.has(Kind.IOAS), TestTemplates::createAccess)
            .teaching(TestTemplates::accessMade),
        op("DESTROY_ACCESS_PAGES", 6, 4, k -> !k.pins().isEmpty(), TestTemplates::unpin)
            .teaching((k, s) -> k.pins().remove(new Pin(s.get32(8), s.get32(16)))),
        op("ACCESS_PAGES", 7, 8, TestTemplates::canPin, TestTemplates::accessPages)
            .teaching((k, s) -> k.pins().add(new Pin(s.get32(8), s.get32(20)))),
        op("ACCESS_RW", 8, 6, TestTemplates::hasAccess, TestTemplates::accessRw),
        op("SET_TEMP_MEMORY_LIMIT", 9, 1, k -> true, TestTemplates::memoryLimit),
        op("MOCK_DOMAIN_REPLACE", 10, 6, k -> k.has(Kind.STDEV), TestTemplates::replace)
            .teaching((k, s) -> k.objects().attached(s.get32(8), s.get32(16))),
        op("ACCESS_REPLACE_IOAS", 11, 3, k -> k.has(Kind.ACCESS), TestTemplates::replaceIoas),
        op("MOCK_DOMAIN_FLAGS", 12, 3, k -> k.has(Kind.IOAS), TestTemplates::mockDomainFlags)
            .teaching(TestTemplates::deviceMade),
        op("DIRTY", 13, 3, k -> k.has(Kind.TRACKING), TestTemplates::dirty),
        op("MD_CHECK_IOTLB", 14, 2, k -> k.has(Kind.NESTED), TestTemplates::checkIotlb),
        op("TRIGGER_IOPF", 15, 3, k -> k.has(Kind.DEVICE), TestTemplates::fault),
        op("DEV_CHECK_CACHE", 16, 2, k -> k.has(Kind.DEVICE), TestTemplates::checkCache),
        op("TRIGGER_VEVENT", 17, 1, k -> k.has(Kind.DEVICE), TestTemplates::vevent),
        op("TRIGGER_VEVENT", 17, 6, k -> k.has(Kind.REPORTING), TestTemplates::vevent),
        op("PASID_ATTACH", 18, 1, k -> k.has(Kind.STDEV), TestTemplates::pasid)
            .teaching((k, s) -> k.objects().pasids().add(pasidOf(s))),
        op("PASID_ATTACH", 18, 4, k -> k.has(Kind.TAKING_PASIDS), TestTemplates::pasid)
            .teaching((k, s) -> k.objects().pasids().add(pasidOf(s))),
        op("PASID_REPLACE", 19, 1, k -> k.has(Kind.STDEV), TestTemplates::pasid),
        op("PASID_REPLACE", 19, 4, TestTemplates::hasPasid, TestTemplates::attachedPasid),
        op("PASID_DETACH", 20, 2, k -> k.has(Kind.STDEV), TestTemplates::pasid)
            .teaching((k, s) -> k.objects().pasids().remove(pasidOf(s))),
        op("PASID_CHECK_HWPT", 21, 1, k -> k.has(Kind.STDEV), TestTemplates::pasid),
        op("PASID_CHECK_HWPT", 21, 3, TestTemplates::hasPasid, TestTemplates::attachedPasid),
        op("DMABUF_GET", 22, 2, k -> true, TestTemplates::dmabuf)
            .teachingResult((k, s, fd) -> k.add(Kind.DMABUF, fd)),
        op("DMABUF_REVOKE", 23, 2, k -> k.has(Kind.DMABUF), TestTemplates::revoke));
  }

  private static CallTemplate op(
      String name,
      int op,
      int weight,
      Predicate<Known> sensible,
      Function<Known, StructureBytes> fill) {
    return CallTemplate.of(
        "IOMMU_TEST_OP_" + name, COMMAND, weight, sensible, k -> fill.apply(k).set32(4, op));
  }

  private static StructureBytes on(int id) {
    return StructureBytes.sized(SIZE).set32(8, id);
  }

  private static boolean hasArea(Known known) {
    return known.has(Kind.HWPT) && !known.areas().isEmpty();
  }

  private static boolean hasPasid(Known known) {
    return !known.objects().pasids().isEmpty();
  }

  private static boolean canPin(Known known) {
    return known.has(Kind.PINNING_ACCESS) && !known.areas().isEmpty();
  }

  private static boolean hasAccess(Known known) {
    return known.has(Kind.ACCESS) && !known.areas().isEmpty();
  }

  private static StructureBytes reserve(Known k) {
    return on(k.pick(Kind.IOAS)).set64(16, IoasTemplates.iova(k)).set64(24, Layout.MOCK_PAGE);
  }

  private static StructureBytes mockDomain(Known k) {
    return on(k.pick(Kind.IOAS, Kind.IOAS, Kind.IOAS, Kind.HWPT));
  }

  private static StructureBytes mockDomainFlags(Known k) {
    return mockDomain(k).set32(28, k.rarely(30) ? 2 : k.oneOf(0, 1, 4, 4, 4));
  }

  private static void deviceMade(Known k, StructureBytes s) {
    k.add(Kind.STDEV, s.get32(16));
    k.add(Kind.HWPT, s.get32(20));
    k.objects().tableOf(s.get32(20), s.get32(8));
    k.add(Kind.DEVICE, s.get32(24));
    k.objects().boundBy(s.get32(24), s.get32(16));
  }

  private static StructureBytes checkMap(Known k) {
    Area area = k.area();
    return on(k.pickTableOf(area))
        .set64(16, area.iova())
        .set64(24, k.oneOfLong(area.length(), Layout.MOCK_PAGE))
        .set64(32, area.user());
  }

  private static StructureBytes checkRefs(Known k) {
    return on(0)
        .set64(16, (1L + k.random().nextInt(2)) * Layout.PAGE)
        .set64(24, Layout.MEMORY + (long) k.random().nextInt(4) * Layout.PAGE)
        .set32(32, k.oneOf(0, 0, 1, 2));
  }

  private static StructureBytes createAccess(Known k) {
    return on(k.pick(Kind.IOAS)).set32(20, k.rarely(30) ? 2 : k.oneOf(0, 1, 1));
  }

  private static void accessMade(Known k, StructureBytes s) {
    int fd = s.get32(16);
    k.add(Kind.ACCESS, fd);
    k.objects().accessOf(fd, s.get32(8));
    if ((s.get32(20) & 1) != 0) {
      k.add(Kind.PINNING_ACCESS, fd);
    }
  }

  private static StructureBytes unpin(Known k) {
    Pin pin = k.pins().get(k.random().nextInt(k.pins().size()));
    return on(pin.access()).set32(16, k.rarely(10) ? 99 : pin.id());
  }

  private static StructureBytes accessPages(Known k) {
    int access = k.rarely(16) ? k.pick(Kind.ACCESS) : k.pick(Kind.PINNING_ACCESS);
    Area area = k.areaOf(k.objects().ioasOfAccess(access));
    long inside = k.oneOfLong(0, 0, 0, Layout.MOCK_PAGE);
    return on(access)
        .set32(16, k.oneOf(0, 1, 1))
        .set64(24, area.iova() + inside)
        .set64(32, k.oneOfLong(area.length() - inside, Layout.PAGE, Layout.MOCK_PAGE))
        .set64(40, area.user() + inside);
  }

  private static StructureBytes accessRw(Known k) {
    int access = k.pick(Kind.ACCESS);
    Area area = k.areaOf(k.objects().ioasOfAccess(access));
    return on(access)
        .set64(16, area.iova() + k.oneOf(0, 5, Layout.MOCK_PAGE - 3))
        .set64(24, k.oneOf(1, 8, 64, Layout.PAGE))
        .set64(32, Layout.ANSWER)
        .set32(40, k.oneOf(0, 1, 4, 5));
  }

  private static StructureBytes replace(Known k) {
    int[] kinds = {
      k.pick(Kind.IOAS), k.pick(Kind.HWPT), k.pick(Kind.OF_PASIDS, Kind.NESTED), k.pick(Kind.NESTED)
    };
    boolean forPasids = k.has(Kind.OF_PASIDS) && (!k.has(Kind.TAKING_PASIDS) || k.rarely(2));
    boolean forGuest = k.has(Kind.OF_VIOMMU) && !k.has(Kind.REPORTING) && !k.rarely(3);
    if (forGuest) {
      return on(k.pick(Kind.STDEV)).set32(16, k.pick(Kind.OF_VIOMMU));
    }
    return on(k.pick(Kind.STDEV)).set32(16, forPasids ? k.pick(Kind.OF_PASIDS) : k.oneOf(kinds));
  }

  private static StructureBytes replaceIoas(Known k) {
    return on(k.pick(Kind.ACCESS)).set32(16, k.rarely(4) ? 0 : k.pick(Kind.IOAS));
  }

  private static StructureBytes dirty(Known k) {
    return on(k.pick(Kind.TRACKING))
        .set64(24, Layout.APERTURE + (long) k.random().nextInt(8) * Layout.PAGE)
        .set64(32, (1L + k.random().nextInt(8)) * Layout.PAGE)
        .set64(40, Layout.MOCK_PAGE)
        .set64(48, Layout.DATA);
  }

  private static StructureBytes checkIotlb(Known k) {
    return on(k.pick(Kind.NESTED))
        .set32(16, k.random().nextInt(5))
        .set32(20, k.rarely(3) ? 0xbadbeef : k.random().nextInt(5));
  }

  private static StructureBytes fault(Known k) {
    return on(0)
        .set32(16, k.pick(Kind.DEVICE))
        .set32(20, k.oneOf(-1, 1, 2))
        .set32(24, k.random().nextInt(4))
        .set32(28, k.oneOf(1, 3))
        .set64(32, 0x1234_5000L);
  }

  private static StructureBytes checkCache(Known k) {
    return on(k.pick(Kind.DEVICE))
        .set32(16, k.random().nextInt(5))
        .set32(20, k.oneOf(0xbaddad, 0xbaddad, 0xbaddad, 0, 1));
  }

  private static StructureBytes vevent(Known k) {
    boolean reporting = k.has(Kind.REPORTING) && !k.rarely(6);
    return on(0).set32(16, k.pick(reporting ? Kind.REPORTING : Kind.DEVICE));
  }

  private static StructureBytes pasid(Known k) {
    boolean taking = k.has(Kind.TAKING_PASIDS) && !k.rarely(6);
    return on(k.pick(taking ? Kind.TAKING_PASIDS : Kind.STDEV))
        .set32(16, k.rarely(12) ? k.oneOf(0, 1024, 1 << 20) : k.oneOf(1, 1, 1, 2))
        .set32(
            20, k.rarely(4) ? k.pick(Kind.IOAS, Kind.HWPT, Kind.NESTED) : k.pick(Kind.OF_PASIDS));
  }

  private static StructureBytes attachedPasid(Known k) {
    List<AttachedPasid> attached = List.copyOf(k.objects().pasids());
    AttachedPasid one = attached.get(k.random().nextInt(attached.size()));
    return on(one.device()).set32(16, one.pasid()).set32(20, k.pick(Kind.OF_PASIDS));
  }

  /** The limit that every program starts with, or one that forces short lists. */
  private static StructureBytes memoryLimit(Known k) {
    return on(0).set32(16, k.oneOf(DEFAULT_LIMIT, 12, 16, 24, 64, 256, 4096, 0));
  }

  private static StructureBytes dmabuf(Known k) {
    int length = k.rarely(10) ? k.oneOf(0, 1, 1 << 21, (1 << 21) + 1) : k.oneOf(1, 2, 8) * 4096;
    return on(0).set32(16, length).set32(20, CLOSE_ON_EXEC | 2);
  }

  private static StructureBytes revoke(Known k) {
    return on(0)
        .set32(16, k.rarely(8) ? k.pick(Kind.FILE) : k.pick(Kind.DMABUF))
        .set32(20, k.random().nextInt(2));
  }

  private static AttachedPasid pasidOf(StructureBytes s) {
    return new AttachedPasid(s.get32(8), s.get32(16));
  }

  /** Detaches a PASID of a test device. */
  static StructureBytes detached(AttachedPasid attached) {
    return on(attached.device()).set32(4, 20).set32(16, attached.pasid());
  }

  /** The call that undoes what an earlier program may have left in the kernel. */
  static StructureBytes defaultLimit() {
    return on(0).set32(4, 9).set32(16, DEFAULT_LIMIT);
  }
}
