package org.iommuref.model.iommufd.ioas;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.ENOMEM;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.pagetable.IovaRange;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_IOAS_ALLOW_IOVAS: says where IOVAs are to be chosen. */
public final class IoasAllowIovas {

  private static final int RANGE_BYTES = 16;

  private static final Field IOAS_ID = in32("ioas_id", 4);
  private static final Field NUM_IOVAS = in32("num_iovas", 8);
  private static final Field RESERVED = reserved("__reserved", 12, 4);
  private static final Field ALLOWED_IOVAS = in64("allowed_iovas", 16);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_IOAS_ALLOW_IOVAS",
          0x3b82,
          CommandLayout.of(
              "iommu_ioas_allow_iovas", 24, IOAS_ID, NUM_IOVAS, RESERVED, ALLOWED_IOVAS),
          Checks.<Ucmd>inOrder()
              .when("IOAS-012", "a reserved field is set", u -> u.u32(RESERVED) != 0, EOPNOTSUPP)
              .needs(
                  "IOAS-013", "there is no such IOAS", u -> u.misses(IOAS_ID, Ioas.class), ENOENT),
          IoasAllowIovas::run);

  /** What is asked of each range. Linux: iommufd_ioas_load_iovas. */
  public static final CheckList<Element> ELEMENT =
      new CheckList<>(
          "iommufd_ioas_load_iovas",
          Checks.<Element>inOrder()
              .needs("IOAS-014", "it cannot be read", e -> e.range == null, EFAULT)
              .when("IOAS-015", "it is empty or a byte", Element::isTooSmall, EINVAL)
              .when("IOAS-016", "it overlaps one before it", Element::overlaps, EINVAL));

  private IoasAllowIovas() {}

  /**
   * An element of the array, as the checks see it.
   *
   * @param range null if it cannot be read
   * @param before those before it, by their starts
   */
  public record Element(@Nullable IovaRange range, NavigableMap<Long, IovaRange> before) {

    private boolean isTooSmall() {
      return range != null && Long.compareUnsigned(range.start(), range.last()) >= 0;
    }

    private boolean overlaps() {
      var below = range == null ? null : before.floorEntry(range.last());
      return below != null
          && range != null
          && Long.compareUnsigned(below.getValue().last(), range.start()) >= 0;
    }
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    NavigableMap<Long, IovaRange> ranges = new TreeMap<>(Long::compareUnsigned);
    long count = Integer.toUnsignedLong(ucmd.u32(NUM_IOVAS));
    for (long index = 0; index < count; index++) {
      IovaRange range = read(ucmd, index);
      Errno refusal = ELEMENT.refusal(ucmd.kernel(), new Element(range, ranges));
      if (refusal != null || range == null) {
        return refusal;
      }
      if (ucmd.kernel().fails("allocation of an allowed range")) {
        return ENOMEM;
      }
      ranges.put(range.start(), range);
    }
    List<IovaRange> all = new ArrayList<>(ranges.values());
    return ucmd.held(IOAS_ID, Ioas.class).iopt().allow(all);
  }

  private static @Nullable IovaRange read(Ucmd ucmd, long index) {
    byte[] bytes = ucmd.copyIn(ucmd.u64(ALLOWED_IOVAS) + index * RANGE_BYTES, RANGE_BYTES);
    if (bytes == null) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return new IovaRange(buffer.getLong(0), buffer.getLong(8));
  }
}
