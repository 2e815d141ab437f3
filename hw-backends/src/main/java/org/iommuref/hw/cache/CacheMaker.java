package org.iommuref.hw.cache;

import org.iommuref.spec.spi.CachePolicy;

/** A policy: makes the caches that follow it. */
public interface CacheMaker {

  /** An empty cache. */
  <E extends CacheEntry> TranslationCache<E> make(CacheSettings settings);

  /** The policy of that name. */
  static CacheMaker of(CachePolicy policy) {
    return switch (policy) {
      case REALISTIC -> new Bounded();
      case ADVERSARIAL -> new Adversarial();
    };
  }
}
