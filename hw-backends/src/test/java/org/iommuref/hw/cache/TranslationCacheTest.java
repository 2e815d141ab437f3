package org.iommuref.hw.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.event.Evict;
import org.iommuref.hw.testing.ScriptedSteps;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;
import org.junit.jupiter.api.Test;

class TranslationCacheTest {

  private static final int TAG = 3;

  private record Page(long tag, long base, int shift, String content) implements CacheEntry {}

  private final ScriptedSteps steps = new ScriptedSteps();

  private TranslationCache<Page> cache(CachePolicy policy, boolean deepestFirst) {
    CacheSettings settings = new CacheSettings("c", 2, deepestFirst, steps, Footprint.NONE);
    return CacheMaker.of(policy).make(settings);
  }

  private static Page small(long base, String content) {
    return new Page(TAG, base, 12, content);
  }

  private static Page large(String content) {
    return new Page(TAG, 0x20_0000, 21, content);
  }

  @Test
  void entry_underEitherPolicy_isFoundByTagAndEveryAddressOfItsRange() {
    for (CachePolicy policy : CachePolicy.values()) {
      TranslationCache<Page> cache = cache(policy, false);
      Page page = large("x");
      cache.fill(page);
      assertThat(cache.lookup(TAG, 0x20_0000)).isEqualTo(page);
      assertThat(cache.lookup(TAG, 0x3f_ffff)).isEqualTo(page);
      assertThat(cache.lookup(TAG, 0x1f_ffff)).isNull();
      assertThat(cache.lookup(TAG, 0x40_0000)).isNull();
      assertThat(cache.lookup(TAG + 1, 0x20_0000)).isNull();
    }
  }

  @Test
  @Clause("INV-001")
  void invalidatedEntry_underEitherPolicy_isNotFoundAndOthersAre() {
    for (CachePolicy policy : CachePolicy.values()) {
      TranslationCache<Page> cache = cache(policy, false);
      cache.fill(small(0x1000, "gone"));
      cache.fill(small(0x2000, "kept"));
      cache.invalidate(page -> page.content().equals("gone"));
      assertThat(cache.lookup(TAG, 0x1000)).isNull();
      assertThat(cache.lookup(TAG, 0x2000)).isNotNull();
    }
  }

  @Test
  void boundedCache_whenFull_evictsWhatWasUsedLeastRecently() {
    TranslationCache<Page> cache = cache(CachePolicy.REALISTIC, false);
    cache.fill(small(0x1000, "a"));
    cache.fill(small(0x2000, "b"));
    cache.lookup(TAG, 0x1000);
    cache.fill(small(0x3000, "c"));
    assertThat(steps.events()).containsExactly(new Evict("c", TAG, 0x2000));
    assertThat(cache.lookup(TAG, 0x1000)).isNotNull();
    assertThat(cache.lookup(TAG, 0x2000)).isNull();
  }

  @Test
  void boundedCache_afterAnInvalidation_hasThePlaceFree() {
    TranslationCache<Page> cache = cache(CachePolicy.REALISTIC, false);
    cache.fill(small(0x1000, "gone"));
    cache.fill(small(0x2000, "kept"));
    cache.invalidate(page -> page.content().equals("gone"));
    cache.fill(small(0x3000, "new"));
    assertThat(steps.events()).as("nothing is evicted").isEmpty();
    assertThat(cache.lookup(TAG, 0x2000)).isNotNull();
    assertThat(cache.lookup(TAG, 0x3000)).isNotNull();
  }

  @Test
  void boundedCache_filledAgainForOneRange_holdsTheLatest() {
    TranslationCache<Page> cache = cache(CachePolicy.REALISTIC, false);
    cache.fill(small(0x1000, "old"));
    cache.fill(small(0x2000, "other"));
    cache.fill(small(0x1000, "new"));
    assertThat(steps.events()).isEmpty();
    assertThat(cache.lookup(TAG, 0x1000)).isEqualTo(small(0x1000, "new"));
    assertThat(steps.asked()).isEmpty();
  }

  @Test
  @Clause("INV-003")
  void adversarialCache_withOldAndNewLive_usesWhicheverIsChosen() {
    TranslationCache<Page> cache = cache(CachePolicy.ADVERSARIAL, false);
    cache.fill(small(0x1000, "old"));
    cache.fill(small(0x1000, "new"));
    assertThat(cache.lookup(TAG, 0x1000)).isEqualTo(small(0x1000, "old"));
    steps.answer("c hit", 1);
    assertThat(cache.lookup(TAG, 0x1000)).isEqualTo(small(0x1000, "new"));
    steps.answer("c hit", 2);
    assertThat(cache.lookup(TAG, 0x1000)).as("as if evicted").isNull();
    steps.answer("c hit", 0);
    assertThat(cache.lookup(TAG, 0x1000)).as("but kept").isNotNull();
  }

  @Test
  void adversarialCache_withNothingLive_choosesNothing() {
    TranslationCache<Page> cache = cache(CachePolicy.ADVERSARIAL, false);
    cache.fill(small(0x1000, "a"));
    assertThat(cache.lookup(TAG, 0x5000)).isNull();
    assertThat(steps.asked()).isEmpty();
  }

