package org.iommuref.hw.cache;

import java.util.function.Predicate;
import org.apache.commons.collections4.map.LRUMap;
import org.iommuref.hw.event.Evict;
import org.jspecify.annotations.Nullable;

/**
 * Caches as a unit has them: bounded, one entry for a range, and the one used least recently goes
 * first.
 */
final class Bounded implements CacheMaker {

  @Override
  public <E extends CacheEntry> TranslationCache<E> make(CacheSettings settings) {
    return new Cache<>(settings);
  }

  private record Key(long tag, long number, int shift) {}

  private static final class Cache<E extends CacheEntry> implements TranslationCache<E> {

    private final CacheSettings settings;
    private final LRUMap<Key, E> entries;

    Cache(CacheSettings settings) {
      this.settings = settings;
      this.entries = new LRUMap<>(settings.capacity());
    }

    @Override
    public @Nullable E lookup(long tag, long address) {
      settings.footprint().write(this, 0); // a hit makes the entry the most recent one
      for (int shift : settings.shifts()) {
        E entry = entries.get(new Key(tag, address >>> shift, shift));
        if (entry != null) {
          return entry;
        }
      }
      return null;
    }

    @Override
    public void fill(E entry) {
      settings.footprint().write(this, 0);
      Key key = new Key(entry.tag(), entry.base() >>> entry.shift(), entry.shift());
      if (entries.isFull() && !entries.containsKey(key)) {
        E oldest = entries.remove(entries.firstKey());
        settings.steps().report(new Evict(settings.name(), oldest.tag(), oldest.base()));
      }
      entries.put(key, entry);
    }

    @Override
    public void invalidate(Predicate<? super E> scope) {
      settings.footprint().write(this, 0);
      entries.values().removeIf(scope);
    }
  }
}
