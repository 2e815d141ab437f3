package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.spec.errno.Errno.ENOMEM;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.access.Access;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_CREATE_ACCESS: makes an access to an IOAS, and a descriptor that holds it. */
final class CreateAccess {

  private static final int NEEDS_PIN_PAGES = 1;
  private static final Field OUT_ACCESS_FD = out32("create_access.out_access_fd", TestFields.UNION);
  private static final Field FLAGS = in32("create_access.flags", TestFields.UNION + 4);

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_CREATE_ACCESS",
          5,
          Checks.<Ucmd>inOrder()
              .when(
                  "MOCK-009",
                  "a flag is unknown",
                  u -> u.hasUnknown(FLAGS, NEEDS_PIN_PAGES),
                  EOPNOTSUPP),
          CreateAccess::run);

  private CreateAccess() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    var kernel = ucmd.kernel();
    if (kernel.fails("allocation of a test access")) {
      return ENOMEM;
    }
    TestAccess access = new TestAccess(ucmd.context(), (ucmd.u32(FLAGS) & NEEDS_PIN_PAGES) != 0);
    FileId file = kernel.files().open(access);
    access.openedAs(file);
    Result<Integer> descriptor = kernel.processes().install(ucmd.caller().process(), file);
    if (!descriptor.isOk()) {
      kernel.files().put(file);
      return ENOMEM;
    }
    Errno failure = create(ucmd, access, descriptor.value());
    if (failure != null) {
      kernel.processes().withdraw(ucmd.caller().process(), descriptor.value());
      kernel.files().put(file);
    }
    return failure;
  }

  private static @Nullable Errno create(Ucmd ucmd, TestAccess test, int descriptor) {
    Result<Access> made = Access.create(ucmd.context(), test);
    if (!made.isOk()) {
      return made.errno();
    }
    Access access = made.value();
    Errno failure = access.attach(ucmd.u32(TestFields.ID));
    if (failure == null) {
      ucmd.set(OUT_ACCESS_FD, descriptor);
      failure = ucmd.respond();
    }
    if (failure == null) {
      test.use(access);
    } else {
      ucmd.context().objects().destroyUser(access);
    }
    return failure;
  }
}
