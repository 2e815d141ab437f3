package org.iommuref.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.spec.backend.HwInfo;

/**
 * Generated sequences, the same for the same seed.
 *
 * <p>jqwik's arbitraries draw the intentions; {@link SequenceWriter} writes them out as operations
 * that keep the caller's side of the contract. The oracle alone judges them.
 */
final class Sequences {

  private static final int GEN_SIZE = 1000;

  private Sequences() {}

  static List<Case> of(HwInfo claims, DataMemory memory, int count, long seed) {
    List<Case> cases = new ArrayList<>();
    if (count == 0) {
      return cases;
    }
    JqwikSession.run(
        () -> {
          Random random = new Random(seed);
          Arbitrary<List<Intention>> lists = Intention.lists(claims);
          var generator = lists.generator(GEN_SIZE);
          for (int i = 0; i < count; i++) {
            List<Intention> intentions = generator.next(random).value();
            cases.add(SequenceWriter.write("generated " + (i + 1), claims, memory, intentions));
          }
        });
    return cases;
  }
}
