package org.iommuref.model.iommufd.vfio;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.ENODEV;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_VFIO_IOAS: tells or chooses the IOAS of a VFIO container. */
public final class VfioIoas {

  private static final int GET = 0;
  private static final int SET = 1;
  private static final int CLEAR = 2;

  private static final Field IOAS_ID = in32("ioas_id", 4).inOut();
  private static final Field OP = new Field("op", 8, 2, Field.Direction.IN);
  private static final Field RESERVED = reserved("__reserved", 10, 2);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_VFIO_IOAS",
          0x3b88,
          CommandLayout.of("iommu_vfio_ioas", 12, IOAS_ID, OP, RESERVED),
          Checks.<Ucmd>inOrder()
              .when("VFIO-005", "a reserved field is set", u -> u.u32(RESERVED) != 0, EOPNOTSUPP)
              .when("VFIO-005", "the operation is unknown", u -> u.u32(OP) > CLEAR, EOPNOTSUPP)
              .needs(
                  "VFIO-003",
                  "there is no such IOAS",
                  u -> u.u32(OP) == SET && u.misses(IOAS_ID, Ioas.class),
                  ENOENT),
          VfioIoas::run);

  private VfioIoas() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    VfioContainer container = VfioContainer.of(ucmd.context());
    switch (ucmd.u32(OP)) {
      case GET -> {
        return tell(ucmd, container);
      }
      case SET -> container.choose(ucmd.held(IOAS_ID, Ioas.class));
      default -> container.choose(null);
    }
    return null;
  }

  private static @Nullable Errno tell(Ucmd ucmd, VfioContainer container) {
    Ioas ioas = container.get();
    if (ioas == null) {
      return ENODEV;
    }
    ucmd.set(IOAS_ID, ioas.object().id());
    ucmd.context().objects().put(ioas);
    return ucmd.respond();
  }
}
