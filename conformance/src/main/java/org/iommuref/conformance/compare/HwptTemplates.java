package org.iommuref.conformance.compare;

import java.util.List;
import org.iommuref.conformance.compare.Known.Area;
import org.iommuref.conformance.compare.Known.Kind;
import org.iommuref.conformance.program.StructureBytes;

/** Commands on page tables, devices, fault queues and virtual IOMMUs. */
final class HwptTemplates {

  private static final int SELFTEST_HWPT = 0xdead;
  private static final int SELFTEST = 0xdeadbeef;
  private static final int SELFTEST_VEVENTS = 0xbeefbeef;
  private static final int FAULT_ID_VALID = 4;
  private static final int NEST_PARENT = 1;
  private static final int DIRTY_TRACKING = 2;
  private static final int USE_PASID = 8;

  private HwptTemplates() {}

  /** All of them. */
  static List<CallTemplate> all() {
    return List.of(
        CallTemplate.of(
                "IOMMU_HWPT_ALLOC", 0x89, 8, HwptTemplates::hasDevice, HwptTemplates::paging)
            .teaching(HwptTemplates::made),
        CallTemplate.of(
                "IOMMU_HWPT_ALLOC (nested)",
                0x89,
                6,
                k -> k.has(Kind.NEST_PARENT),
                HwptTemplates::nested)
            .teaching(HwptTemplates::nestedMade),
        CallTemplate.of(
            "IOMMU_GET_HW_INFO", 0x8a, 2, HwptTemplates::hasDevice, HwptTemplates::hwInfo),
        CallTemplate.of(
            "IOMMU_HWPT_SET_DIRTY_TRACKING",
            0x8b,
            5,
            k -> k.has(Kind.TRACKING),
            HwptTemplates::track),
        CallTemplate.of(
            "IOMMU_HWPT_GET_DIRTY_BITMAP",
            0x8c,
            5,
            k -> k.has(Kind.TRACKING),
            HwptTemplates::bitmap),
        CallTemplate.of(
            "IOMMU_HWPT_INVALIDATE", 0x8d, 5, k -> k.has(Kind.NESTED), HwptTemplates::invalidate),
        CallTemplate.of(
                "IOMMU_FAULT_QUEUE_ALLOC", 0x8e, 2, k -> true, k -> StructureBytes.sized(16))
            .teaching(
                (k, s) -> {
                  k.add(Kind.FAULT, s.get32(8));
                  k.add(Kind.EVENT_FILE, s.get32(12));
                }),
        CallTemplate.of(
                "IOMMU_VIOMMU_ALLOC", 0x90, 4, k -> k.has(Kind.NEST_PARENT), HwptTemplates::viommu)
            .teaching(HwptTemplates::viommuMade),
        CallTemplate.of(
                "IOMMU_VDEVICE_ALLOC", 0x91, 4, k -> k.has(Kind.VIOMMU), HwptTemplates::vdevice)
            .teaching((k, s) -> k.add(Kind.VDEVICE, s.get32(12))),
        CallTemplate.of(
                "IOMMU_VEVENTQ_ALLOC", 0x93, 3, k -> k.has(Kind.VIOMMU), HwptTemplates::veventq)
            .teaching(
                (k, s) -> {
                  k.add(Kind.VEVENTQ, s.get32(20));
                  k.add(Kind.EVENT_FILE, s.get32(24));
                }),
        CallTemplate.of(
                "IOMMU_HW_QUEUE_ALLOC", 0x94, 3, k -> k.has(Kind.VIOMMU), HwptTemplates::hwQueue)
            .teaching(HwptTemplates::hwQueueMade));
  }

  private static boolean hasDevice(Known known) {
    return known.has(Kind.DEVICE);
  }

  private static StructureBytes paging(Known k) {
    boolean faults = k.has(Kind.FAULT) && k.rarely(3);
    boolean wanted = !k.has(Kind.NEST_PARENT) && k.rarely(2);
    int flags =
        wanted
            ? NEST_PARENT
            : k.oneOf(
                0,
                NEST_PARENT,
                NEST_PARENT,
                DIRTY_TRACKING,
                DIRTY_TRACKING | NEST_PARENT,
                USE_PASID,
                USE_PASID);
    return StructureBytes.sized(48)
        .set32(4, k.rarely(20) ? 16 : faults ? flags | FAULT_ID_VALID : flags)
        .set32(8, k.pick(Kind.DEVICE))
        .set32(12, k.rarely(8) ? k.pick(Kind.NEST_PARENT) : k.pick(Kind.IOAS))
        .set32(40, faults ? k.pick(Kind.FAULT) : 0);
  }

  private static void made(Known k, StructureBytes s) {
    int table = s.get32(16);
    k.add(Kind.HWPT, table);
    k.objects().tableOf(table, s.get32(12));
    if ((s.get32(4) & NEST_PARENT) != 0) {
      k.add(Kind.NEST_PARENT, table);
    }
    if ((s.get32(4) & USE_PASID) != 0) {
      k.add(Kind.OF_PASIDS, table);
    }
    if ((s.get32(4) & DIRTY_TRACKING) != 0) {
      k.add(Kind.TRACKING, table);
    }
  }

