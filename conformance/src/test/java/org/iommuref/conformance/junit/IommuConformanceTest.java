package org.iommuref.conformance.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.target.Target;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Which test of the JUnit face passes, fails and is aborted. */
class IommuConformanceTest {

  static class OverAForgetfulBackend extends IommuConformance {
    @Override
    protected Target target() {
      return Target.of(new ForgetfulBackend());
    }

    @Override
    protected Selection selection() {
      return Selection.all().of(List.of("INV-*", "DOM-*")).withSequences(0);
    }
  }

  static class OverAUnitWithoutItsCache extends IommuConformance {
    @Override
    protected Target target() {
      IdealProvider ideal = new IdealProvider();
      HwInfo claims = ideal.hwInfo();
      Set<Capability> unit = new TreeSet<>(claims.unit());
      unit.add(Capability.TRANSLATION_CACHE);
      return Target.of(
          "cacheless",
          new HwInfo(
              claims.architecture(),
              claims.pageSizes(),
              claims.addressBits(),
              claims.maxPasids(),
              unit,
              claims.stimulus()),
          ideal::open);
    }

    @Override
    protected Selection selection() {
      return Selection.all().of(List.of("INV-001", "INV-003")).withSequences(0);
    }
  }

  static class OverNothing extends IommuConformance {
    @Override
    protected Target target() {
      return Target.of(new ForgetfulBackend());
    }

    @Override
    protected Selection selection() {
      return Selection.all().of(List.of("VTD-*")).withSequences(0);
    }
  }

  static class OverADeafUnit extends IommuConformance {
    @Override
    protected Target target() {
      return Target.of(new DeafUnit(UnitConformanceTest.unit()));
    }

    @Override
    protected Selection selection() {
      return Selection.all().of(List.of("VTD-02*", "VTD-04*"));
    }
  }

  @Test
  void brokenUnit_failsTheTestOfTheClause_withSequenceReasonAndReplayData() {
    Outcomes outcomes = Outcomes.of(OverADeafUnit.class);

    assertThat(outcomes.messages(Status.FAILED).keySet())
        .containsExactly("VTD-041 A 64-bit register can be accessed in halves");
    assertThat(outcomes.message("VTD-041"))
        .contains("FAIL  deaf\n")
        .contains("after 3 operations (1-minimal, seed 1, case '")
        .contains("replay data:\n{\n  \"format\": 1,\n  \"clause\": \"VTD-041\",");
    assertThat(outcomes.messages(Status.SUCCESSFUL).keySet()).anyMatch(n -> n.startsWith("VTD-02"));
  }

  @Test
  void brokenBackend_failsTheTestOfTheClause_withSequenceReasonAndReplayData() {
    Outcomes outcomes = Outcomes.of(OverAForgetfulBackend.class);

    assertThat(outcomes.messages(Status.FAILED).keySet())
        .containsExactly("INV-005 Invalidation covers the whole range");
    assertThat(outcomes.message("INV-005"))
        .startsWith("INV-005   Invalidation covers the whole range ")
        .contains("FAIL  forgetful\n")
        .contains("(1-minimal, seed 1, case '")
        .contains("  why:     ")
        .contains("replay data:\n{\n  \"format\": 1,\n  \"clause\": \"INV-005\",");
    assertThat(outcomes.messages(Status.SUCCESSFUL).keySet()).anyMatch(n -> n.startsWith("DOM-"));
    assertThat(outcomes.message("INV-003"))
        .isEqualTo("INV-003 not-claimed: the target does not claim TRANSLATION_CACHE");
    assertThat(outcomes.messages(Status.ABORTED).keySet())
        .anyMatch(name -> name.startsWith("INV-003 "));
  }

  @Test
  void unverifiedMust_fails_andUnverifiedMay_isAborted() {
    Outcomes outcomes = Outcomes.of(OverAUnitWithoutItsCache.class);

    assertThat(outcomes.messages(Status.FAILED)).hasSize(1);
    assertThat(outcomes.message("INV-001")).startsWith("INV-001 unverified: never seen: ");
    assertThat(outcomes.messages(Status.ABORTED)).hasSize(1);
    assertThat(outcomes.message("INV-003")).startsWith("(may) INV-003 unverified: never seen: ");
  }

  @Test
  void selectionThatJudgesNothing_failsTheContainer() {
    Outcomes outcomes = Outcomes.of(OverNothing.class);

    assertThat(outcomes.messages(Status.FAILED)).hasSize(1);
    assertThat(outcomes.message("clauses")).isEqualTo("nothing was judged: forgetful, VTD-*");
  }

  /** What the tests of a class came to, by display name. */
  private record Outcomes(Map<String, TestExecutionResult> byName)
      implements TestExecutionListener {

    static Outcomes of(Class<?> tests) {
      Outcomes outcomes = new Outcomes(new TreeMap<>());
      LauncherFactory.create()
          .execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(),
              outcomes);
      return outcomes;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest() || result.getThrowable().isPresent()) {
        byName.put(test.getDisplayName(), result);
      }
    }

    Map<String, String> messages(Status status) {
      Map<String, String> messages = new TreeMap<>();
      byName.forEach(
          (name, result) -> {
            if (result.getStatus() == status) {
              messages.put(name, messageOf(result));
            }
          });
      return messages;
    }

    String message(String begin) {
      return byName.entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(begin))
          .map(entry -> messageOf(entry.getValue()))
          .findFirst()
          .orElse("");
    }

    private static String messageOf(TestExecutionResult result) {
      return result.getThrowable().map(failure -> "" + failure.getMessage()).orElse("");
    }
  }
}
