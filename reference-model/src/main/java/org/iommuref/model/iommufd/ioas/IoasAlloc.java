package org.iommuref.model.iommufd.ioas;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** IOMMU_IOAS_ALLOC: makes an IOAS. */
public final class IoasAlloc {

  private static final Field FLAGS = in32("flags", 4);
  private static final Field OUT_IOAS_ID = out32("out_ioas_id", 8);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_IOAS_ALLOC",
          0x3b81,
          CommandLayout.of("iommu_ioas_alloc", 12, FLAGS, OUT_IOAS_ID),
          Checks.<Ucmd>inOrder()
              .when("IOAS-002", "a flag is set", u -> u.u32(FLAGS) != 0, EOPNOTSUPP),
          IoasAlloc::run);

  private IoasAlloc() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    Context context = ucmd.context();
    Result<Ioas> made = Ioas.allocate(context);
    if (!made.isOk()) {
      return made.errno();
    }
    Ioas ioas = made.value();
    ucmd.set(OUT_IOAS_ID, ioas.object().id());
    Errno fault = ucmd.respond();
    if (fault != null) {
      context.objects().abortAndDestroy(ioas);
      return fault;
    }
    context.ioasCreationLock().downRead();
    context.objects().finish(ioas);
    context.ioasCreationLock().upRead();
    return null;
  }
}