  private static StructureBytes nested(Known k) {
    boolean faults = k.has(Kind.FAULT) && k.rarely(2);
    return StructureBytes.sized(48)
        .set32(4, faults ? FAULT_ID_VALID : 0)
        .set32(8, k.pick(Kind.DEVICE))
        .set32(12, k.pick(Kind.VIOMMU, Kind.VIOMMU, Kind.NEST_PARENT))
        .set32(24, k.rarely(16) ? SELFTEST : SELFTEST_HWPT)
        .set32(28, k.rarely(16) ? 3 : 8)
        .set64(32, k.rarely(24) ? 0 : Layout.DATA)
        .set32(40, faults ? k.pick(Kind.FAULT) : 0);
  }

  private static void nestedMade(Known k, StructureBytes s) {
    k.add(Kind.NESTED, s.get32(16));
    if (k.objects().of(Kind.VIOMMU).contains(s.get32(12))) {
      k.add(Kind.OF_VIOMMU, s.get32(16));
    }
  }

  private static StructureBytes hwInfo(Known k) {
    return StructureBytes.sized(40)
        .set32(8, k.pick(Kind.DEVICE))
        .set32(12, k.oneOf(0, 4, 8, 16))
        .set64(16, Layout.ANSWER);
  }

  private static StructureBytes track(Known k) {
    return StructureBytes.sized(16).set32(4, k.oneOf(0, 1, 1, 2)).set32(8, k.pick(Kind.TRACKING));
  }

  private static StructureBytes bitmap(Known k) {
    return StructureBytes.sized(48)
        .set32(4, k.pick(Kind.TRACKING))
        .set32(8, k.rarely(16) ? 2 : k.oneOf(0, 0, 1))
        .set64(16, Layout.APERTURE + (long) k.random().nextInt(8) * Layout.PAGE)
        .set64(24, (1L + k.random().nextInt(16)) * Layout.PAGE)
        .set64(32, k.rarely(16) ? 3 : k.oneOf(Layout.MOCK_PAGE, Layout.MOCK_PAGE, Layout.PAGE))
        .set64(40, Layout.ANSWER);
  }

  private static StructureBytes invalidate(Known k) {
    boolean guest = k.has(Kind.VIOMMU) && k.rarely(3);
    return StructureBytes.sized(32)
        .set32(4, guest ? k.pick(Kind.VIOMMU) : k.pick(Kind.NESTED))
        .set64(8, Layout.DATA)
        .set32(16, k.rarely(10) ? 1 : SELFTEST)
        .set32(20, guest ? 12 : k.oneOf(8, 8, 8, 8, 8, 12, 4))
        .set32(24, k.oneOf(0, 1, 2, 3));
  }

  private static StructureBytes viommu(Known k) {
    boolean data = !k.rarely(4);
    return StructureBytes.sized(40)
        .set32(8, k.rarely(10) ? 1 : SELFTEST)
        .set32(12, k.pick(Kind.DEVICE))
        .set32(16, k.pick(Kind.NEST_PARENT))
        .set32(24, data ? 24 : 0)
        .set64(32, data ? Layout.ANSWER : 0);
  }

  private static void viommuMade(Known k, StructureBytes s) {
    k.add(Kind.VIOMMU, s.get32(20));
    k.objects().tableOf(s.get32(20), k.objects().ioasOf(s.get32(16)));
  }

  private static StructureBytes vdevice(Known k) {
    return StructureBytes.sized(24)
        .set32(4, k.pick(Kind.VIOMMU))
        .set32(8, k.pick(Kind.DEVICE))
        .set64(16, k.rarely(12) ? 0 : 1 + k.random().nextInt(4));
  }

  private static StructureBytes veventq(Known k) {
    return StructureBytes.sized(32)
        .set32(8, k.pick(Kind.VIOMMU))
        .set32(12, k.rarely(10) ? 0 : SELFTEST_VEVENTS)
        .set32(16, k.rarely(10) ? 0 : k.oneOf(1, 2, 2, 8));
  }

  private static StructureBytes hwQueue(Known k) {
    boolean mapped = !k.areas().isEmpty() && !k.rarely(8);
    int viommu = k.pick(Kind.VIOMMU);
    Area area =
        mapped
            ? k.areaOf(k.objects().ioasOf(viommu))
            : new Area(0, IoasTemplates.iova(k), Layout.PAGE, 0);
    // Whether pages are adjacent differs from run to run, and another IOAS may have other pages
    // there.
    long withinPage = Layout.PAGE / 2;
    return StructureBytes.sized(40)
        .set32(8, viommu)
        .set32(12, k.rarely(10) ? 0 : SELFTEST)
        .set32(16, k.rarely(3) ? k.oneOf(0, 1, 2) : k.objects().queuesOf(viommu))
        .set64(24, area.iova())
        .set64(32, Math.min(area.length(), withinPage));
  }

  private static void hwQueueMade(Known k, StructureBytes s) {
    k.add(Kind.HW_QUEUE, s.get32(20));
    k.objects().queueOf(s.get32(8));
  }
}
