package org.iommuref.hw.cache;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cache of one kind of entry.
 *
 * <p>Whether an entry that was filled in is still there at the next lookup is the policy's to
 * decide; that an invalidated one is not there is certain.
 *
 * @param <E> the kind of entry
 */
public interface TranslationCache<E extends CacheEntry> {

  /**
   * The live entry that is used for an address, or null where none is live or none is used.
   *
   * <p>An entry for a smaller range goes before one for a larger range where the cache was {@link
   * CacheSettings#deepestFirst made so}.
   */
  @Nullable E lookup(long tag, long address);

  /**
   * Keeps an entry, if the policy does.
   *
   * @return an entry that the cache does not hold, or holds no more: it may be changed and filled
   *     in again; or null where there is none
   */
  default @Nullable E fill(E entry) {
    return fill(entry, entry.tag(), entry.base(), entry.shift());
  }

  /**
   * Keeps an entry under the tag and the range that it has, if the policy does.
   *
   * <p>They are handed in because whoever fills knows what kind of entry it is: the cache itself
   * would have to ask an entry of any kind, by calls that no compiler resolves.
   *
   * @return as {@link #fill(CacheEntry)}
   */
  @Nullable E fill(E entry, long tag, long base, int shift);

  /** Drops every entry that the scope covers. INV-001 */
  void invalidate(Predicate<? super E> scope);
}
