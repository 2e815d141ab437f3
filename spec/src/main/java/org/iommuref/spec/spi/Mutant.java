package org.iommuref.spec.spi;

import java.util.List;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.step.StepMutation;

/**
 * An implementation that is wrong in one named way, and the clauses that it must violate.
 *
 * <p>The suite proves itself on these: each must fail, by one of the clauses that it names.
 */
public sealed interface Mutant {

  /** The name after {@code mutant:}. */
  String name();

  /** What is wrong, in one line. */
  String title();

  /** The clauses of which at least one must fail; not empty. */
  List<ClauseId> violates();

  /** Where the wrong line lies: {@code iommufd}, {@code core}, {@code driver} or {@code unit}. */
  String layer();

  /** The name of the target that it is a copy of. */
  String base();

  /** The races that it brings about; empty if it is about none. */
  List<RaceId> races();

  /** The same as a mutant that brings about these races, written {@code R121}. */
  Mutant ofRaces(String... ids);

  /** A backend with a part that is wrong. */
  record OfBackend(
      String name,
      String title,
      List<ClauseId> violates,
      String layer,
      String base,
      BackendProvider backend,
      List<RaceId> races)
      implements Mutant {

    /** One that is about no race. */
    public OfBackend(
        String name,
        String title,
        List<ClauseId> violates,
        String layer,
        String base,
        BackendProvider backend) {
      this(name, title, violates, layer, base, backend, List.of());
    }

    @Override
    public Mutant ofRaces(String... ids) {
      return new OfBackend(name, title, violates, layer, base, backend, RaceId.all(ids));
    }
  }

  /** A core with a part that is wrong, over the backend {@code base}. */
  record OfCore(
      String name,
      String title,
      List<ClauseId> violates,
      String base,
      CoreProvider core,
      List<RaceId> races)
      implements Mutant {

    /** One that is about no race. */
    public OfCore(
        String name, String title, List<ClauseId> violates, String base, CoreProvider core) {
      this(name, title, violates, base, core, List.of());
    }

    @Override
    public String layer() {
      return "core";
    }

    @Override
    public Mutant ofRaces(String... ids) {
      return new OfCore(name, title, violates, base, core, RaceId.all(ids));
    }
  }

  /** iommufd with a part that is wrong: judged at seam 3. */
  record OfIommufd(
      String name,
      String title,
      List<ClauseId> violates,
      String base,
      IommufdProvider iommufd,
      List<RaceId> races)
      implements Mutant {

    /** One that is about no race. */
    public OfIommufd(
        String name, String title, List<ClauseId> violates, String base, IommufdProvider iommufd) {
      this(name, title, violates, base, iommufd, List.of());
    }

    @Override
    public String layer() {
      return "iommufd";
    }

    @Override
    public Mutant ofRaces(String... ids) {
      return new OfIommufd(name, title, violates, base, iommufd, RaceId.all(ids));
    }
  }

  /** A unit with a part that is wrong: judged at seam 1. */
  record OfUnit(
      String name,
      String title,
      List<ClauseId> violates,
      String base,
      UnitProvider unit,
      List<RaceId> races)
      implements Mutant {

    /** One that is about no race. */
    public OfUnit(
        String name, String title, List<ClauseId> violates, String base, UnitProvider unit) {
      this(name, title, violates, base, unit, List.of());
    }

    @Override
    public String layer() {
      return "unit";
    }

    @Override
    public Mutant ofRaces(String... ids) {
      return new OfUnit(name, title, violates, base, unit, RaceId.all(ids));
    }
  }

  /**
   * iommufd whose steps come in a wrong order, or without a lock: only an interleaving shows it.
   */
  record OfSteppedIommufd(
      String name,
      String title,
      List<ClauseId> violates,
      String base,
      SteppedIommufdProvider iommufd,
      List<RaceId> races)
      implements Mutant {

    /** One that is about no race. */
    public OfSteppedIommufd(
        String name,
        String title,
        List<ClauseId> violates,
        String base,
        SteppedIommufdProvider iommufd) {
      this(name, title, violates, base, iommufd, List.of());
    }

    @Override
    public String layer() {
      return "iommufd";
    }

    @Override
    public Mutant ofRaces(String... ids) {
      return new OfSteppedIommufd(name, title, violates, base, iommufd, RaceId.all(ids));
    }
  }

  /** The target {@code base} with steps dropped, duplicated, narrowed or retargeted. */
  record OfSteps(
      String name,
      String title,
      List<ClauseId> violates,
      String layer,
      String base,
      StepMutation mutation,
      List<RaceId> races)
      implements Mutant {

    /** One that is about no race. */
    public OfSteps(
        String name,
        String title,
        List<ClauseId> violates,
        String layer,
        String base,
        StepMutation mutation) {
      this(name, title, violates, layer, base, mutation, List.of());
    }

    @Override
    public Mutant ofRaces(String... ids) {
      return new OfSteps(name, title, violates, layer, base, mutation, RaceId.all(ids));
    }
  }
}
