package org.iommuref.hw.cache;

/**
 * Something cached for an aligned range of addresses under a tag.
 *
 * <p>Two entries that are equal stand for one; two that differ in anything may be live for one
 * address at once.
 */
public interface CacheEntry {

  /** What a lookup has to present besides the address: a requester id, a domain tag. */
  long tag();

  /** The first address of the range, in bytes; a multiple of 2 to the power of {@link #shift}. */
  long base();

  /** log2 of the bytes of the range; 63 for an entry without address, whose base is 0. */
  int shift();

  /** Whether a lookup with this tag and address finds the entry. */
  default boolean matches(long tag, long address) {
    return tag == tag() && address >>> shift() == base() >>> shift();
  }

  /**
   * Whether any byte from {@code first} to {@code last}, both included and unsigned, is covered.
   */
  default boolean overlaps(long first, long last) {
    long end = base() + ((1L << shift()) - 1);
    return Long.compareUnsigned(base(), last) <= 0 && Long.compareUnsigned(end, first) >= 0;
  }
}
