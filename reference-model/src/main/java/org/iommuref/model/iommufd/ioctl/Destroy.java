package org.iommuref.model.iommufd.ioctl;

import static org.iommuref.model.iommufd.ioctl.Field.in32;

import org.iommuref.model.check.Checks;

/** IOMMU_DESTROY: ends an object that nobody refers to. */
public final class Destroy {

  private static final Field ID = in32("id", 4);

  /** The command; what it checks is a matter of the table of objects. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_DESTROY",
          0x3b80,
          CommandLayout.of("iommu_destroy", 8, ID),
          Checks.inOrder(),
          ucmd -> ucmd.context().objects().destroy(ucmd.u32(ID)));

  private Destroy() {}
}
