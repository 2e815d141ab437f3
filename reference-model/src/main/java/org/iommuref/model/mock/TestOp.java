package org.iommuref.model.mock;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.spec.backend.BackendExtension;
import org.jspecify.annotations.Nullable;

/**
 * An operation of IOMMU_TEST_CMD.
 *
 * @param name as in iommufd_test.h
 * @param number of the operation
 * @param checks that come before it has any effect
 * @param body what it does once they have passed
 * @param needs without which there is no such operation, or null if any driver will do
 */
record TestOp(
    String name,
    int number,
    CheckList<Ucmd> checks,
    Command.Body body,
    @Nullable Class<? extends BackendExtension> needs) {

  static TestOp of(String name, int number, Checks<Ucmd> checks, Command.Body body) {
    return new TestOp(name, number, new CheckList<>(name, checks), body, null);
  }

  /** The same, for a driver with a subject that not every driver has. */
  TestOp needing(Class<? extends BackendExtension> subject) {
    return new TestOp(name, number, checks, body, subject);
  }

  /** Whether the driver under a kernel has what it needs. */
  boolean isOfferedBy(Kernel kernel) {
    return needs == null || kernel.extension(needs).isPresent();
  }
}
