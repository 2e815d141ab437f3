package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/**
 * IOMMU_TEST_OP_MD_CHECK_MAP: whether a page table maps what the caller has at an address.
 *
 * <p>Where devices make accesses, those that are attached read each page too: EIO if hardware does
 * not translate as software finds it.
 */
final class MdCheckMap {

  private static final Field IOVA = in64("check_map.iova", TestFields.UNION);
  private static final Field LENGTH = in64("check_map.length", TestFields.UNION + 8);
  private static final Field UPTR = in64("check_map.uptr", TestFields.UNION + 16);

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_MD_CHECK_MAP",
          3,
          Checks.<Ucmd>inOrder()
              .needs(
                  "MOCK-006",
                  "there is no such page table",
                  u -> u.misses(TestFields.ID, HwptPaging.class),
                  ENOENT)
              .when("MOCK-006", "something is not aligned", MdCheckMap::isMisaligned, EINVAL)
              .when("MOCK-006", "the address wraps", MdCheckMap::wraps, EINVAL),
          MdCheckMap::run);

  private MdCheckMap() {}

  private static long pageSize(Ucmd ucmd) {
    HwptPaging hwpt = ucmd.held(TestFields.ID, HwptPaging.class);
    var driver = ucmd.kernel().core().userDomains();
    return driver.geometry(hwpt.common().domain()).smallestPage();
  }

  private static boolean isMisaligned(Ucmd ucmd) {
    return ((ucmd.u64(IOVA) | ucmd.u64(LENGTH) | ucmd.u64(UPTR)) & (pageSize(ucmd) - 1)) != 0;
  }

  private static boolean wraps(Ucmd ucmd) {
    return Long.compareUnsigned(ucmd.u64(UPTR) + ucmd.u64(LENGTH), ucmd.u64(UPTR)) < 0;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    long step = pageSize(ucmd);
    for (long offset = 0; offset != ucmd.u64(LENGTH); offset += step) {
      Errno failure = check(ucmd, ucmd.u64(IOVA) + offset, ucmd.u64(UPTR) + offset);
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  private static @Nullable Errno check(Ucmd ucmd, long iova, long address) {
    Kernel kernel = ucmd.kernel();
    Result<Long> frame = kernel.processes().frameAt(ucmd.caller().process(), address);
    if (!frame.isOk()) {
      return frame.errno();
    }
    HwptPaging hwpt = ucmd.held(TestFields.ID, HwptPaging.class);
    var step = new MockStep.Translate(hwpt.common().domain(), iova);
    long mapped =
        kernel
            .steps()
            .obtain(
                step,
                each -> kernel.core().iovaToPhys(each.domain(), new Iova(each.iova())).bytes());
    Errno failure = seenByDevices(ucmd, hwpt, iova, mapped);
    if (failure != null) {
      return failure;
    }
    long offset = address & (Processes.PAGE_SIZE - 1);
    return mapped == frame.value() * Processes.PAGE_SIZE + offset ? null : EINVAL;
  }

  private static @Nullable Errno seenByDevices(Ucmd ucmd, HwptPaging hwpt, long iova, long mapped) {
    DeviceReads reads = ucmd.kernel().extension(DeviceReads.class).orElse(null);
    return reads == null ? null : reads.compare(ucmd.context(), hwpt, iova, mapped);
  }
}
