package org.iommuref.conformance.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.conformance.compare.Generator.Sequence;
import org.iommuref.conformance.program.SystemCall;
import org.junit.jupiter.api.Test;

/** What random sequences reach. */
final class GeneratorTest {

  private static final int SEQUENCES = 300;
  private static final int ENOUGH = 25;

  /** Each needs a virtual unit, and that one a parent, a device and an IOAS. */
  private static final List<String> DEEP =
      List.of("IOMMU_TEST_OP_TRIGGER_VEVENT", "IOMMU_HW_QUEUE_ALLOC", "IOMMU_VDEVICE_ALLOC");

  @Test
  void sequences_ofManySeeds_succeedWithCallsThatNeedMuchBefore() {
    Map<String, Integer> succeeded = new HashMap<>();
    for (long seed = 1; seed <= SEQUENCES; seed++) {
      count(Generator.sequence(seed, name -> true), succeeded);
    }
    assertThat(DEEP)
        .allSatisfy(
            name ->
                assertThat(succeeded.getOrDefault(name, 0))
                    .as(name)
                    .isGreaterThanOrEqualTo(ENOUGH));
  }

  private static void count(Sequence sequence, Map<String, Integer> succeeded) {
    List<String> answers = sequence.answers();
    int answer = 0;
    for (Step step : sequence.steps()) {
      for (SystemCall call : step.calls()) {
        if (call.isIoctl() && !answers.get(answer).startsWith("-")) {
          succeeded.merge(step.name(), 1, Integer::sum);
        }
        answer++;
      }
    }
  }
}
