package org.iommuref.hw.vtd.mutant;

import java.util.function.Predicate;
import org.iommuref.hw.cache.CacheEntry;
import org.iommuref.hw.cache.CacheMaker;
import org.iommuref.hw.cache.CacheSettings;
import org.iommuref.hw.cache.TranslationCache;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.unit.Check;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.jspecify.annotations.Nullable;

/** Units by which a suite shows that it is not satisfied too easily. */
public final class VtdVariants {

  private VtdVariants() {}

  /** A unit that refuses every request: safe, and of no use. MAP-001 fails. */
  public static VtdParts faultsOnEverything() {
    VtdParts unit = VtdParts.standard();
    Check everything =
        new Check("everything", "MAP-001", (request, low, high, of) -> true, FaultReason.LGN_3);
    return unit.with(unit.checks().with(unit.checks().request().startingWith(everything)));
  }

  /**
   * A unit that caches nothing although it says that it may: it violates no clause, and shows
   * nothing of the clauses on staleness. INV-003
   */
  public static VtdParts neverCaches() {
    return VtdParts.standard().with(policy -> new KeepsNothing());
  }

  private static final class KeepsNothing implements CacheMaker {
    @Override
    public <E extends CacheEntry> TranslationCache<E> make(CacheSettings settings) {
      return new TranslationCache<>() {
        @Override
        public @Nullable E lookup(long tag, long address) {
          return null;
        }

        @Override
        public E fill(E entry, long tag, long base, int shift) {
          return entry;
        }

        @Override
        public void invalidate(Predicate<? super E> scope) {}
      };
    }
  }
}
