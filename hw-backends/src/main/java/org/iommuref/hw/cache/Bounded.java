package org.iommuref.hw.cache;

import java.util.function.Predicate;
import org.iommuref.hw.event.Evict;
import org.jspecify.annotations.Nullable;

/**
 * Caches as a unit has them: bounded, one entry for a range, and the one used least recently goes
 * first.
 *
 * <p>A hit is on the path of every translation, so the entries lie in {@link LeastRecentlyUsed
 * places} that are found without allocating a key.
 */
final class Bounded implements CacheMaker {

  @Override
  public <E extends CacheEntry> TranslationCache<E> make(CacheSettings settings) {
    return new Cache<>(settings);
  }

  private static final class Cache<E extends CacheEntry> implements TranslationCache<E> {

    private final CacheSettings settings;
    private final int[] shifts;
    private final int[] entriesOfShift = new int[Long.SIZE];
    private final LeastRecentlyUsed places;
    private final @Nullable Object[] entries;

    Cache(CacheSettings settings) {
      this.settings = settings;
      this.shifts = settings.shifts().stream().mapToInt(shift -> shift).toArray();
      this.places = new LeastRecentlyUsed(settings.capacity());
      this.entries = new @Nullable Object[settings.capacity()];
    }

    @Override
    public @Nullable E lookup(long tag, long address) {
      settings.footprint().write(this, 0); // a hit makes the entry the most recent one
      for (int shift : shifts) {
        if (entriesOfShift[shift] == 0) {
          continue;
        }
        int place = places.find(tag, address >>> shift, shift);
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
      int shift = entry.shift();
      long number = entry.base() >>> shift;
      int place = places.find(entry.tag(), number, shift);
      if (place == LeastRecentlyUsed.NONE) {
        if (places.isFull()) {
          evict();
        }
        place = places.take(entry.tag(), number, shift);
        entriesOfShift[shift]++;
      } else {
        places.use(place);
      }
      entries[place] = entry;
    }

    private void evict() {
      int place = places.oldest();
      E oldest = at(place);
      drop(place, oldest);
      settings.steps().report(new Evict(settings.name(), oldest.tag(), oldest.base()));
    }

    private void drop(int place, E entry) {
      places.free(place);
      entriesOfShift[entry.shift()]--;
      entries[place] = null;
    }

    @Override
    public void invalidate(Predicate<? super E> scope) {
      settings.footprint().write(this, 0);
      for (int place = 0; place < entries.length; place++) {
        if (entries[place] != null && scope.test(at(place))) {
          drop(place, at(place));
        }
      }
    }

    @SuppressWarnings("unchecked") // only entries of this kind are filled in
    private E at(int place) {
      Object entry = entries[place];
      if (entry == null) {
        throw new IllegalStateException("nothing is at place " + place);
      }
      return (E) entry;
    }
  }
}
