package org.iommuref.hw.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastRecentlyUsedTest {

  private static final int PAGE = 12;

  private final LeastRecentlyUsed places = new LeastRecentlyUsed(3);

  @Test
  void place_ofARange_isFoundByTagSizeAndEveryAddress() {
    int place = places.take(7, 0x20_0000, 21);
    assertThat(places.find(7, 0x3f_ffff, 21)).as("its last byte").isEqualTo(place);
    assertThat(places.find(7, 0x40_0000, 21)).as("behind it").isEqualTo(LeastRecentlyUsed.NONE);
    assertThat(places.find(7, 0x20_0000, 30)).as("another size").isEqualTo(LeastRecentlyUsed.NONE);
    assertThat(places.find(8, 0x20_0000, 21)).as("another tag").isEqualTo(LeastRecentlyUsed.NONE);
    assertThat(places.tag(place)).isEqualTo(7);
    assertThat(places.base(place)).isEqualTo(0x20_0000);
    assertThat(places.shift(place)).isEqualTo(21);
  }

  @Test
  void oldest_isWhatWasUsedLeastRecently() {
    int a = places.take(1, 0x1000, PAGE);
    int b = places.take(1, 0x2000, PAGE);
    int c = places.take(1, 0x3000, PAGE);
    assertThat(places.isFull()).isTrue();
    assertThat(places.oldest()).as("none was used").isEqualTo(a);
    places.use(a);
    assertThat(places.oldest()).as("the first was used").isEqualTo(b);
    places.use(c);
    places.use(b);
    assertThat(places.oldest()).as("each was used").isEqualTo(a);
    places.free(a);
    assertThat(places.isFull()).isFalse();
    assertThat(places.oldest()).as("the oldest went").isEqualTo(c);
    places.free(b);
    assertThat(places.oldest()).as("the newest went").isEqualTo(c);
  }

  @Test
  void places_behave_asAQueueOfKeysDoes() {
    LeastRecentlyUsed many = new LeastRecentlyUsed(16);
    Map<Long, Integer> placeOf = new HashMap<>();
    ArrayDeque<Long> order = new ArrayDeque<>();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long key = random.nextInt(40);
      Integer place = placeOf.get(key);
      assertThat(many.find(key % 3, key << PAGE, PAGE))
          .as("use %d, of %d", i, key)
          .isEqualTo(place == null ? LeastRecentlyUsed.NONE : place);
      if (place == null) {
        if (many.isFull()) {
          long oldest = order.removeFirst();
          assertThat(many.oldest()).as("use %d", i).isEqualTo(placeOf.get(oldest));
          many.free(placeOf.remove(oldest));
        }
        placeOf.put(key, many.take(key % 3, key << PAGE, PAGE));
        order.addLast(key);
      } else if (random.nextInt(4) == 0) {
        many.free(placeOf.remove(key));
        order.remove(key);
      } else {
        many.use(place);
        order.remove(key);
        order.addLast(key);
      }
    }
  }
}
