package org.iommuref.model.iommufd.option;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EBUSY;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;
import static org.iommuref.spec.errno.Errno.EPERM;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.AccountMode;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Caller.Right;
import org.jspecify.annotations.Nullable;

/** IOMMU_OPTION: reads or sets RLIMIT_MODE of the context or HUGE_PAGES of an IOAS. */
public final class IommuOption {

  private static final int RLIMIT_MODE = 0;
  private static final int HUGE_PAGES = 1;
  private static final int SET = 0;
  private static final int GET = 1;

  private static final Field OPTION_ID = in32("option_id", 4);
  private static final Field OP = new Field("op", 8, 2, Field.Direction.IN);
  private static final Field RESERVED = reserved("__reserved", 10, 2);
  private static final Field OBJECT_ID = in32("object_id", 12);
  private static final Field VAL64 = in64("val64", 16).inOut();

  /** The command. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_OPTION",
          0x3b87,
          CommandLayout.of("iommu_option", 24, OPTION_ID, OP, RESERVED, OBJECT_ID, VAL64),
          Checks.<Ucmd>inOrder()
              .when("OPT-001", "a reserved field is set", u -> u.u32(RESERVED) != 0, EOPNOTSUPP)
              .when(
                  "OPT-002",
                  "the option is unknown",
                  u -> u.u32(OPTION_ID) != RLIMIT_MODE && u.u32(OPTION_ID) != HUGE_PAGES,
                  EOPNOTSUPP),
          IommuOption::run);

  /** What is asked of RLIMIT_MODE. Linux: iommufd_option_rlimit_mode. */
  public static final CheckList<Ucmd> RLIMIT_MODE_CHECKS =
      new CheckList<>(
              "iommufd_option_rlimit_mode",
              Checks.<Ucmd>inOrder()
                  .when("OPT-005", "an object is named", u -> u.u32(OBJECT_ID) != 0, EOPNOTSUPP)
                  .when(
                      "OPT-012",
                      "the operation is unknown",
                      u -> !isSet(u) && !isGet(u),
                      EOPNOTSUPP)
                  .when(
                      "OPT-009",
                      "the caller may not choose",
                      u -> isSet(u) && !u.caller().has(Right.SYS_RESOURCE),
                      EPERM)
                  .when(
                      "OPT-010",
                      "an object exists",
                      u -> isSet(u) && !u.context().objects().isEmpty(),
                      EBUSY)
                  .when("OPT-011", "the mode is unknown", u -> isSet(u) && isNoBool(u), EINVAL))
          .orderedBy("OPT-013");

  /** What is asked of HUGE_PAGES. Linux: iommufd_ioas_option_huge_pages. */
  public static final CheckList<Ucmd> HUGE_PAGES_CHECKS =
      new CheckList<>(
          "iommufd_ioas_option",
          Checks.<Ucmd>inOrder()
              .needs(
                  "OPT-014", "there is no such IOAS", u -> u.misses(OBJECT_ID, Ioas.class), ENOENT)
              .when("OPT-021", "the operation is unknown", u -> !isSet(u) && !isGet(u), EOPNOTSUPP)
              .when("OPT-020", "the value is unknown", u -> isSet(u) && isNoBool(u), EINVAL));

  private IommuOption() {}

  private static boolean isSet(Ucmd ucmd) {
    return ucmd.u32(OP) == SET;
  }

  private static boolean isGet(Ucmd ucmd) {
    return ucmd.u32(OP) == GET;
  }

  private static boolean isNoBool(Ucmd ucmd) {
    return (ucmd.u64(VAL64) & ~1L) != 0;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Errno failure = ucmd.u32(OPTION_ID) == RLIMIT_MODE ? rlimitMode(ucmd) : hugePages(ucmd);
    return failure == null ? ucmd.respondWith(VAL64) : failure;
  }

  private static @Nullable Errno rlimitMode(Ucmd ucmd) {
    Errno refusal = RLIMIT_MODE_CHECKS.refusal(ucmd.kernel(), ucmd);
    if (refusal != null) {
      return refusal;
    }
    Context context = ucmd.context();
    if (isGet(ucmd)) {
      ucmd.set(VAL64, context.accountMode() == AccountMode.MM ? 1 : 0);
    } else {
      context.chargeTo(ucmd.u64(VAL64) == 0 ? AccountMode.USER : AccountMode.MM);
    }
    return null;
  }

  private static @Nullable Errno hugePages(Ucmd ucmd) {
    Errno refusal = HUGE_PAGES_CHECKS.refusal(ucmd.kernel(), ucmd);
    if (refusal != null) {
      return refusal;
    }
    IoPagetable iopt = ucmd.held(OBJECT_ID, Ioas.class).iopt();
    if (isGet(ucmd)) {
      ucmd.set(VAL64, iopt.hasLargePages() ? 1 : 0);
      return null;
    }
    if (ucmd.u64(VAL64) == 0) {
      return iopt.disableLargePages();
    }
    iopt.enableLargePages();
    return null;
  }
}
