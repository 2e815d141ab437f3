package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;

import org.iommuref.model.iommufd.ioctl.Field;

/** The fields that all operations of IOMMU_TEST_CMD share; each has its own behind them. */
final class TestFields {

  static final Field OP = in32("op", 4);
  static final Field ID = in32("id", 8);
  static final Field RESERVED = Field.reserved("__reserved", 12, 4);
  static final Field LAST = in32("last", 64);

  /** Where the fields of an operation begin. */
  static final int UNION = 16;

  private TestFields() {}
}
