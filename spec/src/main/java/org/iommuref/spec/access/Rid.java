package org.iommuref.spec.access;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PCI requester id: bus 15:8, device 7:3, function 2:0; written {@code bb:dd.f}. */
public record Rid(int value) implements Comparable<Rid> {

  private static final Pattern TEXT =
      Pattern.compile("([0-9a-f]{2}):([0-9a-f]{2})\\.([0-7])", Pattern.CASE_INSENSITIVE);

  /** Requires 16 bits. */
  public Rid {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException("a RID has 16 bits: " + value);
    }
  }

  /** Reads {@code 01:00.0}. */
  public static Rid parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches() || Integer.parseInt(m.group(2), 16) > 0x1f) {
      throw new IllegalArgumentException("not a requester id (bb:dd.f): " + text);
    }
    return new Rid(
        Integer.parseInt(m.group(1), 16) << 8
            | Integer.parseInt(m.group(2), 16) << 3
            | Integer.parseInt(m.group(3)));
  }

  /** The bus number. */
  public int bus() {
    return value >>> 8;
  }

  /** Device and function, the index into a context table. */
  public int devfn() {
    return value & 0xff;
  }

  @Override
  public int compareTo(Rid other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%02x:%02x.%d", bus(), devfn() >>> 3, value & 7);
  }
}
