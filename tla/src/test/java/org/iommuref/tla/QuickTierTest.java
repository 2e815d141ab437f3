package org.iommuref.tla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.tla.tlc.Tlc;
import org.iommuref.tla.tlc.TlcOutcome;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("once")
class QuickTierTest {

  /** Runs the tier once and shows each config as a test. */
  @TestFactory
  Stream<DynamicTest> quickTier_onTwoWorkers_agreesWithTheManifest() {
    List<ConfigVerdict> told = new ArrayList<>();
    ModelCheck check = new ModelCheck(Models.load(), Tlc.find());
    List<ConfigVerdict> verdicts = check.run(CheckSelection.upTo(Tier.QUICK), 2, told::add);
    assertThat(told).containsExactlyInAnyOrderElementsOf(verdicts);
    return verdicts.stream()
        .map(verdict -> DynamicTest.dynamicTest(verdict.config().name(), () -> agrees(verdict)));
  }

  private static void agrees(ConfigVerdict verdict) {
    assertThat(verdict.deviations()).isEmpty();
    boolean violates = verdict.config().expected() == TlcOutcome.INVARIANT;
    assertThat(verdict.result().counterexample().isEmpty()).isEqualTo(!violates);
    // A fault breaks a rule; a reachability is a statement about the model alone.
    assertThat(verdict.clauses().isEmpty()).isEqualTo(verdict.config().fault().isEmpty());
  }
}
