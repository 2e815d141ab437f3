package org.iommuref.spec.iommufd.call;

import java.util.HexFormat;

/**
 * A run of bytes of any length.
 *
 * @param hex two lower-case digits for each byte, in the order of memory
 */
public record Bytes(String hex) {

  private static final HexFormat HEX = HexFormat.of();

  /**
   * Requires pairs of hex digits.
   *
   * @throws IllegalArgumentException for any other text
   */
  public Bytes {
    if (hex == null || hex.length() % 2 != 0 || !hex.chars().allMatch(HexFormat::isHexDigit)) {
      throw new IllegalArgumentException("pairs of hex digits expected");
    }
  }

  /** The bytes of an array. */
  public static Bytes of(byte[] bytes) {
    return new Bytes(HEX.formatHex(bytes));
  }

  /** The bytes as a new array. */
  public byte[] toArray() {
    return HEX.parseHex(hex);
  }
}
