package org.iommuref.spec.iommufd;

import org.iommuref.spec.errno.Result;

/**
 * What iommufd uses of the rest of the kernel: memory of user processes, their files and limits.
 *
 * <p>Whoever calls seam 3 brings it: simulated processes in one case, the real process behind a
 * connection in the other. A frame is a page of 4096 bytes of physical memory, named by its number
 * (address divided by 4096); frames with adjacent numbers are adjacent. Addresses and lengths are
 * unsigned and in bytes.
 */
public interface Processes {

  /** The size of a page and of a frame, in bytes. */
  int PAGE_SIZE = 4096;

  /**
   * copy_from_user: reads memory of a process. EFAULT if any of it cannot be read, with what lies
   * before it.
   */
  Result<byte[]> copyIn(ProcessId process, long address, int length);

  /** copy_to_user: writes memory of a process. EFAULT with the number of bytes written before. */
  Result<Integer> copyOut(ProcessId process, long address, byte[] bytes);

  /**
   * Pins pages of a process for long, from a page boundary on (pin_user_pages_remote).
   *
   * @param write whether the pages are to be writable; a private page is then made the process's
   *     own, and a read pin keeps the page the process's own too
   * @return the frames; EFAULT with those pinned before the failure (perhaps none), also if the
   *     process has ended; ENOMEM
   */
  Result<long[]> pin(ProcessId process, long address, int pages, boolean write);

  /** Pins pages of a file from a page boundary on. EINVAL if it is none of memory or too short. */
  Result<long[]> pinFile(UserFile file, long start, int pages);

  /** Undoes one pin of each frame. */
  void unpin(long[] frames);

  /** How often a frame is pinned now: what the test interface compares. */
  int pinsOf(long frame);

  /** The frame that a process sees at an address now, without a pin. EFAULT if there is none. */
  Result<Long> frameAt(ProcessId process, long address);

  /** Reads a frame that is pinned, whatever became of the process. */
  byte[] readFrame(long frame, int offset, int length);

  /** Writes a frame that is pinned. */
  void writeFrame(long frame, int offset, byte[] bytes);

  /** Whether the address space still exists. */
  boolean isAlive(ProcessId process);

  /** RLIMIT_MEMLOCK of a process now, in bytes; all ones for none. */
  long memlockLimit(ProcessId process);

  /** Gives the caller a new descriptor of a file of the implementation. EMFILE. */
  Result<Integer> install(ProcessId process, FileId file);

  /** Takes back a descriptor that {@link #install} has just given, as if it never was. */
  void withdraw(ProcessId process, int number);

  /** What a descriptor of a process names. */
  Descriptor descriptor(ProcessId process, int number);

  /** What a descriptor names. */
  sealed interface Descriptor {

    /** Nothing: EBADF. */
    record Closed() implements Descriptor {}

    /** A file of the implementation. */
    record Ours(FileId file) implements Descriptor {}

    /** Any other file. */
    record Other(UserFile file) implements Descriptor {}
  }

  /**
   * An ordinary open file; held until {@link #release}.
   *
   * @param key equal for two descriptors of one file
   * @param mappable whether its pages can be pinned (a memfd, any file of tmpfs or hugetlbfs)
   */
  record UserFile(long key, boolean mappable) {}

  /** Takes a reference to a file, which outlives every descriptor. */
  void hold(UserFile file);

  /** Drops a reference to a file. */
  void release(UserFile file);
}
