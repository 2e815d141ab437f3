package org.iommuref.model.iommufd.file;

import java.util.EnumSet;
import java.util.Set;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Iommufd.Readiness;

/**
 * What a kind of file does with the system calls. Linux: struct file_operations; a call that a kind
 * does not implement is answered as Linux answers it.
 */
public interface OpenFile {

  /** ioctl(2). */
  default Result<Integer> ioctl(Caller caller, int command, long argument) {
    return Result.err(Errno.ENOTTY);
  }

  /** read(2). */
  default Result<Integer> read(Caller caller, long buffer, long count) {
    return Result.err(Errno.EINVAL);
  }

  /** write(2). */
  default Result<Integer> write(Caller caller, long buffer, long count) {
    return Result.err(Errno.EINVAL);
  }

  /** poll(2): a file without the operation is always ready. */
  default Set<Readiness> poll() {
    return EnumSet.of(Readiness.READABLE, Readiness.WRITABLE);
  }

  /** mmap(2). */
  default Result<long[]> mmap(
      Caller caller, long offset, long length, boolean shared, boolean executable) {
    return Result.err(Errno.ENODEV);
  }

  /** The end of one mapping. */
  default Result<Done> munmap(long offset) {
    return Result.err(Errno.ENXIO);
  }

  /** The last reference to the file is gone. */
  void release();
}
