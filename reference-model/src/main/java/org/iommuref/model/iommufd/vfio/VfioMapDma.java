package org.iommuref.model.iommufd.vfio;

import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENODEV;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioas.Mapping;
import org.iommuref.model.iommufd.ioctl.OtherCommand;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/** VFIO_IOMMU_MAP_DMA: maps memory of the caller at the IOVA that it gives. */
public final class VfioMapDma {

  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int SIZE = 32;
  private static final int VADDR = 8;
  private static final int IOVA = 16;
  private static final int LENGTH = 24;

  /** The command. */
  public static final OtherCommand COMMAND =
      VfioCall.command(
          "VFIO_IOMMU_MAP_DMA",
          0x3b71,
          new CheckList<>(
              "VFIO_IOMMU_MAP_DMA",
              Checks.<VfioCall>inOrder()
                  .needs("VFIO-020", "it cannot be read", c -> c.isUnreadable(SIZE), EFAULT)
                  .when("VFIO-021", "argsz is too small", c -> c.argsz() < SIZE, EINVAL)
                  .when(
                      "VFIO-021",
                      "a flag is unknown",
                      c -> (c.flags() & ~(READ | WRITE)) != 0,
                      EINVAL)
                  .needs("VFIO-022", "there is no IOAS", VfioCall::missesIoas, ENODEV)),
          VfioMapDma::run);

  private VfioMapDma() {}

  /** VFIO-023, VFIO-024. */
  private static Result<Integer> run(VfioCall call) {
    Prot prot = prot((call.flags() & READ) != 0, (call.flags() & WRITE) != 0);
    Errno failure =
        Mapping.mapMemory(
                call.context(),
                call.caller(),
                call.ioas(),
                call.u64(VADDR),
                call.u64(LENGTH),
                call.u64(IOVA),
                prot)
            .errno();
    return VfioCall.returning(failure);
  }

  private static Prot prot(boolean read, boolean write) {
    if (read) {
      return write ? Prot.READ_WRITE : Prot.READ;
    }
    return write ? Prot.WRITE : Prot.NONE;
  }
}
