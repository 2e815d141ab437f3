package org.iommuref.spec.iommufd.program;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A field of a structure and what is put into it, expected of it, or called after it.
 *
 * @param field its name, as {@code ioas_id}
 * @param value a number, as {@code 16} or {@code 0x1000}; or a name that an earlier call has given,
 *     as {@code $ioas}; in {@link ProgramCall.Ioctl#names} the name that is given, without the sign
 */
public record Argument(String field, String value) {

  /** A field and a number. */
  public static Argument of(String field, long number) {
    return new Argument(field, "0x" + Long.toHexString(number));
  }

  /** A field and a name that an earlier call has given. */
  public static Argument named(String field, String name) {
    return new Argument(field, "$" + name);
  }

  /** What a call on a file uses: the file, the values of fields, and an address if there is one. */
  static List<String> used(String file, @Nullable String at, List<Argument> set) {
    Stream<String> values = set.stream().map(Argument::value);
    return Stream.concat(Stream.of("$" + file), Stream.concat(values, Stream.ofNullable(at)))
        .toList();
  }

  @Override
  public String toString() {
    return field + "=" + value;
  }
}
