package org.iommuref.spec.iommufd.program;

import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.call.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What a system call of a program came to.
 *
 * @param errno why it failed, or null
 * @param result what it returned, 0 if it failed
 * @param fields of the structure afterwards, with their numbers; empty for a call without one
 * @param bytes what was read, or what lies in memory
 */
public record Answer(@Nullable Errno errno, long result, List<Argument> fields, Bytes bytes) {

  /** Copies the list. */
  public Answer {
    fields = List.copyOf(fields);
  }

  /** What came of it, in a few words. */
  @Override
  public String toString() {
    StringBuilder words = new StringBuilder();
    if (errno != null) {
      words.append(errno);
    } else {
      words.append(result == 0 ? "success" : "returns " + result);
    }
    fields.stream()
        .filter(field -> !field.value().equals("0x0") && !field.field().equals("size"))
        .forEach(field -> words.append(", ").append(field));
    return bytes.hex().isEmpty() ? words.toString() : words + ", bytes " + bytes.hex();
  }

  /** The number that a field holds afterwards, or null if there is no such field. */
  public @Nullable String field(String name) {
    return fields.stream()
        .filter(field -> field.field().equals(name))
        .map(Argument::value)
        .findFirst()
        .orElse(null);
  }
}
