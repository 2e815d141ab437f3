package org.iommuref.model.iommufd.ioas;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EMSGSIZE;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.model.iommufd.pagetable.IovaRange;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_IOAS_IOVA_RANGES: tells which IOVAs can be mapped. */
public final class IoasIovaRanges {

  private static final int RANGE_BYTES = 16;

  private static final Field IOAS_ID = in32("ioas_id", 4);
  private static final Field NUM_IOVAS = in32("num_iovas", 8).inOut();
  private static final Field RESERVED = reserved("__reserved", 12, 4);
  private static final Field ALLOWED_IOVAS = in64("allowed_iovas", 16);
  private static final Field OUT_IOVA_ALIGNMENT = in64("out_iova_alignment", 24).out();

  /** The command. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_IOAS_IOVA_RANGES",
          0x3b84,
          CommandLayout.of(
              "iommu_ioas_iova_ranges",
              32,
              IOAS_ID,
              NUM_IOVAS,
              RESERVED,
              ALLOWED_IOVAS,
              OUT_IOVA_ALIGNMENT),
          Checks.<Ucmd>inOrder()
              .when("IOAS-003", "a reserved field is set", u -> u.u32(RESERVED) != 0, EOPNOTSUPP)
              .needs(
                  "IOAS-004", "there is no such IOAS", u -> u.misses(IOAS_ID, Ioas.class), ENOENT),
          IoasIovaRanges::run);

  /** What is asked once the ranges are told. */
  public static final CheckList<Told> ROOM =
      new CheckList<>(
          "iommufd_ioas_iova_ranges",
          Checks.<Told>inOrder()
              .when("IOAS-009", "there are too many ranges", t -> t.ranges > t.room, EMSGSIZE));

  private IoasIovaRanges() {}

  /**
   * The ranges that were told.
   *
   * @param ranges how many there are
   * @param room for how many there is room
   */
  public record Told(int ranges, long room) {}

  private static @Nullable Errno run(Ucmd ucmd) {
    IoPagetable iopt = ucmd.held(IOAS_ID, Ioas.class).iopt();
    iopt.iovaRwsem().downRead();
    try {
      long room = Integer.toUnsignedLong(ucmd.u32(NUM_IOVAS));
      int count = 0;
      for (IovaRange range : iopt.unreserved()) {
        if (count < room && write(ucmd, count, range) != null) {
          return EFAULT;
        }
        count++;
      }
      ucmd.set(NUM_IOVAS, count);
      ucmd.set(OUT_IOVA_ALIGNMENT, iopt.iovaAlignment());
      Errno fault = ucmd.respond();
      if (fault != null) {
        return fault;
      }
      return ROOM.refusal(ucmd.kernel(), new Told(count, room));
    } finally {
      iopt.iovaRwsem().upRead();
    }
  }

  private static @Nullable Errno write(Ucmd ucmd, int index, IovaRange range) {
    byte[] bytes =
        ByteBuffer.allocate(RANGE_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(range.start())
            .putLong(range.last())
            .array();
    return ucmd.copyOut(ucmd.u64(ALLOWED_IOVAS) + (long) index * RANGE_BYTES, bytes);
  }
}
