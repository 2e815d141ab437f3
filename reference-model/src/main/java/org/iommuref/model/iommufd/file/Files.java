package org.iommuref.model.iommufd.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.iommufd.FileId;
import org.jspecify.annotations.Nullable;

/**
 * The open files and their references. Linux: struct file, get_file and fput.
 *
 * <p>The descriptors of all processes together are one reference; calls in flight and objects of
 * the kernel hold others. The file is released with the last.
 */
public final class Files {

  private final Shared shared;
  private final Map<FileId, Entry> files = new HashMap<>();
  private int last;

  private static final class Entry {
    private final OpenFile file;
    private int references = 1;

    private Entry(OpenFile file) {
      this.file = file;
    }
  }

  /** No file is open. */
  public Files(Shared shared) {
    this.shared = shared;
  }

  /** Opens a file with one reference, that of the descriptor it will get. */
  public FileId open(OpenFile file) {
    return shared.take(
        new FileStep.OpenFileStep(),
        step -> {
          FileId id = new FileId(++last);
          files.put(id, new Entry(file));
          return id;
        });
  }

  /** The file, or null if it has been released. */
  public @Nullable OpenFile find(FileId id) {
    boolean found = shared.look(new FileStep.FindFile(id), step -> files.containsKey(step.file()));
    return found ? entry(id).file : null;
  }

  /** The file with one more reference, or null if it has been released. */
  public @Nullable OpenFile hold(FileId id) {
    boolean held = shared.take(new FileStep.HoldFile(id), step -> tryHold(step.file()));
    Entry entry = files.get(id);
    return held && entry != null ? entry.file : null;
  }

  /** Drops the reference that {@link #hold} has taken; the last releases the file. */
  public void letGo(FileId id, OpenFile file) {
    if (shared.take(new FileStep.EndCall(id), step -> drop(step.file()))) {
      file.release();
    }
  }

  private boolean tryHold(FileId id) {
    Entry entry = files.get(id);
    if (entry != null) {
      entry.references++;
    }
    return entry != null;
  }

  /** Takes one more reference. */
  public void get(FileId id) {
    shared.change(new FileStep.GetFile(id), step -> entry(step.file()).references++);
  }

  /** Drops one reference; the last releases the file. */
  public void put(FileId id) {
    OpenFile file = entry(id).file;
    if (shared.take(new FileStep.PutFile(id), step -> drop(step.file()))) {
      file.release();
    }
  }

  private boolean drop(FileId id) {
    Entry entry = entry(id);
    entry.references--;
    if (entry.references == 0) {
      files.remove(id);
    }
    return entry.references == 0;
  }

  /** The files that are open, as whoever looks on sees them. */
  public List<OpenFile> all() {
    List<OpenFile> all = new ArrayList<>(files.size());
    files.values().forEach(entry -> all.add(entry.file));
    return all;
  }

  /** How many files are open, as whoever looks on sees it. */
  public int count() {
    return files.size();
  }

  private Entry entry(FileId id) {
    Entry entry = files.get(id);
    if (entry == null) {
      throw new IllegalStateException("OBJ-046: " + id + " has been released");
    }
    return entry;
  }
}
