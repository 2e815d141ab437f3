package org.iommuref.tla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.tla.tlc.TlaException;
import org.iommuref.tla.tlc.Tlc;
import org.iommuref.tla.tlc.TlcOutcome;
import org.junit.jupiter.api.Test;

class ModelCheckTest {

  private static final CheckSelection QUICK = CheckSelection.upTo(Tier.QUICK);

  @Test
  void check_modelAsTheManifestSays_agrees() {
    ConfigVerdict verdict = only(check(new TinyModels(), QUICK));

    assertThat(verdict.agrees()).isTrue();
    assertThat(verdict.result().actions()).containsEntry("Up", 2L).containsEntry("Again", 1L);
  }

  @Test
  void check_fault_givesTheCounterexampleAndTheClause() {
    ConfigVerdict verdict =
        only(check(new TinyModels(), CheckSelection.ofFault("Counter", "TooFar")));

    assertThat(verdict.agrees()).isTrue();
    assertThat(verdict.clauses()).containsExactly(ClauseId.parse("INV-001"));
    assertThat(CounterexampleTimeline.draw(verdict.model(), verdict.result()))
        .isEqualTo(
            """
                 counter  changes
              1  Up       n: 0 -> 1
              2  Up       n: 1 -> 2
              3  Up       n: 2 -> 3
            """);
  }

  @Test
  void check_otherCounts_namesBoth() {
    String manifest = TinyModels.manifest("ok", "\"distinctStates\": 4, \"depth\": 7");

    ConfigVerdict verdict = only(check(new TinyModels().with("manifest.json", manifest), QUICK));

    assertThat(verdict.deviations())
        .containsExactly("expected 4 distinct states, found 3", "expected depth 7, found 3");
  }

  @Test
  void check_unexpectedViolation_namesTheInvariant() {
    String config = "CONSTANT Limit = 4\nSPECIFICATION Spec\nINVARIANT Small\n";

    ConfigVerdict verdict =
        only(check(new TinyModels().with("Counter/MCCounter.cfg", config), QUICK));

    assertThat(verdict.deviations()).containsExactly("expected ok, found invariant (Small)");
  }

  @Test
  void check_actionThatIsNeverTaken_fails() {
    String idle = TinyModels.COUNTER.replace("Again == n = Limit", "Again == n > Limit");
    String noDeadlock = idle.replace("Next == Up", "Next == UNCHANGED n \\/ Up");

    ConfigVerdict verdict =
        only(check(new TinyModels().with("Counter/Counter.tla", noDeadlock), QUICK));

    assertThat(verdict.deviations()).containsExactly("action Again is never taken");
  }

  @Test
  void check_deadlock_isADeviation() {
    String stuck = TinyModels.COUNTER.replace("Next == Up \\/ Again", "Next == Up");

    ConfigVerdict verdict = only(check(new TinyModels().with("Counter/Counter.tla", stuck), QUICK));

    assertThat(verdict.result().outcome()).isEqualTo(TlcOutcome.DEADLOCK);
    assertThat(verdict.deviations()).containsExactly("expected ok, found deadlock");
  }

  @Test
  void check_moduleThatCannotBeParsed_saysSo() {
    String broken = TinyModels.COUNTER.replace("Init == n = 0", "Init == n = = 0");

    ConfigVerdict verdict =
        only(check(new TinyModels().with("Counter/Counter.tla", broken), QUICK));

    assertThat(verdict.result().outcome()).isEqualTo(TlcOutcome.PARSE);
    assertThat(verdict.deviations()).hasSize(1);
    assertThat(verdict.deviations().get(0)).startsWith("expected ok, found parse: ");
  }

  @Test
  void check_configOfAnUnknownOperator_saysSo() {
    String config = "CONSTANT Limit = 2\nSPECIFICATION Spec\nINVARIANT Tiny\n";

    ConfigVerdict verdict =
        only(check(new TinyModels().with("Counter/MCCounter.cfg", config), QUICK));

    assertThat(verdict.result().outcome()).isEqualTo(TlcOutcome.CONFIG);
    assertThat(verdict.deviations().get(0)).contains("Tiny");
  }

  @Test
  void check_fullTier_includesQuickInTheManifestsOrder() {
    List<ConfigVerdict> verdicts = check(new TinyModels(), CheckSelection.upTo(Tier.FULL));

    assertThat(verdicts)
        .extracting(verdict -> verdict.config().name())
        .containsExactly("MCCounter", "MCCounter_TooFar");
  }

  @Test
  void check_unknownNames_areListed() {
    var unknownModel = new CheckSelection(List.of("Clock"), Tier.QUICK, Optional.empty());
    var unknownFault = CheckSelection.ofFault("Counter", "TooNear");

    assertThatThrownBy(() -> check(new TinyModels(), unknownModel))
        .isInstanceOf(TlaException.class)
        .hasMessage("unknown model 'Clock'; there is Counter");
    assertThatThrownBy(() -> check(new TinyModels(), unknownFault))
        .isInstanceOf(TlaException.class)
        .hasMessage("unknown fault 'TooNear'; there is TooFar");
  }

  private static List<ConfigVerdict> check(TinyModels library, CheckSelection selection) {
    return new ModelCheck(Models.of(List.of(library)), Tlc.find()).run(selection, 1, v -> {});
  }

  private static ConfigVerdict only(List<ConfigVerdict> verdicts) {
    assertThat(verdicts).hasSize(1);
    return verdicts.get(0);
  }
}
