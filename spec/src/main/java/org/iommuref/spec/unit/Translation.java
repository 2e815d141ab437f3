package org.iommuref.spec.unit;

/**
 * What became of an address, in one {@code long}, so that nothing is allocated for it: where it
 * goes and in how large a page, or why it was refused.
 *
 * <p>A negative value is a refusal with the reason in bits 31:0. Otherwise bits 51:0 are the
 * address in bytes, bits 57:52 log2 of the bytes of the page.
 */
public final class Translation {

  private static final int ADDRESS_BITS = 52;
  private static final long ADDRESS = (1L << ADDRESS_BITS) - 1;
  private static final long REFUSED = 1L << 63;
  private static final long REASON = 0xffff_ffffL;

  private Translation() {}

  /** An address in a page of 2^pageShift bytes. */
  public static long to(long address, int pageShift) {
    return (address & ADDRESS) | (long) pageShift << ADDRESS_BITS;
  }

  /** A refusal; the reason is the architecture's code. */
  public static long refused(int reason) {
    return REFUSED | Integer.toUnsignedLong(reason);
  }

  /** Whether the request was refused. */
  public static boolean isRefused(long translation) {
    return translation < 0;
  }

  /** The reason of a refusal. */
  public static int reason(long translation) {
    return (int) (translation & REASON);
  }

  /** The address, in bytes. */
  public static long address(long translation) {
    return translation & ADDRESS;
  }

  /** log2 of the bytes of the page. */
  public static int pageShift(long translation) {
    return (int) (translation >>> ADDRESS_BITS) & 0x3f;
  }
}
