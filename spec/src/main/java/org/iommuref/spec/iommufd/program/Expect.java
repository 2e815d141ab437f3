package org.iommuref.spec.iommufd.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.call.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What must come of a call.
 *
 * @param errnos the errnos of which one must be the answer; empty if the call must succeed
 * @param result what a call that succeeds must return, a number or a name; null for anything
 * @param fields what fields must hold afterwards
 * @param bytes what must have been read, or lie in memory; null for anything
 */
public record Expect(
    Set<Errno> errnos, @Nullable String result, List<Argument> fields, @Nullable Bytes bytes) {

  /** The call succeeds, whatever it returns. */
  public static final Expect SUCCESS = new Expect(Set.of(), null, List.of(), null);

  /** Copies the collections. */
  public Expect {
    errnos = errnos.isEmpty() ? Set.of() : new TreeSet<>(errnos);
    fields = List.copyOf(fields);
  }

  /** The call fails with one of these. */
  public static Expect failure(Errno... errnos) {
    return new Expect(Set.of(errnos), null, List.of(), null);
  }

  /** The same, with one more field. */
  public Expect with(String field, long number) {
    List<Argument> all = new ArrayList<>(fields);
    all.add(Argument.of(field, number));
    return new Expect(errnos, result, all, bytes);
  }

  /** What is wrong with an answer in a few words, or null if it is what must come. */
  public @Nullable String refusal(Answer answer, Names names) {
    Errno errno = answer.errno();
    boolean asExpected = errno == null ? errnos.isEmpty() : errnos.contains(errno);
    if (!asExpected) {
      return inWords();
    }
    if (result != null && answer.errno() == null && answer.result() != names.of(result)) {
      return "returns " + result;
    }
    for (Argument field : fields) {
      String seen = answer.field(field.field());
      if (seen == null || Names.number(seen) != names.of(field.value())) {
        return field.toString();
      }
    }
    return bytes == null || bytes.equals(answer.bytes()) ? null : "bytes " + bytes.hex();
  }

  /** What must come, in a few words. */
  public String inWords() {
    if (!errnos.isEmpty()) {
      return errnos.stream().map(Errno::name).collect(Collectors.joining(" or "));
    }
    StringBuilder words = new StringBuilder(result == null ? "success" : "returns " + result);
    fields.forEach(field -> words.append(", ").append(field));
    if (bytes != null) {
      words.append(", bytes ").append(bytes.hex());
    }
    return words.toString();
  }

  @Override
  public String toString() {
    return inWords();
  }
}
