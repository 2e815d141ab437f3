package org.iommuref.spec.unit.call;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the bits of one field of an answer must be.
 *
 * @param field the field, as {@link Fields} names it
 * @param mask the bits that are looked at
 * @param values what they may be, each within the mask; not empty
 */
public record FieldBits(String field, long mask, List<Long> values) {

  /** Copies the list. */
  public FieldBits {
    values = List.copyOf(values);
  }

  /** The whole field must hold one value. */
  public static FieldBits of(String field, long value) {
    return new FieldBits(field, -1, List.of(value));
  }

  /** The field must hold a word of a list. */
  public static FieldBits of(String field, Enum<?> word) {
    return of(field, Fields.number(word));
  }

  /** Whether a number is as it must be. */
  boolean admits(long number) {
    return values.contains(number & mask);
  }

  /** In a few words. */
  @Override
  public String toString() {
    String numbers =
        values.stream().map(n -> "0x" + Long.toHexString(n)).collect(Collectors.joining(" or "));
    return field + " " + numbers + (mask == -1 ? "" : " in the bits 0x" + Long.toHexString(mask));
  }
}
