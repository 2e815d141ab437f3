package org.iommuref.model.mock;

import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_CMD: the test interface, by operations. Linux: iommufd_test. */
public final class TestCommand {

  /** The command; the structure ends with padding. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_TEST_CMD",
          0x3ba0,
          CommandLayout.of(
              "iommu_test_cmd",
              72,
              TestFields.OP,
              TestFields.ID,
              TestFields.RESERVED,
              TestFields.LAST),
          Checks.<Ucmd>inOrder()
              .needs("UAPI-046", "the operation is unknown", TestCommand::isUnknown, EOPNOTSUPP),
          TestCommand::run);

  private TestCommand() {}

  private static boolean isUnknown(Ucmd ucmd) {
    TestOp op = TestOps.of(ucmd.u32(TestFields.OP));
    return op == null || !op.isOfferedBy(ucmd.kernel());
  }

  /** The lists of checks of the operations, and of what several of them share. */
  public static List<CheckList<?>> checkLists() {
    Stream<CheckList<?>> operations = TestOps.all().stream().map(TestOp::checks);
    return Stream.<CheckList<?>>concat(operations, Stream.of(AccessPages.ACCESS, PasidOps.COMPARED))
        .toList();
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    TestOp op = Objects.requireNonNull(TestOps.of(ucmd.u32(TestFields.OP)));
    Errno refusal = op.checks().refusal(ucmd.kernel(), ucmd);
    return refusal == null ? op.body().run(ucmd) : refusal;
  }
}
