package org.iommuref.conformance.cases.iommufd;

/** Numbers as they lie in memory, little-endian, two hex digits a byte. */
final class Hex {

  private Hex() {}

  /** Numbers of 8 bytes one behind the other. */
  static String of64(long... numbers) {
    StringBuilder hex = new StringBuilder();
    for (long number : numbers) {
      hex.append("%016x".formatted(Long.reverseBytes(number)));
    }
    return hex.toString();
  }

  /** Numbers of 4 bytes one behind the other. */
  static String of32(int... numbers) {
    StringBuilder hex = new StringBuilder();
    for (int number : numbers) {
      hex.append("%08x".formatted(Integer.reverseBytes(number)));
    }
    return hex.toString();
  }
}
