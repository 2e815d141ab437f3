package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.spec.errno.Errno.EBADF;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOMEM;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.jspecify.annotations.Nullable;

/**
 * IOMMU_TEST_OP_DMABUF_GET makes a shared buffer and returns its descriptor;
 * IOMMU_TEST_OP_DMABUF_REVOKE revokes one or lifts that.
 */
final class DmabufOps {

  private static final int PAGE_SHIFT = 12;
  private static final long MOST_PAGES = 512;
  private static final Field LENGTH = in32("dmabuf_get.length", TestFields.UNION);
  private static final Field DMABUF_FD = in32("dmabuf_revoke.dmabuf_fd", TestFields.UNION);
  private static final Field REVOKED = in32("dmabuf_revoke.revoked", TestFields.UNION + 4);

  static final TestOp GET =
      TestOp.of(
              "IOMMU_TEST_OP_DMABUF_GET",
              22,
              Checks.<Ucmd>inOrder()
                  .when("MOCK-027", "there is no length", u -> pages(u) == 0, EINVAL)
                  .when("MOCK-027", "it is too long", u -> pages(u) > MOST_PAGES, EINVAL),
              DmabufOps::get)
          .needing(TestDmabufs.class);

  static final TestOp REVOKE =
      TestOp.of(
              "IOMMU_TEST_OP_DMABUF_REVOKE",
              23,
              Checks.<Ucmd>inOrder()
                  .needs(
                      "MOCK-028",
                      "nothing is open",
                      u -> descriptor(u) instanceof Descriptor.Closed,
                      EBADF)
                  .needs("MOCK-028", "it is no shared buffer", u -> find(u) == null, EINVAL),
              DmabufOps::revoke)
          .needing(TestDmabufs.class);

  private DmabufOps() {}

  private static long pages(Ucmd ucmd) {
    return (ucmd.u64(LENGTH) + (1 << PAGE_SHIFT) - 1) >>> PAGE_SHIFT;
  }

  private static Descriptor descriptor(Ucmd ucmd) {
    return ucmd.kernel().processes().descriptor(ucmd.caller().process(), ucmd.u32(DMABUF_FD));
  }

  private static @Nullable TestDmabuf find(Ucmd ucmd) {
    return descriptor(ucmd) instanceof Descriptor.Ours ours
            && ucmd.kernel().files().find(ours.file()) instanceof TestDmabuf dmabuf
        ? dmabuf
        : null;
  }

  private static @Nullable Errno get(Ucmd ucmd) {
    var kernel = ucmd.kernel();
    if (kernel.fails("allocation of a shared buffer")) {
      return ENOMEM;
    }
    TestDmabufs memory = kernel.extension(TestDmabufs.class).orElseThrow();
    FileId file = kernel.files().open(memory.make(kernel, (int) pages(ucmd)));
    Result<Integer> descriptor = kernel.processes().install(ucmd.caller().process(), file);
    if (!descriptor.isOk()) {
      kernel.files().put(file);
      return descriptor.errno();
    }
    ucmd.answer(descriptor.value());
    return null;
  }

  private static @Nullable Errno revoke(Ucmd ucmd) {
    TestDmabuf dmabuf = find(ucmd);
    if (dmabuf == null) {
      return EINVAL;
    }
    dmabuf.revoke(ucmd.u32(REVOKED) != 0);
    return null;
  }
}
