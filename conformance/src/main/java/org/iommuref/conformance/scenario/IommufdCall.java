package org.iommuref.conformance.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.iommuref.spec.iommufd.uapi.Command;
import org.iommuref.spec.iommufd.uapi.Structure;
import org.jspecify.annotations.Nullable;

/**
 * A system call of seam 3, or what a process does with its memory.
 *
 * <p>Values are numbers, or names by which earlier calls have kept a field; a name that nobody has
 * kept yet stands for 0.
 */
public sealed interface IommufdCall extends Call {

  /** Among the fields that are kept: what an ioctl(2) returns. */
  String RESULT = "result";

  /** The fields whose values are kept, each with the name that it gets. */
  default Map<String, String> keep() {
    return Map.of();
  }

  /**
   * ioctl(2).
   *
   * @param file the name of a descriptor
   * @param command by the name of its header
   * @param set fields that are not zero
   * @param show the field whose value is the result, or null
   */
  record Ioctl(
      String file,
      Command command,
      Map<String, String> set,
      Map<String, String> keep,
      @Nullable String show,
      @Nullable String as)
      implements IommufdCall {

    /** Copies the maps. */
    public Ioctl {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
      keep = Collections.unmodifiableMap(new LinkedHashMap<>(keep));
    }

    @Override
    public String words() {
      return command.name() + inWords(set);
    }
  }

  /**
   * read(2) of events.
   *
   * @param length in bytes
   * @param buffer where it is read to, or null for memory of the thread's own
   * @param structure of what is read, or null where no field of it is kept or shown
   */
  record Read(
      String file,
      int length,
      @Nullable Long buffer,
      @Nullable Structure structure,
      Map<String, String> keep,
      @Nullable String show,
      @Nullable String as)
      implements IommufdCall {

    /** Copies the map. */
    public Read {
      keep = Collections.unmodifiableMap(new LinkedHashMap<>(keep));
    }

    @Override
    public String words() {
      String where = buffer == null ? "" : " to 0x" + Long.toHexString(buffer);
      return "read " + file + " " + length + where;
    }
  }

  /** write(2) of one structure. */
  record Write(String file, Structure structure, Map<String, String> set, @Nullable String as)
      implements IommufdCall {

    /** Copies the map. */
    public Write {
      set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }

    @Override
    public String words() {
      return "write " + file + inWords(set);
    }
  }

  /** poll(2). */
  record Poll(String file, @Nullable String as) implements IommufdCall {
    @Override
    public String words() {
      return "poll " + file;
    }
  }

  /** close(2). */
  record Close(String file, @Nullable String as) implements IommufdCall {
    @Override
    public String words() {
      return "close " + file;
    }
  }

  /** mmap(2) of a region of a context, shared and for reading. */
  record MapRegion(String file, String offset, long length, @Nullable String as)
      implements IommufdCall {
    @Override
    public String words() {
      return "mmap " + file + " " + offset;
    }
  }

  /** munmap(2) of such a region. */
  record UnmapRegion(String file, String offset, @Nullable String as) implements IommufdCall {
    @Override
    public String words() {
      return "munmap " + file + " " + offset;
    }
  }

  /**
   * A process writes to its own memory.
   *
   * @param address in bytes
   * @param longs what lies there afterwards, 8 bytes each
   */
  record Put(long address, List<Long> longs) implements IommufdCall {

    /** Copies the list. */
    public Put {
      longs = List.copyOf(longs);
    }

    @Override
    public @Nullable String as() {
      return null;
    }

    @Override
    public String words() {
      return "put " + longs.size() + " numbers at 0x" + Long.toHexString(address);
    }
  }

  /**
   * A process reads 8 bytes of its own memory.
   *
   * @param address in bytes
   */
  record Get(long address, @Nullable String as) implements IommufdCall {
    @Override
    public String words() {
      return "get 0x" + Long.toHexString(address);
    }
  }

  /**
   * A page of the process is not there until it is put something: who copies from or to it waits.
   *
   * @param page its address, in bytes
   */
  record TakeAway(long page) implements IommufdCall {
    @Override
    public @Nullable String as() {
      return null;
    }

    @Override
    public String words() {
      return "absent 0x" + Long.toHexString(page);
    }
  }

  /**
   * memfd_create(2) and ftruncate(2).
   *
   * @param name by which the descriptor is kept
   * @param length in bytes
   */
  record MakeFile(String name, long length) implements IommufdCall {
    @Override
    public @Nullable String as() {
      return null;
    }

    @Override
    public String words() {
      return "memfd " + name + " " + length;
    }
  }

  private static String inWords(Map<String, String> set) {
    return set.entrySet().stream()
        .map(field -> " " + field.getKey() + " " + field.getValue())
        .collect(Collectors.joining());
  }
}
