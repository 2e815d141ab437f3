package org.iommuref.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Mutant;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every mutant dies by a clause that it names, and every clause that is tested kills one. */
class KillMatrixTest {

  @TestFactory
  Stream<DynamicTest> mutant_isKilledByAClauseThatItNames() {
    return Matrix.mutants().stream()
        .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> assertKilled(mutant)));
  }

  private static void assertKilled(Mutant mutant) {
    Kill kill = Matrix.of(mutant);
    assertThat(kill.word())
        .as(
            "%s (%s) names %s, failed by %s %s",
            mutant.name(), mutant.title(), mutant.violates(), kill.killers(), kill.harness())
        .isEqualTo("killed");
  }

  @TestFactory
  Stream<DynamicTest> testedMust_failsOnAMutantThatNamesIt() {
    return Matrix.testedMust().stream()
        .map(clause -> DynamicTest.dynamicTest(clause.toString(), () -> assertKills(clause)));
  }

  private static void assertKills(ClauseId clause) {
    List<Mutant> naming = Matrix.naming(clause);
    assertThat(naming.stream().filter(mutant -> Matrix.of(mutant).killers().contains(clause)))
        .extracting(Mutant::name)
        .as("killed by %s of %s", clause, naming.stream().map(Mutant::name).toList())
        .isNotEmpty();
  }

  @Test
  void mutants_areThereInEveryLayer() {
    assertThat(Matrix.mutants()).hasSizeGreaterThan(200);
    assertThat(Matrix.mutants()).extracting(Mutant::layer).contains("core", "driver", "unit");
  }

  @Test
  void matrix_rightImplementation_survives() {
    BackendProvider ideal =
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals("ideal"))
            .findFirst()
            .orElseThrow();
    assertThat(run(mutant("MAP-004", "ideal", ideal)).word()).isEqualTo("survived");
  }

  @Test
  void matrix_mutantThatNamesAnotherClause_isMisnamed() {
    Kill kill = run(mutant("FREC-001", "ideal", neverWritable()));
    assertThat(kill.word()).isEqualTo("misnamed");
    assertThat(kill.killers()).contains(ClauseId.parse("MAP-004"));
  }

  /** A clause that fails on the original too proves nothing of its copy. */
  @Test
  void matrix_originalThatFailsToo_isBroken() {
    Kill kill = run(mutant("MAP-004", "mutant:ideal-never-writable", neverWritable()));
    assertThat(kill.word()).isEqualTo("broken");
    assertThat(kill.byNamedClause()).isFalse();
    assertThat(kill.harness()).contains("mutant:ideal-never-writable itself fails MAP-004");
  }

  private static Kill run(Mutant mutant) {
    return new KillMatrix(Matrix.CATALOGUE, Matrix.TARGETS, Selection.all(), true)
        .run(mutant, Matrix.SEED);
  }

  private static Mutant mutant(String clause, String base, BackendProvider backend) {
    List<ClauseId> violates = List.of(ClauseId.parse(clause));
    return new Mutant.OfBackend("of-a-test", "of a test", violates, "driver", base, backend);
  }

  private static BackendProvider neverWritable() {
    Mutant mutant = Matrix.TARGETS.mutants().get("ideal-never-writable");
    assertThat(mutant).isInstanceOf(Mutant.OfBackend.class);
    return ((Mutant.OfBackend) Objects.requireNonNull(mutant)).backend();
  }
}