  @Test
  void adversarialCache_filledTwiceAlike_holdsOneEntry() {
    TranslationCache<Page> cache = cache(CachePolicy.ADVERSARIAL, false);
    cache.fill(small(0x1000, "a"));
    cache.fill(small(0x1000, "a"));
    steps.answer("c hit", 1);
    assertThat(cache.lookup(TAG, 0x1000)).isNull();
  }

  @Test
  void adversarialCache_keepsMoreThanTheCapacity() {
    TranslationCache<Page> cache = cache(CachePolicy.ADVERSARIAL, false);
    for (int i = 0; i < 100; i++) {
      cache.fill(small(0x1000L * i, "a"));
    }
    assertThat(cache.lookup(TAG, 0)).isNotNull();
  }

  @Test
  void adversarialCache_ofTables_usesTheDeepestAlone() {
    TranslationCache<Page> oldest = cache(CachePolicy.ADVERSARIAL, false);
    TranslationCache<Page> deepest = cache(CachePolicy.ADVERSARIAL, true);
    for (TranslationCache<Page> cache : List.of(oldest, deepest)) {
      cache.fill(large("large"));
      cache.fill(small(0x20_1000, "small"));
    }
    assertThat(oldest.lookup(TAG, 0x20_1000)).isEqualTo(large("large"));
    assertThat(deepest.lookup(TAG, 0x20_1000)).isEqualTo(small(0x20_1000, "small"));
    steps.answer("c hit", 1);
    assertThat(deepest.lookup(TAG, 0x20_1000)).isNull();
  }

  @Test
  void overlap_ofARange_isUnsignedAndIncludesBothEnds() {
    Page page = large("x");
    assertThat(page.overlaps(0x20_0000, 0x20_0000)).isTrue();
    assertThat(page.overlaps(0x3f_ffff, 0x40_0000)).isTrue();
    assertThat(page.overlaps(0, 0x1f_ffff)).isFalse();
    assertThat(page.overlaps(0x40_0000, -1)).isFalse();
    assertThat(page.overlaps(0, -1)).isTrue();
  }

  @Test
  void boundedCache_whoseOneSizeWasDropped_stillFindsTheOther() {
    TranslationCache<Page> cache = cache(CachePolicy.REALISTIC, false);
    cache.fill(small(0x1000, "small"));
    cache.fill(large("large"));
    cache.invalidate(page -> page.shift() == 12);
    assertThat(cache.lookup(TAG, 0x1000)).isNull();
    assertThat(cache.lookup(TAG, 0x20_0000)).isEqualTo(large("large"));
    cache.fill(small(0x20_1000, "in the large one"));
    assertThat(cache.lookup(TAG, 0x20_1000)).isEqualTo(small(0x20_1000, "in the large one"));
    cache.invalidate(page -> true);
    cache.fill(large("again"));
    assertThat(cache.lookup(TAG, 0x20_1000)).isEqualTo(large("again"));
  }

  @Test
  void boundedCache_filledAgain_countsThatAsUse() {
    TranslationCache<Page> cache = cache(CachePolicy.REALISTIC, false);
    cache.fill(small(0x1000, "a"));
    cache.fill(small(0x2000, "b"));
    cache.fill(small(0x1000, "a again"));
    cache.fill(small(0x3000, "c"));
    assertThat(cache.lookup(TAG, 0x2000)).isNull();
    assertThat(cache.lookup(TAG, 0x1000)).isEqualTo(small(0x1000, "a again"));
  }

  @Test
  void boundedCache_thatNobodyHears_evictsWithoutATrace() {
    CacheSettings settings = new CacheSettings("c", 1, false, steps.unheard(), Footprint.NONE);
    TranslationCache<Page> cache = CacheMaker.of(CachePolicy.REALISTIC).make(settings);
    cache.fill(small(0x1000, "a"));
    cache.fill(small(0x2000, "b"));
    assertThat(steps.events()).isEmpty();
    assertThat(cache.lookup(TAG, 0x1000)).isNull();
  }

  @Test
  void everyAccess_underEitherPolicy_isInTheFootprint() {
    for (CachePolicy policy : CachePolicy.values()) {
      List<String> heard = new ArrayList<>();
      Footprint footprint =
          new Footprint() {
            @Override
            public void read(Object space, long address) {
              heard.add("read");
            }

            @Override
            public void write(Object space, long address) {
              heard.add("write");
            }
          };
      TranslationCache<Page> cache =
          CacheMaker.of(policy).make(new CacheSettings("c", 2, false, steps, footprint));
      cache.fill(small(0x1000, "a"));
      cache.lookup(TAG, 0x1000);
      cache.invalidate(page -> true);
      String lookup = policy == CachePolicy.REALISTIC ? "write" : "read";
      assertThat(heard).as(policy.name()).containsExactly("write", lookup, "write");
    }
  }

  @Test
  void adversarialCache_ofTables_choosesAmongThoseOfOneSize() {
    TranslationCache<Page> cache = cache(CachePolicy.ADVERSARIAL, true);
    cache.fill(small(0x20_1000, "old"));
    cache.fill(small(0x20_1000, "new"));
    steps.answer("c hit", 1);
    assertThat(cache.lookup(TAG, 0x20_1000)).isEqualTo(small(0x20_1000, "new"));
  }
}
