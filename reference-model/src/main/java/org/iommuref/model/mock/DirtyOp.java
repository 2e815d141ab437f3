package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.ENOMEM;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DirtyEntries;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_DIRTY: marks pages as written, as a device would. DIRTY-034, MOCK-020. */
final class DirtyOp {

  private static final long MOST_PAGES = 8L * (16 << 20);
  private static final Field IOVA = in64("dirty.iova", TestFields.UNION + 8);
  private static final Field LENGTH = in64("dirty.length", TestFields.UNION + 16);
  private static final Field PAGE_SIZE = in64("dirty.page_size", TestFields.UNION + 24);
  private static final Field UPTR = in64("dirty.uptr", TestFields.UNION + 32);
  private static final Field OUT_NR_DIRTY = in64("dirty.out_nr_dirty", TestFields.UNION + 40).out();

  static final TestOp OP =
      TestOp.of(
              "IOMMU_TEST_OP_DIRTY",
              13,
              Checks.<Ucmd>inOrder()
                  .needs("MOCK-020", "there is no page size", u -> u.u64(PAGE_SIZE) == 0, EINVAL)
                  .when("MOCK-020", "there is no length", u -> u.u64(LENGTH) == 0, EINVAL)
                  .when("MOCK-020", "the start is not aligned", u -> isOdd(u, IOVA), EINVAL)
                  .when("MOCK-020", "the length is not aligned", u -> isOdd(u, LENGTH), EINVAL)
                  .when("MOCK-020", "there is no buffer", u -> u.u64(UPTR) == 0, EINVAL)
                  .when(
                      "MOCK-020",
                      "there are too many pages",
                      u -> Long.compareUnsigned(pages(u), MOST_PAGES) > 0,
                      EOVERFLOW)
                  .needs(
                      "MOCK-020",
                      "there is no such page table",
                      u -> u.misses(TestFields.ID, HwptPaging.class),
                      ENOENT)
                  .when(
                      "MOCK-020",
                      "no writes are recorded",
                      u -> !driver(u).recordsWrites(domain(u)),
                      EINVAL),
              DirtyOp::run)
          .needing(DirtyEntries.class);

  private DirtyOp() {}

  private static boolean isOdd(Ucmd ucmd, Field field) {
    return Long.remainderUnsigned(ucmd.u64(field), ucmd.u64(PAGE_SIZE)) != 0;
  }

  private static long pages(Ucmd ucmd) {
    return Long.divideUnsigned(ucmd.u64(LENGTH), ucmd.u64(PAGE_SIZE));
  }

  private static DirtyEntries driver(Ucmd ucmd) {
    return ucmd.kernel().extension(DirtyEntries.class).orElseThrow();
  }

  private static DomainId domain(Ucmd ucmd) {
    return ucmd.held(TestFields.ID, HwptPaging.class).common().domain();
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    if (ucmd.kernel().fails("allocation of a bitmap")) {
      return ENOMEM;
    }
    int pages = (int) pages(ucmd);
    byte[] bitmap = ucmd.copyIn(ucmd.u64(UPTR), (pages + 7) / 8);
    if (bitmap == null) {
      return EFAULT;
    }
    int count = 0;
    for (int page = 0; page < pages; page++) {
      if ((bitmap[page / 8] >> page % 8 & 1) != 0) {
        long iova = ucmd.u64(IOVA) + page * ucmd.u64(PAGE_SIZE);
        driver(ucmd).setDirty(domain(ucmd), new Iova(iova));
        count++;
      }
    }
    ucmd.set(OUT_NR_DIRTY, count);
    return ucmd.respond();
  }
}
