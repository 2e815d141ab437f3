package org.iommuref.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.jspecify.annotations.Nullable;

/**
 * What one step of a generated sequence is about; numbers are reduced to what exists when it is
 * written out.
 *
 * @param what the kind of step
 * @param which picks device, domain or PASID
 * @param where picks an address from a small set, so that steps meet
 * @param much picks counts, rights and kinds of access
 */
record Intention(What what, int which, int where, int much) {

  /** The kinds of step. */
  enum What {
    MAP(8),
    UNMAP(6),
    SYNC(5),
    FLUSH(1),
    READ(12),
    WRITE(4),
    ATTACH(3),
    BLOCK(1),
    LOOK_UP(1),
    MAP_LARGE(2, Capability.LARGE_PAGES),
    TAKE_FAULTS(2, Capability.FAULT_RECORDS),
    SET_PASID(2, Capability.STIMULUS_PASID),
    REMOVE_PASID(1, Capability.STIMULUS_PASID),
    PASID_READ(4, Capability.STIMULUS_PASID),
    TRACK(2, Theme.RECORDING),
    QUERY(8, Theme.RECORDING),
    WRITE_TRACKED(8, Theme.RECORDING),
    GUEST_ENTRY(6, Theme.NESTING),
    GUEST_INVALIDATE(7, Theme.NESTING),
    GUEST_ACCESS(12, Theme.NESTING),
    GUEST_ATTACH(3, Theme.NESTING),
    GUEST_DOMAIN(4, Theme.NESTING),
    GUEST_PAGE(3, Theme.NESTING),
    EXPECT(1, Theme.REQUESTS),
    ASK(9, Theme.REQUESTS),
    TAKE_REQUESTS(4, Theme.REQUESTS),
    ANSWER(5, Theme.REQUESTS),
    TAKE_ANSWERS(3, Theme.REQUESTS),
    MISS(3, Theme.KEEPING),
    TRANSLATE(6, Theme.KEEPING),
    CONTROL(1, Theme.KEEPING),
    SERVE_ANEW(2, Theme.KEEPING),
    GO_AWAY(1, Theme.KEEPING),
    ENFORCE(4, Theme.COHERENCY),
    DAMAGE(4, Theme.DAMAGE);

    private final int weight;
    private final @Nullable Capability need;
    private final @Nullable Theme theme;

    What(int weight) {
      this(weight, null, null);
    }

    What(int weight, Capability need) {
      this(weight, need, null);
    }

    What(int weight, Theme theme) {
      this(weight, null, theme);
    }

    What(int weight, @Nullable Capability need, @Nullable Theme theme) {
      this.weight = weight;
      this.need = need;
      this.theme = theme;
    }

    /** The theme to which it belongs, or null if to none. */
    @Nullable Theme theme() {
      return theme;
    }

    private boolean isOf(Set<Theme> themes, HwInfo claims) {
      return theme == null ? isClaimed(claims) : themes.contains(theme);
    }

    /** A PASID that devices can raise is one that hardware has to know too. */
    private boolean isClaimed(HwInfo claims) {
      return need == null
          || (claims.has(need)
              && (need != Capability.STIMULUS_PASID || claims.has(Capability.PASID)));
    }
  }

  private static final int LONGEST = 40;
  private static final int SHORTEST = 8;

  /** A theme makes a sequence longer, so that it has as much room as maps and accesses. */
  private static final int MORE_FOR_A_THEME = 10;

  /** Lists of intentions that an implementation with these claims can be given. */
  static Arbitrary<List<Intention>> lists(HwInfo claims) {
    List<Theme> themes = Theme.of(claims);
    return themes.isEmpty()
        ? lists(claims, Set.of())
        : Arbitraries.subsetOf(themes)
            .ofMaxSize(Math.min(themes.size(), Theme.MOST))
            .flatMap(some -> lists(claims, some));
  }

  private static Arbitrary<List<Intention>> lists(HwInfo claims, Set<Theme> themes) {
    Arbitrary<Intention> one =
        Combinators.combine(
                Arbitraries.frequency(frequencies(claims, themes)),
                Arbitraries.integers().between(0, 5).withoutEdgeCases(),
                Arbitraries.integers().between(0, 11).withoutEdgeCases(),
                Arbitraries.integers().between(0, 63).withoutEdgeCases())
            .as(Intention::new);
    int longest = LONGEST + MORE_FOR_A_THEME * themes.size();
    return one.list().ofMinSize(SHORTEST).ofMaxSize(longest);
  }

  private static List<Tuple.Tuple2<Integer, What>> frequencies(HwInfo claims, Set<Theme> themes) {
    List<Tuple.Tuple2<Integer, What>> all = new ArrayList<>();
    for (What what : What.values()) {
      if (what.isOf(themes, claims)) {
        all.add(Tuple.of(what.weight, what));
      }
    }
    return all;
  }
}
