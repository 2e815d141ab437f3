package org.iommuref.spec.iommufd.program;

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

  @Override
  public String toString() {
    return field + "=" + value;
  }
}
