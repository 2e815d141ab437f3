package org.iommuref.conformance.program;

import java.util.HexFormat;
import java.util.Set;
import org.iommuref.spec.iommufd.Caller.Right;

/**
 * One thing that a program does, in its first process unless {@link By} says otherwise.
 *
 * <p>The answers are those of {@link Program}. Addresses and lengths in bytes, unsigned.
 */
public sealed interface SystemCall {

  /** The call as a line for the first process of the small kernel (conformance/linux/agent.c). */
  String line();

  /** Whether it is an ioctl, whoever makes it. */
  default boolean isIoctl() {
    SystemCall call = this instanceof By by ? by.call() : this;
    return call instanceof Ioctl
        || call instanceof FailingIoctl
        || call instanceof IoctlFailingEverywhere;
  }

  /**
   * A call of another process.
   *
   * @param process as {@link Fork} has answered
   */
  record By(int process, SystemCall call) implements SystemCall {
    @Override
    public String line() {
      return "@%x %s".formatted(process, call.line());
    }
  }

  /** Maps anonymous memory, where nothing is mapped yet. */
  record MapMemory(long address, long length, boolean writable) implements SystemCall {
    @Override
    public String line() {
      return "m %x %x %s".formatted(address, length, writable ? "w" : "r");
    }
  }

  /**
   * mmap(2) of a descriptor, where nothing is mapped yet: a file of memory, or what a driver
   * offers.
   */
  record MapFile(
      long address, long length, int fd, long offset, Protection protection, boolean shared)
      implements SystemCall {

    /** To write or not. */
    public MapFile(
        long address, long length, int fd, long offset, boolean writable, boolean shared) {
      this(address, length, fd, offset, Protection.of(writable), shared);
    }

    @Override
    public String line() {
      return "M %x %x %x %x %s %s"
          .formatted(address, length, fd, offset, protection.letter(), shared ? "s" : "p");
    }

    /** Whether it can be written to. */
    boolean writable() {
      return protection == Protection.WRITE;
    }
  }

  /** mprotect(2). */
  record Protect(long address, long length, boolean writable) implements SystemCall {
    @Override
    public String line() {
      return "P %x %x %s".formatted(address, length, writable ? "w" : "r");
    }
  }

  /** munmap(2). */
  record Unmap(long address, long length) implements SystemCall {
    @Override
    public String line() {
      return "u %x %x".formatted(address, length);
    }
  }

  /** memfd_create(2) and ftruncate(2); sealed against writing and open for reading alone or not. */
  record MemoryFile(long length, boolean sealed) implements SystemCall {
    @Override
    public String line() {
      return "f %x %s".formatted(length, sealed ? "r" : "w");
    }
  }

  /** ftruncate(2) of a file of memory. */
  record Truncate(int fd, long length) implements SystemCall {
    @Override
    public String line() {
      return "t %x %x".formatted(fd, length);
    }
  }

  /** Puts bytes into memory. */
  record Put(long address, String hex) implements SystemCall {
    @Override
    public String line() {
      return "w %x %s".formatted(address, hex);
    }

    /** The bytes. */
    public byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  /** What memory holds, in hex digits; {@code -} if it cannot all be read. */
  record Get(long address, int length) implements SystemCall {
    @Override
    public String line() {
      return "d %x %x".formatted(address, length);
    }
  }

  /** open(2). */
  record Open(OpenedNode node) implements SystemCall {

    /** Of {@code /dev/iommu}. */
    public Open() {
      this(OpenedNode.IOMMU);
    }

    @Override
    public String line() {
      return "o " + node.letter();
    }
  }

  /** ioctl(2). */
  record Ioctl(int fd, int command, long argument) implements SystemCall {
    @Override
    public String line() {
      return "i %x %x %x".formatted(fd, command, argument);
    }
  }

  /**
   * ioctl(2) in which one allocation fails.
   *
   * <p>Answers what it returned, and how many allocations were still to come: 0 if one failed.
   * Which allocations there are may differ from machine to machine.
   *
   * @param nth which, from 1 on
   */
  record FailingIoctl(int fd, int command, long argument, int nth) implements SystemCall {
    @Override
    public String line() {
      return "I %x %x %x %x".formatted(fd, command, argument, nth);
    }
  }

  /**
   * ioctl(2) again and again: the first allocation in it fails, then the second, and so on, until
   * it succeeds or none is left to fail. Answers what it returned in the end.
   */
  record IoctlFailingEverywhere(int fd, int command, long argument) implements SystemCall {
    @Override
    public String line() {
      return "I %x %x %x 0".formatted(fd, command, argument);
    }
  }

  /** read(2). */
  record Read(int fd, long buffer, long count) implements SystemCall {
    @Override
    public String line() {
      return "r %x %x %x".formatted(fd, buffer, count);
    }
  }

  /** write(2). */
  record Write(int fd, long buffer, long count) implements SystemCall {
    @Override
    public String line() {
      return "p %x %x %x".formatted(fd, buffer, count);
    }
  }

  /** poll(2) for reading and writing, without waiting. */
  record Poll(int fd) implements SystemCall {
    @Override
    public String line() {
      return "q %x".formatted(fd);
    }
  }

  /** close(2). */
  record Close(int fd) implements SystemCall {
    @Override
    public String line() {
      return "c %x".formatted(fd);
    }
  }

  /** dup(2). */
  record Dup(int fd) implements SystemCall {
    @Override
    public String line() {
      return "y %x".formatted(fd);
    }
  }

  /**
   * Becomes a user who has some rights of those that iommufd asks for, and all others.
   *
   * <p>Answers -EPERM if the process cannot have them any more, after {@link Exec} as another user
   * than root.
   */
  record Become(int user, Set<Right> rights) implements SystemCall {

    /** Copies the set. */
    public Become {
      rights = Set.copyOf(rights);
    }

    @Override
    public String line() {
      long mask = rights.stream().mapToLong(Become::capability).sum();
      return "b %x %x".formatted(user, mask);
    }

    private static long capability(Right right) {
      return 1L
          << switch (right) {
            case IPC_LOCK -> 14;
            case SYS_RAWIO -> 17;
            case SYS_RESOURCE -> 24;
          };
    }
  }

  /** Sets RLIMIT_MEMLOCK; all ones for none. */
  record LimitMemlock(long bytes) implements SystemCall {
    @Override
    public String line() {
      return "l %x".formatted(bytes);
    }
  }

  /** Sets RLIMIT_NOFILE, to 1024 at most. */
  record LimitDescriptors(int count) implements SystemCall {
    @Override
    public String line() {
      return "n %x".formatted(count);
    }
  }

  /** Answers VmPin and VmLck of {@code /proc/self/status}: two numbers, in KiB. */
  record Account() implements SystemCall {
    @Override
    public String line() {
      return "s";
    }
  }

  /** fork(2); answers the number of the child among the processes of the program, from 1 on. */
  record Fork() implements SystemCall {
    @Override
    public String line() {
      return "k";
    }
  }

  /**
   * execve(2): the memory is gone, and so are the descriptors that iommufd has made; those that
   * were opened or duplicated stay.
   */
  record Exec() implements SystemCall {
    @Override
    public String line() {
      return "x";
    }
  }

  /** The process ends. */
  record Exit() implements SystemCall {
    @Override
    public String line() {
      return "e";
    }
  }
}
