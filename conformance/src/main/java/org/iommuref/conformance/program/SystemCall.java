package org.iommuref.conformance.program;

import java.util.HexFormat;

/**
 * One thing that a program does, in its first process unless {@link By} says otherwise.
 *
 * <p>The answers are those of {@link Program}. Addresses and lengths in bytes, unsigned.
 */
public sealed interface SystemCall {

  /** The call as a line for the first process of the small kernel (conformance/linux/agent.c). */
  String line();

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

  /** munmap(2). */
  record Unmap(long address, long length) implements SystemCall {
    @Override
    public String line() {
      return "u %x %x".formatted(address, length);
    }
  }

  /** memfd_create(2) and ftruncate(2). */
  record MemoryFile(long length) implements SystemCall {
    @Override
    public String line() {
      return "f %x".formatted(length);
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

  /** open(2) of {@code /dev/iommu}. */
  record Open() implements SystemCall {
    @Override
    public String line() {
      return "o";
    }
  }

  /** ioctl(2). */
  record Ioctl(int fd, int command, long argument) implements SystemCall {
    @Override
    public String line() {
      return "i %x %x %x".formatted(fd, command, argument);
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

  /** fork(2); answers the number of the child among the processes of the program, from 1 on. */
  record Fork() implements SystemCall {
    @Override
    public String line() {
      return "k";
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
