package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_ADD_RESERVED: reserves IOVAs of an IOAS. */
final class AddReserved {

  private static final Field START = in64("add_reserved.start", TestFields.UNION);
  private static final Field LENGTH = in64("add_reserved.length", TestFields.UNION + 8);

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_ADD_RESERVED",
          1,
          Checks.<Ucmd>inOrder()
              .when("RSV-007", "there is no length", u -> u.u64(LENGTH) == 0, EINVAL)
              .when("RSV-007", "the range wraps", AddReserved::wraps, EOVERFLOW)
              .needs(
                  "RSV-007",
                  "there is no such IOAS",
                  u -> u.misses(TestFields.ID, Ioas.class),
                  ENOENT),
          AddReserved::run);

  private AddReserved() {}

  private static long last(Ucmd ucmd) {
    return ucmd.u64(START) + ucmd.u64(LENGTH) - 1;
  }

  private static boolean wraps(Ucmd ucmd) {
    return Long.compareUnsigned(last(ucmd), ucmd.u64(START)) < 0;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Ioas ioas = ucmd.held(TestFields.ID, Ioas.class);
    return ioas.iopt().reserve(ucmd.u64(START), last(ucmd), null);
  }
}
