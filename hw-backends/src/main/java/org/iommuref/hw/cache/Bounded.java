package org.iommuref.hw.cache;

import java.util.function.Predicate;
import org.iommuref.hw.event.Evict;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
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
    private final Steps steps;
    private final Footprint footprint;
    private final LeastRecentlyUsed places;
    private final @Nullable CacheEntry[] entries;

    /** A bit for each size of range that an entry has had since the last invalidation. */
    private long shifts;

    Cache(CacheSettings settings) {
      this.settings = settings;
      this.steps = settings.steps();
      this.footprint = settings.footprint();
      this.places = new LeastRecentlyUsed(settings.capacity());
      this.entries = new @Nullable CacheEntry[settings.capacity()];
    }

    @Override
    public @Nullable E lookup(long tag, long address) {
      footprint.write(this, 0); // a hit makes the entry the most recent one
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
    public @Nullable E fill(E entry, long tag, long base, int shift) {
      footprint.write(this, 0);
      int place = places.find(tag, base, shift);
      if (place != LeastRecentlyUsed.NONE) {
        places.use(place);
      } else if (places.isFull()) {
        reportEviction();
        place = places.takeOldest(tag, base, shift);
      } else {
        place = places.take(tag, base, shift);
      }
      shifts |= 1L << shift;
      E displaced = at(place);
      entries[place] = entry;
      return displaced;
    }

    private void reportEviction() {
      if (steps.isHeard()) {
        int place = places.oldest();
        steps.report(new Evict(settings.name(), places.tag(place), places.base(place)));
      }
    }

    @Override
    public void invalidate(Predicate<? super E> scope) {
      footprint.write(this, 0);
      shifts = 0;
      int rest = places.taken();
      for (int place = 0; rest > 0; place++) {
        E entry = at(place);
        if (entry == null) {
          continue;
        }
        rest--;
        if (scope.test(entry)) {
          entries[place] = null;
          places.free(place);
        } else {
          shifts |= 1L << entry.shift();
        }
      }
    }

    @SuppressWarnings("unchecked") // only entries of this kind are filled in
    private @Nullable E at(int place) {
      return (E) entries[place];
    }
  }
}
