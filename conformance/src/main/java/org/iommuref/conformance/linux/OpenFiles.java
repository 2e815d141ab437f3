package org.iommuref.conformance.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.iommuref.conformance.linux.FrameTable.Owner;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes.UserFile;
import org.iommuref.spec.iommufd.call.UserCall.Description;
import org.jspecify.annotations.Nullable;

/**
 * Files of memory that an implementation holds beyond the descriptors of the program: each is
 * opened a second time, through {@code /proc/PID/fd}.
 */
final class OpenFiles {

  private final Map<Owner.OfFile, Long> keys = new HashMap<>();
  private final Map<Long, OpenFile> open = new HashMap<>();

  /** The file that a descriptor names. */
  UserFile describe(ProcessId process, int number, Description description) {
    Owner.OfFile owner = new Owner.OfFile(description.device(), description.inode());
    long key = Objects.requireNonNull(keys.computeIfAbsent(owner, o -> (long) keys.size() + 1));
    if (description.mappable() && !open.containsKey(key)) {
      Path path = Path.of("/proc/" + process.number() + "/fd/" + number);
      try {
        open.put(key, new OpenFile(owner, channel(path)));
      } catch (IOException e) {
        return new UserFile(key, false);
      }
    }
    return new UserFile(key, description.mappable());
  }

  /** A file that is open, or null. */
  @Nullable OpenFile of(UserFile file) {
    return open.get(file.key());
  }

  /** Counts a reference. */
  void hold(UserFile file) {
    OpenFile held = open.get(file.key());
    if (held != null) {
      held.references++;
    }
  }

  /** Drops a reference. */
  void release(UserFile file) {
    OpenFile held = open.get(file.key());
    if (held != null) {
      held.references--;
    }
  }

  /** Closes what nobody refers to. */
  void closeUnheld() {
    open.values().removeIf(file -> file.references == 0 && file.close());
  }

  private static FileChannel channel(Path path) throws IOException {
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException readOnly) {
      return FileChannel.open(path, StandardOpenOption.READ);
    }
  }

  /** A file of memory. */
  static final class OpenFile {
    private final Owner.OfFile owner;
    private final FileChannel channel;
    private int references;

    OpenFile(Owner.OfFile owner, FileChannel channel) {
      this.owner = owner;
      this.channel = channel;
    }

    /** The file, as the owner of pages. */
    Owner.OfFile owner() {
      return owner;
    }

    /** Whether the file is long enough. */
    boolean reaches(long start, long length) {
      try {
        return start >= 0 && length >= 0 && start <= channel.size() - length;
      } catch (IOException e) {
        return false;
      }
    }

    /** Where a page of the file can be read and written. */
    Frame.Place place(long offset) {
      return new FilePlace(channel, offset);
    }

    private boolean close() {
      try {
        channel.close();
      } catch (IOException e) {
        return true; // nothing was written that could be lost
      }
      return true;
    }
  }

  private record FilePlace(FileChannel channel, long start) implements Frame.Place {

    @Override
    public byte @Nullable [] read(int offset, int length) {
      ByteBuffer bytes = ByteBuffer.allocate(length);
      try {
        int count = 1;
        while (bytes.hasRemaining() && count > 0) {
          count = channel.read(bytes, start + offset + bytes.position());
        }
        return bytes.hasRemaining() ? null : bytes.array();
      } catch (IOException e) {
        return null;
      }
    }

    @Override
    public boolean write(int offset, byte[] bytes) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      try {
        while (rest.hasRemaining()) {
          channel.write(rest, start + offset + rest.position());
        }
        return true;
      } catch (IOException | java.nio.channels.NonWritableChannelException e) {
        return false;
      }
    }
  }
}
