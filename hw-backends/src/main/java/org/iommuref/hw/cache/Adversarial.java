package org.iommuref.hw.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Caches that keep everything until it is invalidated, and use any of it.
 *
 * <p>An old and a new entry for one address live side by side. A lookup that finds something live
 * chooses: 0 is the oldest, so that staleness shows without luck; the last choice is to use none,
 * which is also what an eviction would look like. INV-003
 */
final class Adversarial implements CacheMaker {

  @Override
  public <E extends CacheEntry> TranslationCache<E> make(CacheSettings settings) {
    return new Cache<>(settings);
  }

  private static final class Cache<E extends CacheEntry> implements TranslationCache<E> {

    private final CacheSettings settings;
    private final String label;
    private final List<E> entries = new ArrayList<>();
    private final List<E> live = new ArrayList<>();

    Cache(CacheSettings settings) {
      this.settings = settings;
      this.label = settings.name() + " hit";
    }

    @Override
    public @Nullable E lookup(long tag, long address) {
      settings.footprint().read(this, 0);
      collectLive(tag, address);
      if (live.isEmpty()) {
        return null;
      }
      int chosen = settings.steps().choose(label, live.size() + 1);
      return chosen == live.size() ? null : live.get(chosen);
    }

    /** The candidates, oldest first; only those of the smallest range if the deepest goes first. */
    private void collectLive(long tag, long address) {
      live.clear();
      int smallest = Integer.MAX_VALUE;
      for (int i = 0; i < entries.size(); i++) {
        E entry = entries.get(i);
        if (!entry.matches(tag, address)) {
          continue;
        }
        if (settings.deepestFirst() && entry.shift() < smallest) {
          live.clear();
          smallest = entry.shift();
        }
        if (!settings.deepestFirst() || entry.shift() == smallest) {
          live.add(entry);
        }
      }
    }

    @Override
    public @Nullable E fill(E entry, long tag, long base, int shift) {
      settings.footprint().write(this, 0);
      if (entries.contains(entry)) {
        return entry;
      }
      entries.add(entry);
      return null;
    }

    @Override
    public void invalidate(Predicate<? super E> scope) {
      settings.footprint().write(this, 0);
      entries.removeIf(scope);
    }
  }
}
