package org.iommuref.hw.vtd.layout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * The fields of a register, a structure or a descriptor; every bit that is in no field is reserved.
 */
public final class Layout {

  private final String name;
  private final int bits;
  private final List<Field> fields;
  private final long[] reserved;

  /**
   * Requires fields that do not overlap, in ascending order, within the size.
   *
   * @param name as the manual has it
   * @param bits its size: 32, 64, 128, or that of a PASID entry
   */
  private Layout(String name, int bits, List<Field> fields) {
    this.name = name;
    this.bits = bits;
    this.fields = fields;
    int next = 0;
    for (Field field : fields) {
      if (field.low() < next || field.high() >= bits) {
        throw new IllegalArgumentException(name + ": " + field + " is out of order or too high");
      }
      next = field.high() + 1;
    }
    reserved = new long[(bits + 63) / 64];
    Arrays.setAll(reserved, this::reservedNow);
  }

  private long reservedNow(int quadword) {
    int above = Math.min(bits - quadword * 64, 64);
    return (-1L >>> (64 - above)) & ~mask(quadword, Field.Access.values());
  }

  static Layout of(String name, int bits, Field... fields) {
    return new Layout(name, bits, List.of(fields));
  }

  /** As the manual has it. */
  public String name() {
    return name;
  }

  /** Its size in bits. */
  public int bits() {
    return bits;
  }

  /** In ascending order. */
  public List<Field> fields() {
    return fields;
  }

  /**
   * The bits of a quadword (0 or 1) that belong to fields of which software has one of the
   * accesses.
   */
  public long mask(int quadword, Field.Access... accesses) {
    long mask = 0;
    for (Field field : fields) {
      if (field.quadword() == quadword && List.of(accesses).contains(field.access())) {
        mask |= field.mask();
      }
    }
    return mask;
  }

  /** The bits of a quadword (0 or 1) that belong to no field. */
  public long reserved(int quadword) {
    return quadword < reserved.length ? reserved[quadword] : 0;
  }

  /** The fields of a value, each as {@code NAME=value} in hexadecimal, most significant last. */
  public String describe(long low, long high) {
    Atom atom = new Atom(low, high);
    List<String> parts = new ArrayList<>();
    for (Field field : fields) {
      parts.add(field.name() + "=" + Long.toHexString(field.get(atom)));
    }
    long reserved = low & reserved(0);
    long reservedHigh = high & reserved(1);
    if (reserved != 0 || reservedHigh != 0) {
      parts.add("reserved=" + Long.toHexString(reservedHigh) + ":" + Long.toHexString(reserved));
    }
    return name + " " + String.join(" ", parts);
  }

  /** The fields of a value of at most 64 bits. */
  public String describe(long value) {
    return describe(value, 0);
  }

  /**
   * The layout as a table: a line for the name, then one for each field, most significant first.
   */
  public String table() {
    StringBuilder text = new StringBuilder(name + ", " + bits + " bits\n");
    for (int i = fields.size() - 1; i >= 0; i--) {
      Field field = fields.get(i);
      String range = field.toString().substring(field.name().length() + 1);
      text.append(
          String.format(
              Locale.ROOT,
              "  %-8s %-9s %-5s %s\n",
              range,
              field.name(),
              field.access(),
              field.meaning()));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return table();
  }
}
