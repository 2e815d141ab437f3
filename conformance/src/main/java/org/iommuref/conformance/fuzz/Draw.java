package org.iommuref.conformance.fuzz;

import java.util.List;
import java.util.SplittableRandom;
import org.iommuref.conformance.fuzz.Known.Area;
import org.iommuref.conformance.fuzz.Known.Kind;

/** Choices among what a program knows, from a seed. */
final class Draw {

  private static final int WRONG_ONE_IN = 30;
  private static final int HIGHEST = 16;

  private final SplittableRandom random;
  private final Known known;

  Draw(SplittableRandom random, Known known) {
    this.random = random;
    this.known = known;
  }

  Known known() {
    return known;
  }

  SplittableRandom random() {
    return random;
  }

  /** A number from 0 to below another. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** True once in so many times. */
  boolean rarely(int times) {
    return random.nextInt(times) == 0;
  }

  int oneOf(int... values) {
    return values[random.nextInt(values.length)];
  }

  long oneOfLong(long... values) {
    return values[random.nextInt(values.length)];
  }

  <T> T oneOf(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** One of a kind; now and then, or if there is none, a number that may name anything. */
  int pick(Kind kind) {
    List<Integer> list = known.all(kind);
    return list.isEmpty() || rarely(WRONG_ONE_IN) ? random.nextInt(HIGHEST) : oneOf(list);
  }

  /** One of some kinds, those that there are. */
  int pick(Kind first, Kind... others) {
    int there = known.has(first) ? 1 : 0;
    for (Kind kind : others) {
      there += known.has(kind) ? 1 : 0;
    }
    if (there == 0) {
      return random.nextInt(HIGHEST);
    }
    int chosen = random.nextInt(there) - (known.has(first) ? 1 : 0);
    if (chosen < 0) {
      return pick(first);
    }
    for (Kind kind : others) {
      if (known.has(kind) && chosen-- == 0) {
        return pick(kind);
      }
    }
    throw new IllegalStateException("one of " + there + " kinds is not there");
  }

  /** An area of which there is one. */
  Area area() {
    return oneOf(known.areas());
  }

  /** An area of an IOAS, or if it has none any; there is one. */
  Area areaOf(int ioas) {
    List<Area> own = known.areas().stream().filter(area -> area.ioas() == ioas).toList();
    return own.isEmpty() ? area() : oneOf(own);
  }

  /** An address in the lower part of the aperture, mostly where a page begins. */
  long iova() {
    int page = random.nextInt(Layout.IOVA_PAGES);
    long iova = Layout.APERTURE + (long) page * Layout.PAGE;
    return rarely(60) ? iova + oneOf(1, 512, Layout.MOCK_PAGE, Layout.MOCK_PAGE) : iova;
  }

  /** A length of whole pages, mostly. */
  long length() {
    if (rarely(40)) {
      return oneOf(0, 1, Layout.MOCK_PAGE, Layout.MOCK_PAGE + 1);
    }
    return (1L + random.nextInt(rarely(4) ? Layout.MEMORY_PAGES : 4)) * Layout.PAGE;
  }

  /** An address of memory with so many bytes behind it, mostly where a page begins. */
  long user(long length) {
    long pages = Math.min(Layout.MEMORY_PAGES - 1, Math.max(0, (length - 1) / Layout.PAGE));
    long page = random.nextInt(Layout.MEMORY_PAGES - (int) pages);
    return Layout.MEMORY + page * Layout.PAGE + (rarely(80) ? oneOf(1, Layout.MOCK_PAGE) : 0);
  }
}
