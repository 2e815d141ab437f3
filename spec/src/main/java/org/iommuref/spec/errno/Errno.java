package org.iommuref.spec.errno;

/** A Linux error number; names and values are those of include/uapi/asm-generic/errno*.h. */
public enum Errno {
  EPERM(1),
  ENOENT(2),
  EIO(5),
  ENOMEM(12),
  EACCES(13),
  EFAULT(14),
  EBUSY(16),
  EEXIST(17),
  ENODEV(19),
  EINVAL(22),
  ENOSPC(28),
  ERANGE(34),
  EOVERFLOW(75),
  EOPNOTSUPP(95),
  EADDRINUSE(98),
  ETIMEDOUT(110),
  EPROBE_DEFER(517),
  ENXIO(6);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /** The positive number, as in {@code -EINVAL == -22}. */
  public int number() {
    return number;
  }
}
