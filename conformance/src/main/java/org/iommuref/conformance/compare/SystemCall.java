package org.iommuref.conformance.compare;

import java.util.HexFormat;

/**
 * One thing that a program does. Both sides answer it with one line: what the call returned, or the
 * negative errno, or the bytes that were asked for.
 */
sealed interface SystemCall {

  /** The call as a line for the agent in the small kernel. */
  String line();

  /** Maps anonymous memory. */
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
    byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  /** What memory holds. */
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
}
