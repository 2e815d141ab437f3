package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.iommuref.model.check.Checks;
import org.iommuref.model.core.CoreCall;
import org.iommuref.model.core.CoreChecks;
import org.iommuref.model.core.CoreModel;
import org.iommuref.model.core.CoreParts;
import org.iommuref.spec.spi.Mutant;

/** The core's lists of checks, wrong in one place each. */
final class CoreCheckMutants {

  /**
   * Mutants that no caller can tell from the core.
   *
   * @param names a pattern of their names behind {@code core-}
   * @param why what hides them
   */
  record Unseen(String names, String why) {}

  static final List<Unseen> UNSEEN =
      List.of(
          new Unseen("(free-without-dom-004b?|map-without-map-026)", "the driver refuses it too"),
          new Unseen(
              "replace-pasid-without-pasid-006", "PASID 0 is never set, which is EINVAL too"),
          new Unseen("attach-pasid-pasid-007-behind-pasid-008", "such a PASID is never set"),
          new Unseen("free-dom-004-behind-dom-004b", "what does not exist is not attached"),
          new Unseen(
              ".*grp-007-behind-.*|.*-behind-grp-007", "without a group nothing else is known"),
          new Unseen(
              "replace-(group|pasid)-.*grp-008.*|.*-behind-grp-008|.*-grp-008-behind-.*",
              "nothing is ever in a domain of another driver"),
          new Unseen("free-dom-004-as-.*", "it takes a domain that does not exist"),
          new Unseen(
              "(attach-group|replace-group|claim|(attach|replace)-pasid)-(without-grp-007|grp-007-as-.*)",
              "GRP-007 is shown by attach-device"),
          new Unseen(
              "replace-pasid-(.*pasid-009.*|pasid-006-as-.*)",
              "PASID-006 and PASID-009 speak of attach-pasid"));

  private CoreCheckMutants() {}

  static List<Mutant> mutants() {
    return all().stream().filter(CoreCheckMutants::isSeen).toList();
  }

  /** The mutants of all lists, those that nobody can see among them. */
  static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>();
    for (CoreCall call : CoreCall.values()) {
      String name = call.name().toLowerCase(Locale.ROOT).replace('_', '-');
      all.addAll(of(name, CoreChecks.LINUX.of(call), wrong -> CoreChecks.LINUX.with(call, wrong)));
    }
    all.addAll(of("map", CoreChecks.LINUX.map(), CoreChecks.LINUX::withMap));
    all.addAll(of("free", CoreChecks.LINUX.free(), CoreChecks.LINUX::withFree));
    return all;
  }

  private static boolean isSeen(Mutant mutant) {
    return UNSEEN.stream()
        .noneMatch(unseen -> mutant.name().matches("core-(" + unseen.names() + ")"));
  }

  private static <R> List<Mutant> of(
      String call, Checks<R> checks, Function<Checks<R>, CoreChecks> with) {
    Stream<CheckMutation<R>> mutations = CheckMutation.of(checks).stream();
    return mutations.map(mutation -> mutant(call, mutation, with)).toList();
  }

  private static <R> Mutant mutant(
      String call, CheckMutation<R> mutation, Function<Checks<R>, CoreChecks> with) {
    String name = "core-" + call + "-" + mutation.what();
    CoreParts parts = CoreParts.LINUX.withChecks(with.apply(mutation.checks()));
    String base = mutation.what().contains("pasid-009") ? CoreMutants.VTD : CoreMutants.IDEAL;
    return new Mutant.OfCore(
        name, call + " " + mutation.title(), mutation.violates(), base, new CoreModel(name, parts));
  }
}
