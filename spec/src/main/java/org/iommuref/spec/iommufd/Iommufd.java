package org.iommuref.spec.iommufd;

import java.util.Set;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * Seam 3: iommufd as a program sees it, by the system calls on its files.
 *
 * <p>Linux: drivers/iommu/iommufd and include/uapi/linux/iommufd.h. Structures lie in the memory of
 * the calling process, little-endian, and are reached through {@link Processes}: so a bad pointer,
 * a short structure and a reserved field are found where Linux finds them. Calls on one file may
 * run at once. Addresses and lengths are unsigned and in bytes.
 */
public interface Iommufd {

  /** Opens a node: a context with nothing in it. ENOMEM. */
  Result<FileId> open(Caller caller, Node node);

  /**
   * ioctl(2) on a file.
   *
   * @param command the whole number, as {@code 0x3b85} for IOMMU_IOAS_MAP
   * @param argument an address in the caller's memory
   * @return what the call returns, 0 for most; ENOTTY for a command that the file does not know
   */
  Result<Integer> ioctl(Caller caller, FileId file, int command, long argument);

  /** read(2): moves records of an event queue to the caller's memory and returns their bytes. */
  Result<Integer> read(Caller caller, FileId file, long buffer, long count);

  /** write(2): takes responses from the caller's memory and returns their bytes. */
  Result<Integer> write(Caller caller, FileId file, long buffer, long count);

  /** poll(2): what can be done with the file at this moment. */
  Set<Readiness> poll(FileId file);

  /**
   * mmap(2) of a file: a region that a driver offers at that offset.
   *
   * @param shared whether MAP_SHARED is given
   * @param executable whether PROT_EXEC is given
   * @return the frames that are mapped now, by number; each mapping holds its owner until {@link
   *     #munmap}. EINVAL, EPERM, ENXIO
   */
  Result<long[]> mmap(
      Caller caller, FileId file, long offset, long length, boolean shared, boolean executable);

  /** Ends one mapping that {@link #mmap} made. ENXIO if there is none. */
  Result<Done> munmap(FileId file, long offset);

  /** The last descriptor of the file is gone, in every process. */
  void close(FileId file);

  /** The process has ended: its memory is gone, its pins are not. */
  void exited(ProcessId process);

  /** What a file can do without waiting. */
  enum Readiness {
    /** POLLIN. */
    READABLE,
    /** POLLOUT. */
    WRITABLE,
    /** POLLERR. */
    BROKEN
  }
}
