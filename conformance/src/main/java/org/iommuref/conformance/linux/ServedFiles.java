package org.iommuref.conformance.linux;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a file of the implementation open: connections that stand for descriptors, mappings,
 * and, from its opening until the first connection, the process that opened it.
 */
final class ServedFiles {

  private final Iommufd iommufd;
  private final Predicate<FileId> withdrawn;
  private final Map<Integer, File> files = new TreeMap<>();

  /**
   * Nothing is open.
   *
   * @param withdrawn whether the only descriptor of a file was taken back before a program saw it
   */
  ServedFiles(Iommufd iommufd, Predicate<FileId> withdrawn) {
    this.iommufd = iommufd;
    this.withdrawn = withdrawn;
  }

  private static final class File {
    private @Nullable ProcessId opener;
    private @Nullable Line holder;
    private boolean marked;
    private final Map<ProcessId, List<Long>> mappings = new HashMap<>();

    private boolean isOver() {
      return opener == null && holder == null && mappings.isEmpty();
    }
  }

  /** A process has opened a file. */
  void opened(FileId id, ProcessId opener) {
    files.computeIfAbsent(id.number(), number -> new File()).opener = opener;
  }

  /** A connection stands for the descriptors of a file from now on. */
  void held(FileId id, Line holder) {
    if (!withdrawn.test(id)) {
      File file = files.computeIfAbsent(id.number(), number -> new File());
      file.opener = null;
      file.holder = holder;
    }
  }

  /** The last descriptor of a file is gone. */
  void released(FileId id) {
    File file = files.get(id.number());
    if (file != null && file.holder != null) {
      file.holder = null;
      closeIfOver(id);
    }
  }

  /** A process has mapped a file. */
  void mapped(FileId id, ProcessId process, long offset) {
    File file = files.get(id.number());
    if (file != null) {
      file.mappings.computeIfAbsent(process, p -> new ArrayList<>()).add(offset);
    }
  }

  /** A process has unmapped a file. */
  void unmapped(FileId id, ProcessId process, long offset) {
    File file = files.get(id.number());
    List<Long> offsets = file == null ? null : file.mappings.get(process);
    if (file == null || offsets == null || !offsets.remove(offset)) {
      return;
    }
    if (offsets.isEmpty()) {
      file.mappings.remove(process);
    }
    iommufd.munmap(id, offset);
    closeIfOver(id);
  }

  /** A process has ended: its mappings go, and what it opened without a descriptor yet. */
  void ended(ProcessId process) {
    for (int number : List.copyOf(files.keySet())) {
      FileId id = new FileId(number);
      File file = files.get(number);
      if (file != null) {
        List.copyOf(file.mappings.getOrDefault(process, List.of()))
            .forEach(offset -> unmapped(id, process, offset));
        if (process.equals(file.opener)) {
          file.opener = null;
        }
        closeIfOver(id);
      }
    }
  }

  /** The marks of a file have been taken, so that one may be sent again. */
  void unmark(FileId id) {
    File file = files.get(id.number());
    if (file != null) {
      file.marked = false;
    }
  }

  /** Sends a mark for each file that has become readable. */
  void mark() {
    files.forEach(
        (number, file) -> {
          Line holder = file.holder;
          if (holder != null && !file.marked) {
            Set<Readiness> ready = iommufd.poll(new FileId(number));
            if (ready.contains(Readiness.READABLE)) {
              file.marked = true;
              holder.mark();
            }
          }
        });
  }

  private void closeIfOver(FileId id) {
    File file = files.get(id.number());
    if (file != null && file.isOver()) {
      files.remove(id.number());
      iommufd.close(id);
    }
  }
}
