package org.iommuref.model.mock;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;

/**
 * An operation of IOMMU_TEST_CMD.
 *
 * @param name as in iommufd_test.h
 * @param number of the operation
 * @param checks that come before it has any effect
 * @param body what it does once they have passed
 */
record TestOp(String name, int number, CheckList<Ucmd> checks, Command.Body body) {

  static TestOp of(String name, int number, Checks<Ucmd> checks, Command.Body body) {
    return new TestOp(name, number, new CheckList<>(name, checks), body);
  }
}
