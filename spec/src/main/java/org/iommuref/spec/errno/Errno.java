package org.iommuref.spec.errno;

/** A Linux error number; names and values are those of include/uapi/asm-generic/errno*.h. */
public enum Errno {
  EPERM(1),
  ENOENT(2),
  EINTR(4),
  EIO(5),
  ENXIO(6),
  E2BIG(7),
  EBADF(9),
  EAGAIN(11),
  ENOMEM(12),
  EACCES(13),
  EFAULT(14),
  EBUSY(16),
  EEXIST(17),
  EXDEV(18),
  ENODEV(19),
  EINVAL(22),
  EMFILE(24),
  ENOTTY(25),
  ENOSPC(28),
  ESPIPE(29),
  ERANGE(34),
  EDEADLOCK(35),
  EBADE(52),
  EOVERFLOW(75),
  EBADFD(77),
  EMSGSIZE(90),
  EOPNOTSUPP(95),
  EADDRINUSE(98),
  ETIMEDOUT(110),
  EREMOTEIO(121),
  EPROBE_DEFER(517);

  private final int number;

  Errno(int number) {
    this.number = number;
  }

  /** The positive number, as in {@code -EINVAL == -22}. */
  public int number() {
    return number;
  }

  /**
   * The one with that number, positive.
   *
   * @throws IllegalArgumentException if no call of ours has it
   */
  public static Errno numbered(int number) {
    for (Errno errno : values()) {
      if (errno.number == number) {
        return errno;
      }
    }
    throw new IllegalArgumentException("no call answers errno " + number);
  }
}
