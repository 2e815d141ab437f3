package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.iommuref.conformance.explain.Explainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints everything tied to one id; 64 if there is no such id. */
@Command(
    name = "explain",
    description =
        "Explains a clause, mutant, model, scenario, race or target, with everything tied to it.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "As in INV-001, UnmapFlush, R07 or vtd.")
  private String id = "";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Explainer explainer = Explainer.onClassPath();
    String text = explainer.explain(id).orElseThrow(() -> unknown(explainer.nearest(id)));
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
    return ExitCode.CONFORMANT;
  }

  private UserException unknown(List<String> nearest) {
    return new UserException(
        "unknown id '"
            + id
            + "'; "
            + (nearest.isEmpty()
                ? "see ./iommuref list clauses, models, mutants, scenarios, races or targets"
                : "nearest: " + String.join(", ", nearest)));
  }
}
