package org.iommuref.hw.cache;

import java.util.function.Predicate;
import org.iommuref.hw.event.Evict;
import org.jspecify.annotations.Nullable;

/**
 * Caches as a unit has them: bounded, one entry for a range, and the one used least recently goes
 * first.
 *
 * <p>A hit is on the path of every translation, so the entries lie in places that are found without
 * a key object: see {@link LeastRecentlyUsed}.
 */
final class Bounded implements CacheMaker {

  @Override
  public <E extends CacheEntry> TranslationCache<E> make(CacheSettings settings) {
    return new Cache<>(settings);
  }

  private static final class Cache<E extends CacheEntry> implements TranslationCache<E> {

    private final CacheSettings settings;
    private final int[] entriesOfShift = new int[Long.SIZE];

    /** A bit for each size of range that an entry has. */
    private long shifts;

    private final LeastRecentlyUsed places;
    private final @Nullable CacheEntry[] entries;

    Cache(CacheSettings settings) {
      this.settings = settings;
      this.places = new LeastRecentlyUsed(settings.capacity());
      this.entries = new @Nullable CacheEntry[settings.capacity()];
    }

    @Override
    public @Nullable E lookup(long tag, long address) {
      settings.footprint().write(this, 0); // a hit makes the entry the most recent one
      for (long rest = shifts; rest != 0; rest &= rest - 1) {
        int place = places.find(tag, address, Long.numberOfTrailingZeros(rest));
        if (place != LeastRecentlyUsed.NONE) {
          places.use(place);
          return at(place);
        }
      }
      return null;
    }

    @Override
    public void fill(E entry) {
      settings.footprint().write(this, 0);
      long tag = entry.tag();
      long base = entry.base();
      int shift = entry.shift();
      int place = places.find(tag, base, shift);
      if (place == LeastRecentlyUsed.NONE) {
        if (places.isFull()) {
          evict(places.oldest());
        }
        place = places.take(tag, base, shift);
        came(shift);
      } else {
        places.use(place);
      }
      entries[place] = entry;
    }

    private void evict(int place) {
      if (settings.steps().isHeard()) {
        settings.steps().report(new Evict(settings.name(), places.tag(place), places.base(place)));
      }
      drop(place);
    }

    private void drop(int place) {
      went(places.shift(place));
      entries[place] = null;
      places.free(place);
    }

    private void came(int shift) {
      if (entriesOfShift[shift]++ == 0) {
        shifts |= 1L << shift;
      }
    }

    private void went(int shift) {
      if (--entriesOfShift[shift] == 0) {
        shifts &= ~(1L << shift);
      }
    }

    @Override
    public void invalidate(Predicate<? super E> scope) {
      settings.footprint().write(this, 0);
      for (int place = 0; place < entries.length; place++) {
        E entry = at(place);
        if (entry != null && scope.test(entry)) {
          drop(place);
        }
      }
    }

    @SuppressWarnings("unchecked") // only entries of this kind are filled in
    private @Nullable E at(int place) {
      return (E) entries[place];
    }
  }
}
