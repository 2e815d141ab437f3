package org.iommuref.model.mutant;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.iommuref.model.check.Checks;
import org.iommuref.model.ideal.IdealBackend;
import org.iommuref.model.ideal.IdealChecks;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.model.ideal.MapCall;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;

/** The mutants of the target {@code ideal}. */
public final class IdealMutants implements MutantProvider {

  private static final String BASE = "ideal";
  private static final String LAYER = "driver";
  private static final Set<ClauseId> CALLERS_ERRORS =
      Set.copyOf(clauses("MAP-015 MAP-016 MAP-024"));

  @Override
  public List<Mutant> mutants() {
    return Stream.of(
            checks(),
            WrongMaps.mutants(),
            WrongUnmaps.mutants(),
            WrongSyncs.mutants(),
            WrongDomains.mutants(),
            WrongAttaches.mutants(),
            WrongPasids.mutants(),
            WrongAccesses.mutants(),
            WrongFaults.mutants())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Ideal behind something that changes one of its calls; {@code clauses} is written {@code MAP-001
   * MAP-002}.
   */
  static Mutant mutant(
      String name, String title, String clauses, UnaryOperator<IommuBackend> change) {
    return mutant(
        name,
        title,
        clauses(clauses),
        (environment, ideal) -> change.apply(ideal.open(environment)));
  }

  static List<ClauseId> clauses(String ids) {
    return Arrays.stream(ids.split(" ")).map(ClauseId::parse).toList();
  }

  /** Of the checks of a map: what a caller that keeps to the page sizes can still get wrong. */
  private static List<Mutant> checks() {
    return CheckMutation.of(IdealChecks.MAP).stream()
        .filter(mutation -> CALLERS_ERRORS.containsAll(mutation.violates()))
        .map(IdealMutants::withChecks)
        .toList();
  }

  private static Mutant withChecks(CheckMutation<MapCall> mutation) {
    Checks<MapCall> wrong = mutation.checks();
    return mutant(
        "map-" + mutation.what(),
        "map " + mutation.title(),
        mutation.violates(),
        (environment, ideal) ->
            new IdealBackend(environment.topology(), environment.memory(), wrong));
  }

  private static Mutant mutant(
      String name,
      String title,
      List<ClauseId> violates,
      BiFunction<Environment, BackendProvider, IommuBackend> open) {
    String full = BASE + "-" + name;
    return new Mutant.OfBackend(
        full, title, violates, LAYER, BASE, new Provider(full, title, new IdealProvider(), open));
  }

  /** Brings a mutant under its name, with the claims of what it is a copy of. */
  private record Provider(
      String name,
      String title,
      BackendProvider base,
      BiFunction<Environment, BackendProvider, IommuBackend> open)
      implements BackendProvider {

    @Override
    public HwInfo hwInfo() {
      return base.hwInfo();
    }

    @Override
    public IommuBackend open(Environment environment) {
      return open.apply(environment, base);
    }
  }
}
