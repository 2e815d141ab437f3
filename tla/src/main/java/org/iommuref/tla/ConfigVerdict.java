package org.iommuref.tla;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.tla.tlc.TlcOutcome;
import org.iommuref.tla.tlc.TlcResult;
import org.iommuref.tla.tlc.TlcRun;

/**
 * What one config showed, beside what its manifest says.
 *
 * @param model the model
 * @param config the config
 * @param result what TLC found
 * @param clauses the clauses that the violated invariant cites, in order; empty if none was
 *     violated
 * @param deviations how the result differs from the manifest, one line each; empty if it agrees
 */
public record ConfigVerdict(
    Model model,
    ModelConfig config,
    TlcResult result,
    List<ClauseId> clauses,
    List<String> deviations) {

  /** Copies the lists. */
  public ConfigVerdict {
    clauses = List.copyOf(clauses);
    deviations = List.copyOf(deviations);
  }

  /**
   * Compares a result with the manifest: counts only if the run looked at every state, depth only
   * if it is exact, which takes one worker.
   */
  static ConfigVerdict of(
      Model model, ModelConfig config, TlcRun run, TlcResult result, List<ClauseId> clauses) {
    List<String> deviations = new ArrayList<>();
    if (result.outcome() != config.expected()) {
      String random = run.behaviours() == 0 ? "" : " in " + run.behaviours() + " random behaviours";
      deviations.add("expected " + config.expected() + ", found " + found(result) + random);
    } else if (!result.violated().equals(config.violated())) {
      deviations.add(
          "expected a violation of "
              + config.violated().orElse("nothing")
              + ", found one of "
              + result.violated().orElse("nothing"));
    }
    boolean complete = result.outcome() == TlcOutcome.OK && run.behaviours() == 0;
    if (complete && config.expected() == TlcOutcome.OK) {
      if (!result.distinctStates().equals(config.distinctStates())) {
        deviations.add(
            "expected %d distinct states, found %d"
                .formatted(config.distinctStates().orElse(0), result.distinctStates().orElse(0)));
      }
      if (run.workers() == 1 && !result.depth().equals(config.depth())) {
        deviations.add(
            "expected depth %d, found %d"
                .formatted(config.depth().orElse(0), result.depth().orElse(0)));
      }
      result
          .actionsNeverTaken()
          .forEach(action -> deviations.add("action " + action + " is never taken"));
    }
    return new ConfigVerdict(model, config, result, clauses, deviations);
  }

  private static String found(TlcResult result) {
    String violated = result.violated().map(name -> " (" + name + ")").orElse("");
    String problem = result.problems().isEmpty() ? "" : ": " + result.problems().get(0);
    return result.outcome() + violated + problem;
  }

  /** Whether the result is the manifest's. */
  public boolean agrees() {
    return deviations.isEmpty();
  }
}
