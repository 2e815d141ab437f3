package org.iommuref.model.process;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.iommuref.spec.iommufd.Processes.UserFile;
import org.jspecify.annotations.Nullable;

/** Open files that are not the implementation's, each until its last reference is dropped. */
final class UserFiles {

  private final Frames frames;
  private final Map<Long, MemoryFile> memory = new HashMap<>();
  private final Map<Long, Integer> references = new HashMap<>();
  private long last;

  UserFiles(Frames frames) {
    this.frames = frames;
  }

  /** A file of memory, of a size in bytes, without a reference; sealed against writing or not. */
  UserFile ofMemory(long size, boolean sealed) {
    memory.put(++last, new MemoryFile(frames, size, sealed));
    return new UserFile(last, true);
  }

  /** A file that is not of memory, without a reference. */
  UserFile other() {
    return new UserFile(++last, false);
  }

  void hold(UserFile file) {
    references.merge(file.key(), 1, Integer::sum);
  }

  void release(UserFile file) {
    int left = references.merge(file.key(), -1, Integer::sum);
    if (left == 0) {
      references.remove(file.key());
      memory.remove(file.key()); // whoever has it mapped still has its pages
    }
  }

  /** The memory of a file; null if it has none. */
  @Nullable MemoryFile memoryOf(UserFile file) {
    return memory.get(file.key());
  }

  /** The memory of the file that a descriptor names. */
  MemoryFile memoryOf(Descriptor descriptor) {
    MemoryFile found = descriptor instanceof Descriptor.Other other ? memoryOf(other.file()) : null;
    if (found == null) {
      throw new IllegalArgumentException(descriptor + " is no file of memory");
    }
    return found;
  }
}
