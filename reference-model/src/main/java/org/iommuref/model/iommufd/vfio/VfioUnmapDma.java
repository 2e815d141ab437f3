package org.iommuref.model.iommufd.vfio;

import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENODEV;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import java.util.Objects;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.OtherCommand;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Err;
import org.jspecify.annotations.Nullable;

/** VFIO_IOMMU_UNMAP_DMA: unmaps a range, parts of areas too while there are no large pages. */
public final class VfioUnmapDma {

  private static final int ALL = 2;
  private static final int SIZE = 24;
  private static final int IOVA = 8;
  private static final int LENGTH = 16;

  /** The command. */
  public static final OtherCommand COMMAND =
      VfioCall.command(
          "VFIO_IOMMU_UNMAP_DMA",
          0x3b72,
          new CheckList<>(
              "VFIO_IOMMU_UNMAP_DMA",
              Checks.<VfioCall>inOrder()
                  .needs("VFIO-026", "it cannot be read", c -> c.isUnreadable(SIZE), EFAULT)
                  .when("VFIO-027", "argsz is too small", c -> c.argsz() < SIZE, EINVAL)
                  .when("VFIO-027", "a flag is unknown", c -> (c.flags() & ~ALL) != 0, EINVAL)
                  .needs("VFIO-028", "there is no IOAS", VfioCall::missesIoas, ENODEV)
                  .when(
                      "VFIO-029",
                      "all is to go, and a range is given",
                      c -> isAll(c) && (c.u64(IOVA) != 0 || c.u64(LENGTH) != 0),
                      EINVAL)),
          VfioUnmapDma::run);

  private VfioUnmapDma() {}

  private static boolean isAll(VfioCall call) {
    return (call.flags() & ALL) != 0;
  }

  private static Result<Integer> run(VfioCall call) {
    IoPagetable iopt = call.ioas().iopt();
    if (!isAll(call) && !iopt.hasLargePages()) {
      Errno failure = cut(call, iopt);
      if (failure != null) {
        return Result.err(failure); // VFIO-041
      }
    }
    Result<Long> unmapped = isAll(call) ? iopt.unmap(0, -1L) : unmapRange(call, iopt);
    call.setU64(LENGTH, bytes(unmapped));
    Errno fault = call.respond(); // VFIO-031
    return VfioCall.returning(fault == null ? unmapped.errno() : fault); // VFIO-032
  }

  /** The end first, then the start, which needs no cut at IOVA 0. VFIO-033. */
  private static @Nullable Errno cut(VfioCall call, IoPagetable iopt) {
    long iova = call.u64(IOVA);
    long last = iova + call.u64(LENGTH) - 1;
    return iova == 0 ? iopt.cut(last) : iopt.cut(last, iova - 1);
  }

  /** iopt_unmap_iova. VFIO-030, VFIO-034. */
  private static Result<Long> unmapRange(VfioCall call, IoPagetable iopt) {
    long iova = call.u64(IOVA);
    long last = iova + call.u64(LENGTH) - 1;
    if (call.u64(LENGTH) == 0) {
      return Result.err(EINVAL);
    }
    return Long.compareUnsigned(last, iova) < 0 ? Result.err(EOVERFLOW) : iopt.unmap(iova, last);
  }

  private static long bytes(Result<Long> unmapped) {
    return unmapped instanceof Err<Long> err
        ? Objects.requireNonNullElse(err.partial(), 0L)
        : unmapped.value();
  }
}
