package org.iommuref.model.iommufd.vfio;

import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENODEV;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.OtherCommand;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.model.iommufd.pagetable.IovaRange;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** VFIO_IOMMU_GET_INFO: tells page sizes and, as capabilities, the IOVAs that can be mapped. */
public final class VfioGetInfo {

  private static final int MINIMUM = 16;
  private static final int SIZE = 24;
  private static final int PGSIZES = 1;
  private static final int CAPS = 2;
  private static final int CAP_IOVA_RANGE = 1;
  private static final int CAP_DMA_AVAIL = 3;
  private static final int CAP_NEXT = 4;
  private static final int DMA_AVAIL_BYTES = 12;
  private static final int RANGES_BYTES = 16;
  private static final int RANGE_BYTES = 16;

  /** The command. */
  public static final OtherCommand COMMAND =
      VfioCall.command(
          "VFIO_IOMMU_GET_INFO",
          0x3b70,
          new CheckList<>(
              "VFIO_IOMMU_GET_INFO",
              Checks.<VfioCall>inOrder()
                  .needs("VFIO-042", "it cannot be read", c -> c.isUnreadable(MINIMUM), EFAULT)
                  .when("VFIO-042", "argsz is too small", c -> c.argsz() < MINIMUM, EINVAL)
                  .needs("VFIO-042", "there is no IOAS", VfioCall::missesIoas, ENODEV)),
          VfioGetInfo::run);

  private VfioGetInfo() {}

  private static Result<Integer> run(VfioCall call) {
    IoPagetable iopt = call.ioas().iopt();
    long sizes = pageSizes(call, iopt);
    iopt.iovaRwsem().downRead();
    try {
      int ranges = SIZE + align(DMA_AVAIL_BYTES);
      List<IovaRange> all = iopt.unreserved();
      int total = ranges + RANGES_BYTES + RANGE_BYTES * all.size();
      Errno fault = writeDmaAvail(call);
      if (fault == null) {
        fault = writeRanges(call, ranges, all);
      }
      if (fault == null && call.argsz() >= ranges) {
        fault = call.copyOut(SIZE + CAP_NEXT, buffer(4).putInt(0, ranges), 4);
      }
      if (fault == null) {
        fault = writeInfo(call, sizes, total);
      }
      return VfioCall.returning(fault);
    } finally {
      iopt.iovaRwsem().upRead();
    }
  }

  /** iommufd_get_pagesizes. VFIO-043. */
  private static long pageSizes(VfioCall call, IoPagetable iopt) {
    var driver = call.context().kernel().core().userDomains();
    iopt.domainsRwsem().downRead();
    long sizes = -1L;
    for (DomainId domain : iopt.domains()) {
      sizes &= driver.geometry(domain).pageSizes();
    }
    iopt.domainsRwsem().upRead();
    if ((sizes & (Processes.PAGE_SIZE - 1)) != 0) {
      sizes = (sizes & -Processes.PAGE_SIZE) | Processes.PAGE_SIZE;
    }
    long alignment = iopt.iovaAlignment();
    return Long.compareUnsigned(sizes, alignment) < 0 ? alignment : sizes;
  }

  private static @Nullable Errno writeDmaAvail(VfioCall call) {
    if (call.argsz() - SIZE < DMA_AVAIL_BYTES) {
      return null;
    }
    return call.copyOut(
        SIZE, capability(DMA_AVAIL_BYTES, CAP_DMA_AVAIL).putInt(8, -1), DMA_AVAIL_BYTES);
  }

  private static @Nullable Errno writeRanges(VfioCall call, int at, List<IovaRange> all) {
    long room = call.argsz() - at;
    for (int index = 0; index < all.size(); index++) {
      int offset = RANGES_BYTES + RANGE_BYTES * index;
      if (room >= offset + RANGE_BYTES) {
        IovaRange range = all.get(index);
        ByteBuffer bytes = buffer(RANGE_BYTES).putLong(0, range.start()).putLong(8, range.last());
        if (call.copyOut(at + offset, bytes, RANGE_BYTES) != null) {
          return EFAULT;
        }
      }
    }
    if (room < RANGES_BYTES + (long) RANGE_BYTES * all.size()) {
      return null;
    }
    return call.copyOut(
        at, capability(RANGES_BYTES, CAP_IOVA_RANGE).putInt(8, all.size()), RANGES_BYTES);
  }

  /** VFIO-045, VFIO-046, VFIO-047. */
  private static @Nullable Errno writeInfo(VfioCall call, long sizes, int total) {
    ByteBuffer info =
        buffer(SIZE)
            .putInt(0, total)
            .putInt(4, PGSIZES | CAPS)
            .putLong(8, sizes)
            .putInt(16, call.argsz() >= total ? SIZE : 0);
    return call.copyOut(0, info, (int) Math.min(call.argsz(), SIZE));
  }

  private static ByteBuffer capability(int size, int id) {
    return buffer(size).putShort(0, (short) id).putShort(2, (short) 1);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int align(int size) {
    return (size + 7) & -8;
  }
}
