package org.iommuref.spec.unit.call;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must come of a call.
 *
 * @param fields what fields of the answer must hold; empty for any answer
 * @param stale of an access that may still use what was removed: what it then reads; null where it
 *     must not
 */
public record Expect(List<FieldBits> fields, @Nullable Long stale) {

  /** Any answer. */
  public static final Expect ANY = new Expect(List.of(), null);

  /** The access is refused. */
  public static final Expect REFUSED = new Expect(List.of(FieldBits.of(Fields.COMPLETED, 0)), null);

  /** The access is admitted. */
  public static final Expect ADMITTED =
      new Expect(List.of(FieldBits.of(Fields.COMPLETED, 1)), null);

  /** Copies the list. */
  public Expect {
    fields = List.copyOf(fields);
  }

  /** These bits of a number hold this. */
  public static Expect bits(long mask, long value) {
    return new Expect(List.of(new FieldBits(Fields.VALUE, mask, List.of(value))), null);
  }

  /** These bits of a number hold one of these. */
  public static Expect oneOf(long mask, List<Long> values) {
    return new Expect(List.of(new FieldBits(Fields.VALUE, mask, values)), null);
  }

  /** A read is admitted and gives this. */
  public static Expect reads(long data) {
    return new Expect(
        List.of(FieldBits.of(Fields.COMPLETED, 1), FieldBits.of(Fields.DATA, data)), null);
  }

  /** The same, or what a removed translation would still give. */
  public Expect orStill(long data) {
    return new Expect(fields, data);
  }

  /** The same, and a field of the answer holds this. */
  public Expect and(String field, long value) {
    return new Expect(
        Stream.concat(fields.stream(), Stream.of(FieldBits.of(field, value))).toList(), stale);
  }

  /** Whether an answer is as it must be. */
  public boolean admits(Object answer) {
    Map<String, Long> given = Fields.of(answer);
    return isStale(answer)
        || fields.stream()
            .allMatch(
                bits -> {
                  Long number = given.get(bits.field());
                  return number != null && bits.admits(number);
                });
  }

  /** Whether an answer is one that only a removed translation gives. */
  public boolean isStale(Object answer) {
    return stale != null && stale.equals(Fields.of(answer).get(Fields.DATA));
  }

  /** Whether it is an access that must be refused. */
  public boolean isRefusal() {
    return equals(REFUSED);
  }

  /** In a few words. */
  @Override
  public String toString() {
    String all =
        fields.isEmpty()
            ? "any answer"
            : fields.stream().map(FieldBits::toString).collect(Collectors.joining(", "));
    return stale == null ? all : all + ", or still data 0x" + Long.toHexString(stale);
  }
}
