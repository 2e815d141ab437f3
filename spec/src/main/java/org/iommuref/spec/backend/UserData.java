package org.iommuref.spec.backend;

import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * A structure of one driver that a user passes through iommufd, still in the user's memory.
 *
 * <p>Linux: struct iommu_user_data. The driver alone knows what it may be; it copies it when it
 * wants it.
 */
public interface UserData {

  /** The type that the user declares. */
  int type();

  /** The length that the user declares, in bytes. */
  int length();

  /**
   * Copies the structure in (iommu_copy_struct_from_user).
   *
   * @param type the type that the driver takes
   * @param minimum the length of the structure's first version
   * @param known the length that the driver knows
   * @return {@code known} bytes, zero behind what the user gave; EINVAL for another type or a
   *     length outside both bounds, EFAULT
   */
  Result<byte[]> copyIn(int type, int minimum, int known);

  /**
   * Copies the first bytes of a structure back, as many as the user has room for
   * (iommu_copy_struct_to_user). EINVAL as {@link #copyIn}, EFAULT.
   */
  Result<Done> copyOut(int type, int minimum, byte[] structure);
}
