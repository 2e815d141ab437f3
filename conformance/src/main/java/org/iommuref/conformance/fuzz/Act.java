package org.iommuref.conformance.fuzz;

import org.iommuref.conformance.program.StructureBytes;
import org.jspecify.annotations.Nullable;

/** One thing that a fuzzed program does; concrete, so that it can be done again. */
sealed interface Act {

  /**
   * ioctl(2).
   *
   * @param name of the command, or of what is arbitrary about it
   * @param structure what the memory at {@code argument} holds before, as far as it is mapped
   * @param data what the memory at {@link Layout#DATA} holds before, or null for what is there
   * @param failNth which allocation fails, from 1; 0 for none
   */
  record Ioctl(
      String name,
      int fd,
      int command,
      long argument,
      StructureBytes structure,
      @Nullable StructureBytes data,
      int failNth)
      implements Act {

    /** The same with an allocation that fails. */
    Ioctl failing(int nth) {
      return new Ioctl(name, fd, command, argument, structure, data, nth);
    }

    @Override
    public String toString() {
      return "ioctl fd %d 0x%x (%s) at 0x%x: %s%s%s"
          .formatted(
              fd,
              command,
              name,
              argument,
              structure.hex(),
              data == null ? "" : ", data " + data.hex(),
              failNth == 0 ? "" : ", allocation " + failNth + " fails");
    }
  }

  /** read(2). */
  record Read(int fd, long buffer, long count) implements Act {}

  /** write(2) of bytes that are put at {@link Layout#STRUCTURE} before. */
  record Write(int fd, StructureBytes bytes, long count) implements Act {
    @Override
    public String toString() {
      return "write fd " + fd + " count " + count + ": " + bytes.hex();
    }
  }

  /** poll(2). */
  record Poll(int fd) implements Act {}

  /** mmap(2), and if it succeeds munmap(2). */
  record Mmap(int fd, long offset, long length) implements Act {}

  /** close(2). */
  record Close(int fd) implements Act {}

  /** Gives up pages of {@link Layout#MEMORY}, and touches others in their place if asked. */
  record Remap(int page, int pages, boolean again) implements Act {}
}
