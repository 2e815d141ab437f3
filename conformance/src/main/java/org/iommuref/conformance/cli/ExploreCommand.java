package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.iommuref.conformance.scenario.Bound;
import org.iommuref.conformance.scenario.ScenarioExploration;
import org.iommuref.conformance.scenario.ScenarioFile;
import org.iommuref.conformance.scenario.ScenarioLibrary;
import org.iommuref.conformance.scenario.ScenarioReport;
import org.iommuref.conformance.scenario.Search;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.explore.StoreOrder;
import org.iommuref.spec.clause.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Runs the interleavings of a scenario: 0 if nothing was seen that must not be, 1 if something was,
 * 2 if what must be seen was not.
 */
@Command(
    name = "explore",
    description = "Runs the interleavings of a scenario and lists the outcomes.",
    mixinStandardHelpOptions = true)
final class ExploreCommand implements Callable<Integer> {

  private static final long SCHEDULES = 1_000;

  private static final String DFS = "dfs";
  private static final String EXHAUSTIVE = "exhaustive";
  private static final String RANDOM = "random";
  private static final String PCT = "pct";
  private static final int DEPTH = 3;
  private static final String OWN = "the scenario's own bound";

  @Parameters(
      paramLabel = "SCENARIO",
      arity = "0..1",
      description = "A name, or a file that ends in .yaml; every scenario if not given.")
  private Optional<String> scenario = Optional.empty();

  @Option(
      names = "--seam",
      paramLabel = "N",
      description = "Without a scenario: those of seam 2 or 3 alone.")
  private Optional<Integer> seam = Optional.empty();

  @Option(
      names = "--mutants",
      description = "Explores, after each scenario, the mutants that it gives away.")
  private boolean mutants;

  @Option(
      names = "--target",
      paramLabel = "T",
      description = "What is explored; the scenario's own target if not given.")
  private Optional<String> target = Optional.empty();

  @Option(
      names = "--scheduler",
      paramLabel = "S",
      description = {
        "dfs: all schedules up to a number of preemptions; random;",
        "exhaustive: all schedules but for the order of independent moves;",
        "pct: random by priorities, for defects that few constraints on the order bring about.",
        "As the scenario says if not given."
      })
  private Optional<String> scheduler = Optional.empty();

  @Option(
      names = "--bound",
      paramLabel = "N",
      description = {
        "The most preemptions, with dfs or without a scheduler;",
        "the number of schedules with random or pct, " + SCHEDULES + " if not given."
      })
  private Optional<Integer> bound = Optional.empty();

  @Option(
      names = "--depth",
      paramLabel = "D",
      description = "With pct: how many constraints, " + DEPTH + " if not given.")
  private Optional<Integer> depth = Optional.empty();

  @Option(names = "--seed", paramLabel = "S", description = "Of random schedules; 1 if not given.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--stores",
      paramLabel = "ORDER",
      description = {
        "When writes of software to memory are seen by others: sequential, total (x86)",
        "or unordered (Arm, RISC-V); as the scenario says if not given."
      })
  private Optional<String> stores = Optional.empty();

  @Option(
      names = "--replay",
      paramLabel = "SCHEDULE",
      description = "Runs this schedule alone and draws it.")
  private Optional<String> replay = Optional.empty();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Targets targets = Targets.onClassPath();
    ScenarioLibrary library = new ScenarioLibrary(Catalogue.load());
    PrintWriter out = spec.commandLine().getOut();
    if (scenario.isEmpty()) {
      return every(library, targets, out);
    }
    if (seam.isPresent()) {
      throw new UserException("--seam goes without a scenario");
    }
    ScenarioFile file = ordered(library.named(scenario.get()));
    ScenarioExploration exploration =
        ScenarioExploration.of(file, targets, target.orElse(file.target()));
    ScenarioTable table = new ScenarioTable(out);
    if (replay.isPresent()) {
      return table.replayed(exploration, replay.get());
    }
    ScenarioReport report = exploration.run(search(file));
    table.print(report);
    int survivors = mutants ? new MutantHunt(targets, this::search, out).hunt(file) : 0;
    return survivors > 0 ? ExitCode.NOT_CONFORMANT : exitCode(report);
  }

  /** Runs every scenario on its own target, a line each. */
  private int every(ScenarioLibrary library, Targets targets, PrintWriter out) {
    if (target.isPresent() || replay.isPresent()) {
      throw new UserException("--target and --replay go with a scenario");
    }
    MutantHunt hunt = new MutantHunt(targets, this::search, out);
    int worst = ExitCode.CONFORMANT;
    for (ScenarioFile each : library.all()) {
      if (seam.isPresent() && seam.get() != each.seam()) {
        continue;
      }
      ScenarioFile file = ordered(each);
      ScenarioExploration exploration = ScenarioExploration.of(file, targets, file.target());
      ScenarioReport report = exploration.run(search(file));
      new ScenarioTable(out).printLine(report);
      int code = mutants && hunt.hunt(file) > 0 ? ExitCode.NOT_CONFORMANT : exitCode(report);
      worst = worst == ExitCode.NOT_CONFORMANT || code == ExitCode.CONFORMANT ? worst : code;
    }
    return worst;
  }

  private static int exitCode(ScenarioReport report) {
    if (!report.isConformant()) {
      return ExitCode.NOT_CONFORMANT;
    }
    return report.isUnverified() ? ExitCode.UNVERIFIED : ExitCode.CONFORMANT;
  }

  private ScenarioFile ordered(ScenarioFile file) {
    if (stores.isEmpty()) {
      return file;
    }
    if (file.seam() != 2) {
      throw new UserException("--stores goes with scenarios of seam 2");
    }
    return file.with(
        StoreOrder.named(stores.get())
            .orElseThrow(() -> new UserException("--stores wants " + StoreOrder.words())));
  }

  private Search search(ScenarioFile file) {
    Bound own = file.bound();
    if (bound.orElse(0) < 0) {
      throw new UserException("--bound wants a number from 0 on, not " + bound.orElse(0));
    }
    String chosen = scheduler.orElse(bound.isPresent() ? DFS : OWN);
    if (seed.isPresent() && (chosen.equals(DFS) || chosen.equals(EXHAUSTIVE))) {
      throw new UserException("--seed goes with random schedules, not with " + chosen);
    }
    if (depth.isPresent() && (!chosen.equals(PCT) || depth.get() < 1)) {
      throw new UserException("--depth goes with --scheduler pct, and is a number from 1 on");
    }
    long schedules = bound.map(Integer::longValue).orElse(SCHEDULES);
    return switch (chosen) {
      case OWN -> Search.within(own, seed.orElse(1L));
      case DFS -> Search.bounded(bound.orElse(own.preemptions()), own.choices());
      case RANDOM -> Search.random(seed.orElse(1L), schedules);
      case PCT -> Search.pct(seed.orElse(1L), depth.orElse(DEPTH), schedules);
      case EXHAUSTIVE -> {
        if (bound.isPresent()) {
          throw new UserException("--scheduler exhaustive has no bound");
        }
        yield Search.exhaustive();
      }
      default ->
          throw new UserException(
              "unknown scheduler '" + chosen + "'; there is dfs, exhaustive, random, pct");
    };
  }
}
