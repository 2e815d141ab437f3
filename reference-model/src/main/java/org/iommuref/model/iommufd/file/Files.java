package org.iommuref.model.iommufd.file;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.spec.iommufd.FileId;
import org.jspecify.annotations.Nullable;

/**
 * The open files and their references. Linux: struct file, get_file and fput.
 *
 * <p>The descriptors of all processes together are one reference; objects of the kernel hold
 * others. The file is released with the last.
 */
public final class Files {

  private final Map<FileId, Entry> files = new HashMap<>();
  private int last;

  private static final class Entry {
    private final OpenFile file;
    private int references = 1;

    private Entry(OpenFile file) {
      this.file = file;
    }
  }

  /** Opens a file with one reference, that of the descriptor it will get. */
  public FileId open(OpenFile file) {
    FileId id = new FileId(++last);
    files.put(id, new Entry(file));
    return id;
  }

  /** The file, or null if it has been released. */
  public @Nullable OpenFile find(FileId id) {
    Entry entry = files.get(id);
    return entry == null ? null : entry.file;
  }

  /** Takes one more reference. */
  public void get(FileId id) {
    entry(id).references++;
  }

  /** Drops one reference; the last releases the file. */
  public void put(FileId id) {
    Entry entry = entry(id);
    entry.references--;
    if (entry.references == 0) {
      files.remove(id);
      entry.file.release();
    }
  }

  /** How many files are open. */
  public int count() {
    return files.size();
  }

  private Entry entry(FileId id) {
    Entry entry = files.get(id);
    if (entry == null) {
      throw new IllegalStateException(id + " has been released");
    }
    return entry;
  }
}
