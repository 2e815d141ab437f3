package org.iommuref.conformance.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.iommufd.uapi.Command;
import org.iommuref.spec.iommufd.uapi.Structure;
import org.iommuref.spec.iommufd.uapi.Uapi;
import org.jspecify.annotations.Nullable;

/** Reads calls of seam 3, and holds each name to being kept by a call before it in the file. */
final class IommufdCallReader {

  private static final String CONTEXT = "iommu";

  private final Uapi uapi = Uapi.linux();
  private final Set<String> kept = new HashSet<>(Set.of(CONTEXT));

  /** Reads one call; its first field says of which kind it is. */
  IommufdCall read(YamlEntry entry, @Nullable String as) {
    for (String kind : List.of("ioctl", "read", "write", "poll", "close", "mmap", "munmap")) {
      if (entry.has(kind)) {
        return onFile(kind, entry, as);
      }
    }
    if (entry.has("get")) {
      entry.allowOnly(Set.of("get", "as"));
      return new IommufdCall.Get(number(entry, "get", entry.text("get")), as);
    }
    if (as != null) {
      throw entry.wrong("as", "what a process writes has no result");
    }
    if (entry.has("put")) {
      entry.allowOnly(Set.of("put", "longs"));
      List<Long> longs = new ArrayList<>();
      entry.texts("longs").forEach(text -> longs.add(number(entry, "longs", text)));
      return new IommufdCall.Put(number(entry, "put", entry.text("put")), longs);
    }
    if (entry.has("absent")) {
      entry.allowOnly(Set.of("absent"));
      return new IommufdCall.TakeAway(number(entry, "absent", entry.text("absent")));
    }
    if (entry.has("memfd")) {
      entry.allowOnly(Set.of("memfd", "length"));
      kept.add(entry.text("memfd"));
      return new IommufdCall.MakeFile(
          entry.text("memfd"), number(entry, "length", entry.text("length")));
    }
    throw entry.wrong(
        "ioctl",
        "a call is one of ioctl, read, write, poll, close, mmap, munmap, get, put, absent, memfd");
  }

  private IommufdCall onFile(String kind, YamlEntry entry, @Nullable String as) {
    return switch (kind) {
      case "ioctl" -> ioctl(entry, as);
      case "read" -> read(entry.text("read"), entry, as);
      case "write" -> write(entry, as);
      case "mmap" -> {
        entry.allowOnly(Set.of("mmap", "offset", "length", "as"));
        yield new IommufdCall.MapRegion(
            file(entry, "mmap"),
            known(entry, "offset", entry.text("offset")),
            number(entry, "length", entry.text("length")),
            as);
      }
      case "munmap" -> {
        entry.allowOnly(Set.of("munmap", "offset", "as"));
        yield new IommufdCall.UnmapRegion(
            file(entry, "munmap"), known(entry, "offset", entry.text("offset")), as);
      }
      case "poll" -> {
        entry.allowOnly(Set.of("poll", "as"));
        yield new IommufdCall.Poll(file(entry, "poll"), as);
      }
      default -> {
        entry.allowOnly(Set.of("close", "as"));
        yield new IommufdCall.Close(file(entry, "close"), as);
      }
    };
  }

  private IommufdCall ioctl(YamlEntry entry, @Nullable String as) {
    entry.allowOnly(Set.of("ioctl", "on", "set", "keep", "show", "as"));
    Command command;
    try {
      command = uapi.command(entry.text("ioctl"));
    } catch (IllegalArgumentException e) {
      throw entry.wrong("ioctl", String.valueOf(e.getMessage()));
    }
    Structure structure = command.structure();
    Map<String, String> set = fields(entry, "set", structure);
    set.forEach((field, value) -> known(entry.entry("set"), field, value));
    return new IommufdCall.Ioctl(
        entry.has("on") ? file(entry, "on") : CONTEXT,
        command,
        set,
        keep(entry, structure),
        show(entry, structure),
        as);
  }

  private IommufdCall read(String file, YamlEntry entry, @Nullable String as) {
    entry.allowOnly(Set.of("read", "length", "to", "structure", "keep", "show", "as"));
    known(entry, "read", file);
    Structure structure = entry.has("structure") ? structure(entry) : null;
    if (structure == null && (entry.has("keep") || entry.has("show"))) {
      throw entry.wrong("read", "field 'structure' says what the fields are of");
    }
    return new IommufdCall.Read(
        file,
        entry.number("length"),
        entry.has("to") ? number(entry, "to", entry.text("to")) : null,
        structure,
        structure == null ? Map.of() : keep(entry, structure),
        structure == null ? null : show(entry, structure),
        as);
  }

  private IommufdCall write(YamlEntry entry, @Nullable String as) {
    entry.allowOnly(Set.of("write", "structure", "set", "as"));
    Structure structure = structure(entry);
    Map<String, String> set = fields(entry, "set", structure);
    set.forEach((field, value) -> known(entry.entry("set"), field, value));
    return new IommufdCall.Write(file(entry, "write"), structure, set, as);
  }

  private Structure structure(YamlEntry entry) {
    try {
      return uapi.structure(entry.text("structure"));
    } catch (IllegalArgumentException e) {
      throw entry.wrong("structure", String.valueOf(e.getMessage()));
    }
  }

  private Map<String, String> keep(YamlEntry entry, Structure structure) {
    Map<String, String> keep = fields(entry, "keep", structure);
    kept.addAll(keep.values());
    return keep;
  }

  private static @Nullable String show(YamlEntry entry, Structure structure) {
    if (!entry.has("show")) {
      return null;
    }
    requireField(entry, "show", structure, entry.text("show"));
    return entry.text("show");
  }

  private static Map<String, String> fields(YamlEntry entry, String field, Structure structure) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (entry.has(field)) {
      YamlEntry named = entry.entry(field);
      for (String name : named.names()) {
        if (!field.equals("keep") || !name.equals(IommufdCall.RESULT)) {
          requireField(named, name, structure, name);
        }
        fields.put(name, named.text(name));
      }
    }
    return fields;
  }

  private static void requireField(YamlEntry entry, String at, Structure structure, String field) {
    if (!structure.fields().containsKey(field)) {
      throw entry.wrong(at, structure.name() + " has no field '" + field + "'");
    }
  }

  private String file(YamlEntry entry, String field) {
    return known(entry, field, entry.text(field));
  }

  /** A number, or a name that a call has kept. */
  private String known(YamlEntry entry, String field, String text) {
    if (Character.isDigit(text.charAt(0))) {
      number(entry, field, text);
    } else if (!kept.contains(text)) {
      throw entry.wrong(field, "no call before this one keeps '" + text + "'");
    }
    return text;
  }

  private static long number(YamlEntry entry, String field, String text) {
    try {
      return text.startsWith("0x")
          ? Long.parseUnsignedLong(text.substring(2), 16)
          : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw entry.wrong(field, "field '" + field + "' wants a number, not '" + text + "'");
    }
  }
}
