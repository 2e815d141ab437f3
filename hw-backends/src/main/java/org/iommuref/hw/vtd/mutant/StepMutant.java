package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepMutation;

/**
 * The driver with one kind of step dropped, changed or performed twice.
 *
 * @param base the target that it is a copy of
 * @param step the kind of step
 * @param name behind the name of the target
 * @param title what is wrong, in one line
 * @param mutation what is performed in its place
 * @param violates the clauses of which at least one must fail
 * @param races that it brings about, as {@code R69}
 */
record StepMutant(
    String base,
    Class<? extends Step> step,
    String name,
    String title,
    StepMutation mutation,
    List<ClauseId> violates,
    List<String> races) {

  /** The step is not performed. */
  static <S extends Step> StepMutant drop(
      Class<S> step, String name, String title, String... clauses) {
    return drop(step, any -> true, name, title, clauses);
  }

  /** The step is not performed where the condition holds. */
  static <S extends Step> StepMutant drop(
      Class<S> step, Predicate<S> where, String name, String title, String... clauses) {
    return of(step, name, title, given -> where.test(given) ? List.of() : List.of(given), clauses);
  }

  /** The step is changed: narrowed, or led to another target. */
  static <S extends Step> StepMutant change(
      Class<S> step, UnaryOperator<S> change, String name, String title, String... clauses) {
    return of(step, name, title, given -> List.of(change.apply(given)), clauses);
  }

  /** The step is performed, and then once more as changed. */
  static <S extends Step> StepMutant again(
      Class<S> step, UnaryOperator<S> change, String name, String title, String... clauses) {
    return of(step, name, title, given -> List.of(given, change.apply(given)), clauses);
  }

  /** The steps given are performed in its place. */
  static <S extends Step> StepMutant instead(
      Class<S> step, Turned<S> turned, String name, String title, String... clauses) {
    return of(step, name, title, turned, clauses);
  }

  /** Performs what a kind of step is turned into. */
  @FunctionalInterface
  interface Turned<S extends Step> {

    /** What is performed in place of {@code given}. */
    List<S> instead(S given);
  }

  private static <S extends Step> StepMutant of(
      Class<S> step, String name, String title, Turned<S> turned, String... clauses) {
    StepMutation mutation =
        given -> step.isInstance(given) ? turned.instead(step.cast(given)) : List.of(given);
    return new StepMutant(
        VtdProvider.NAME,
        step,
        name,
        title,
        mutation,
        Stream.of(clauses).map(ClauseId::parse).toList(),
        List.of());
  }

  /** The same of another target. */
  StepMutant of(String other) {
    return new StepMutant(other, step, name, title, mutation, violates, races);
  }

  /** The same as one that brings about these races. */
  StepMutant ofRaces(String... ids) {
    return new StepMutant(base, step, name, title, mutation, violates, List.of(ids));
  }

  /** As the suite knows it. */
  Mutant mutant() {
    return new Mutant.OfSteps(base + "-" + name, title, violates, "driver", base, mutation)
        .ofRaces(races.toArray(String[]::new));
  }
}
