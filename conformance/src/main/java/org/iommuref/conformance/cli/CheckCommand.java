package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.tla.CheckSelection;
import org.iommuref.tla.ConfigVerdict;
import org.iommuref.tla.ModelCheck;
import org.iommuref.tla.Models;
import org.iommuref.tla.Tier;
import org.iommuref.tla.tlc.Tlc;
import org.iommuref.tla.tlc.TlcOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs TLC on models and their faults, or on traces: 0 if every result is the manifest's and every
 * trace is judged as it should be, 1 if one is not, 2 if TLC does not come up.
 */
@Command(
    name = "check",
    description = "Runs TLC on models and their faults, or on traces of our driver.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  /** Enough for each fault of the models here, some ten seconds for the largest. */
  private static final int BEHAVIOURS = 20_000;

  @Parameters(paramLabel = "MODEL", description = "Models; all if none is named.", arity = "0..*")
  private List<String> names = List.of();

  @Option(
      names = "--tier",
      paramLabel = "TIER",
      description = "The most that a config may cost: quick (default), full or nightly.")
  private String tier = Tier.QUICK.toString();

  @Option(
      names = "--fault",
      paramLabel = "NAME",
      description = "One fault alone, whatever its tier; its counterexample is shown.")
  private Optional<String> fault = Optional.empty();

  @Option(
      names = "--simulate",
      description = {
        "Tries " + BEHAVIOURS + " random behaviours a config, always the same ones,",
        "instead of every state."
      })
  private boolean simulate;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Threads of TLC in all; as many as there are processors if not given.")
  private int workers = Runtime.getRuntime().availableProcessors();

  @Mixin private TraceOptions traces = new TraceOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    return traces.areWanted() ? traces.judge(names, spec.commandLine()) : check(Models.load());
  }

  int check(Models models) {
    CheckSelection selection = new CheckSelection(names, tierNamed(tier), fault);
    if (workers < 1) {
      throw new UserException("--workers wants a number from 1 on, not " + workers);
    }
    ModelCheck every = new ModelCheck(models, Tlc.find());
    ModelCheck check = simulate ? every.simulating(BEHAVIOURS) : every;
    PrintWriter out = spec.commandLine().getOut();
    CheckTable table = CheckTable.of(models, out);
    List<ConfigVerdict> verdicts = check.run(selection, workers, table::row);
    Counterexamples drawing = new Counterexamples(Catalogue.load(), out);
    verdicts.stream()
        .filter(verdict -> fault.isPresent() || !verdict.agrees())
        .forEach(drawing::draw);
    long agreeing = verdicts.stream().filter(ConfigVerdict::agrees).count();
    out.println(agreeing + " of " + verdicts.size() + " configs as their manifest says");
    out.flush();
    return exitCode(verdicts);
  }

  /** A run of which TLC's JVM did not come up says nothing of the model. */
  static int exitCode(List<ConfigVerdict> verdicts) {
    List<ConfigVerdict> differing = verdicts.stream().filter(one -> !one.agrees()).toList();
    if (differing.isEmpty()) {
      return ExitCode.CONFORMANT;
    }
    boolean noneRan =
        differing.stream().allMatch(one -> one.result().outcome() == TlcOutcome.BROKEN);
    return noneRan ? ExitCode.UNVERIFIED : ExitCode.NOT_CONFORMANT;
  }

  private static Tier tierNamed(String name) {
    return Tier.named(name)
        .orElseThrow(
            () ->
                new UserException(
                    "unknown tier '"
                        + name
                        + "'; there is "
                        + Arrays.stream(Tier.values())
                            .map(Tier::toString)
                            .collect(Collectors.joining(", "))));
  }
}
