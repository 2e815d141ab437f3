package org.iommuref.spec.backend;

import org.iommuref.spec.errno.Result;

/**
 * An array of structures of one driver in the memory of a user. Linux: struct
 * iommu_user_data_array.
 */
public interface UserDataArray {

  /** The type that the user declares. */
  int type();

  /** How many entries the user declares. */
  int entries();

  /**
   * Copies one entry in (iommu_copy_struct_from_user_array).
   *
   * @param index from 0
   * @param expected the type that the driver takes
   * @param minimum the length of the structure's first version
   * @param known the length that the driver knows
   * @return {@code known} bytes, zero behind what the user gave; EINVAL for another type or a
   *     length outside both bounds, EFAULT
   */
  Result<byte[]> copyIn(int index, int expected, int minimum, int known);

  /**
   * Copies all entries in (iommu_copy_struct_from_full_user_array).
   *
   * @return {@code known} bytes for each, zero behind what the user gave; EINVAL for another type,
   *     E2BIG if an entry is longer and not zero behind, EFAULT
   */
  Result<byte[]> copyAllIn(int expected, int known);
}
