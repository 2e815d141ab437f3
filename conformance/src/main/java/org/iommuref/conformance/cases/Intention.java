package org.iommuref.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;

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
    MAP,
    MAP_LARGE,
    UNMAP,
    SYNC,
    FLUSH,
    READ,
    WRITE,
    ATTACH,
    BLOCK,
    SET_PASID,
    REMOVE_PASID,
    PASID_READ,
    LOOK_UP,
    TAKE_FAULTS
  }

  private static final int LONGEST = 40;
  private static final int SHORTEST = 8;

  /** Lists of intentions that an implementation with these claims can be given. */
  static Arbitrary<List<Intention>> lists(HwInfo claims) {
    Arbitrary<Intention> one =
        Combinators.combine(
                Arbitraries.frequency(frequencies(claims)),
                Arbitraries.integers().between(0, 5).withoutEdgeCases(),
                Arbitraries.integers().between(0, 11).withoutEdgeCases(),
                Arbitraries.integers().between(0, 63).withoutEdgeCases())
            .as(Intention::new);
    return one.list().ofMinSize(SHORTEST).ofMaxSize(LONGEST);
  }

  private static List<Tuple.Tuple2<Integer, What>> frequencies(HwInfo claims) {
    List<Tuple.Tuple2<Integer, What>> all = new ArrayList<>();
    all.add(Tuple.of(8, What.MAP));
    all.add(Tuple.of(6, What.UNMAP));
    all.add(Tuple.of(5, What.SYNC));
    all.add(Tuple.of(1, What.FLUSH));
    all.add(Tuple.of(12, What.READ));
    all.add(Tuple.of(4, What.WRITE));
    all.add(Tuple.of(3, What.ATTACH));
    all.add(Tuple.of(1, What.BLOCK));
    all.add(Tuple.of(1, What.LOOK_UP));
    if (claims.has(Capability.LARGE_PAGES)) {
      all.add(Tuple.of(2, What.MAP_LARGE));
    }
    if (claims.has(Capability.FAULT_RECORDS)) {
      all.add(Tuple.of(2, What.TAKE_FAULTS));
    }
    if (claims.has(Capability.PASID) && claims.has(Capability.STIMULUS_PASID)) {
      all.add(Tuple.of(2, What.SET_PASID));
      all.add(Tuple.of(1, What.REMOVE_PASID));
      all.add(Tuple.of(4, What.PASID_READ));
    }
    return all;
  }
}
