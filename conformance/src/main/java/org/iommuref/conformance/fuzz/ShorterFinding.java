package org.iommuref.conformance.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finding in a shorter form: acts are left out, in blocks and then one by one, as long as the
 * same rule is broken.
 *
 * @param finding what is left
 * @param minimal whether no single act can be left out; false if the runs were used up before
 */
record ShorterFinding(Finding finding, boolean minimal) {

  private static final int MOST_RUNS = 20_000;

  /** The shortest form that is found. */
  static ShorterFinding of(Finding found) {
    Attempts attempts = new Attempts();
    Finding shortest = found;
    int block = Math.max(1, found.acts().size() / 2);
    while (attempts.left > 0) {
      Finding shorter = attempts.withoutOne(shortest, block);
      if (shorter != null) {
        shortest = shorter;
      } else if (block > 1) {
        block = block / 2;
      } else {
        return new ShorterFinding(shortest, attempts.left > 0);
      }
    }
    return new ShorterFinding(shortest, false);
  }

  /** Runs of shorter programs, of which there is a bound. */
  private static final class Attempts {

    private int left = MOST_RUNS;

    /** The same finding without one block of acts, or null if each is needed. */
    private @Nullable Finding withoutOne(Finding found, int block) {
      List<Act> acts = found.acts();
      for (int end = acts.size(); end > 0 && left > 0; end -= block) {
        List<Act> rest = new ArrayList<>(acts);
        rest.subList(Math.max(0, end - block), end).clear();
        left--;
        Finding again = found.replayed(rest);
        if (again != null && again.kind().equals(found.kind())) {
          return again;
        }
      }
      return null;
    }
  }
}
