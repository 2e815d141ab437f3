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

  /** A backend with a part that is wrong. */
  record OfBackend(
      String name,
      String title,
      List<ClauseId> violates,
      String layer,
      String base,
      BackendProvider backend)
      implements Mutant {}

  /** A core with a part that is wrong, over the backend {@code base}. */
  record OfCore(String name, String title, List<ClauseId> violates, String base, CoreProvider core)
      implements Mutant {
    @Override
    public String layer() {
      return "core";
    }
  }

  /** iommufd with a part that is wrong: judged at seam 3. */
  record OfIommufd(
      String name, String title, List<ClauseId> violates, String base, IommufdProvider iommufd)
      implements Mutant {
    @Override
    public String layer() {
      return "iommufd";
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
      SteppedIommufdProvider iommufd)
      implements Mutant {
    @Override
    public String layer() {
      return "iommufd";
    }
  }

  /** The target {@code base} with steps dropped, duplicated, narrowed or retargeted. */
  record OfSteps(
      String name,
      String title,
      List<ClauseId> violates,
      String layer,
      String base,
      StepMutation mutation)
      implements Mutant {}
}
