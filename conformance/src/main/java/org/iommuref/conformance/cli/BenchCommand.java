package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.iommuref.conformance.bench.Meter;
import org.iommuref.conformance.bench.Workloads;
import org.iommuref.conformance.suite.OracleBenchmark;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.explore.ExplorerBenchmark;
import org.iommuref.model.iommufd.ModelProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures how fast the parts are, beside what is required of them. Time decides no exit code; a
 * rule that fuzzing breaks does.
 */
@Command(
    name = "bench",
    description = "Measures how fast the parts are, beside what is required of them.",
    mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {

  private static final List<String> KINDS = List.of("oracle", "explore", "translate", "fuzz");
  private static final long SEED = 1;
  private static final int SEQUENCES = 2_000;
  private static final long OPERATIONS_WANTED = 200_000;
  private static final long SCHEDULES = 2_000;
  private static final int PREEMPTIONS = 2;
  private static final long SCHEDULES_WANTED = 1_000;

  @Parameters(
      paramLabel = "KIND",
      description = "oracle, explore, translate or fuzz; all of them if not given.",
      arity = "0..*")
  private List<String> kinds = KINDS;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How many rounds are measured (${DEFAULT-VALUE}); half as many warm up.")
  private int rounds = 10;

  @Option(
      names = "--ioctls",
      paramLabel = "N",
      description = "How many ioctls are fuzzed (${DEFAULT-VALUE}).")
  private long ioctls = 1_000_000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The seed of the programs that are fuzzed (${DEFAULT-VALUE}).")
  private long seed = SEED;

  @Option(
      names = "--target",
      paramLabel = "T",
      description = "What is fuzzed under iommufd: mock (default), ideal, vtd, ...")
  private String target = "mock";

  @Option(
      names = "--unit",
      paramLabel = "U",
      description = "Whose unit translates (${DEFAULT-VALUE}).")
  private String unit = "vtd";

  @Option(
      names = "--quick",
      description = "Translates so little that the figures mean nothing: to see that it runs.")
  private boolean quick;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    for (String kind : kinds) {
      if (!KINDS.contains(kind)) {
        throw new UserException(
            "no benchmark '" + kind + "'; there is " + String.join(", ", KINDS));
      }
    }
    if (ioctls < 1) {
      throw new UserException("--ioctls wants a number from 1 on, not " + ioctls);
    }
    if (!Workloads.names().contains(unit)) {
      throw new UserException(
          "no unit '" + unit + "' to translate; there is " + String.join(", ", Workloads.names()));
    }
    if (rounds < 1) {
      throw new UserException("--rounds wants a number from 1 on, not " + rounds);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(machine());
    if (kinds.contains("oracle")) {
      oracle(out);
    }
    if (kinds.contains("explore")) {
      explore(out);
    }
    if (kinds.contains("translate")) {
      Optional<Meter> meter = Meter.onClassPath();
      if (meter.isEmpty()) {
        spec.commandLine().getErr().println("iommuref: the loops of JMH were not built");
        return ExitCode.UNVERIFIED;
      }
      new TranslateTable(meter.get(), unit, quick).print(out);
    }
    boolean sound = !kinds.contains("fuzz") || fuzz(out);
    out.flush();
    return sound ? ExitCode.CONFORMANT : ExitCode.NOT_CONFORMANT;
  }

  private boolean fuzz(PrintWriter out) {
    ModelProvider fuzzed =
        ModelProvider.onClassPath().stream()
            .filter(each -> each.name().equals(target))
            .findFirst()
            .orElseThrow(() -> new UserException("no target '" + target + "' of seam 3 to fuzz"));
    return new FuzzBenchmark(fuzzed, seed, ioctls).print(out);
  }

  private void oracle(PrintWriter out) {
    try (Target target = Targets.onClassPath().named("ideal")) {
      var benchmark = OracleBenchmark.of(target, SEQUENCES, SEED, System::nanoTime);
      List<OracleBenchmark.Measurement> judged = new ArrayList<>();
      List<OracleBenchmark.Measurement> alone = new ArrayList<>();
      rounds(benchmark::judged, judged, benchmark::executed, alone);
      out.printf(
          "%noracle: %,d operations in %,d generated sequences over ideal; rounds: %d%n",
          benchmark.operations(), SEQUENCES, rounds);
      Spread both = Spread.of(judged, OracleBenchmark.Measurement::operationsPerSecond);
      Spread executed = Spread.of(alone, OracleBenchmark.Measurement::operationsPerSecond);
      header(out, "operations/s");
      row(out, "executed and judged", both, "%,d required".formatted(OPERATIONS_WANTED));
      row(out, "executed alone", executed, "");
      out.printf(
          "  judging takes %.0f ns an operation, %.0f %% of the time%n",
          1e9 / both.median() - 1e9 / executed.median(),
          100 * (1 - both.median() / executed.median()));
    }
  }

  private void explore(PrintWriter out) {
    List<ExplorerBenchmark.Measurement> random = new ArrayList<>();
    List<ExplorerBenchmark.Measurement> bounded = new ArrayList<>();
    rounds(
        () -> ExplorerBenchmark.random(SEED, SCHEDULES, System::nanoTime),
        random,
        () -> ExplorerBenchmark.bounded(PREEMPTIONS, SCHEDULES, System::nanoTime),
        bounded);
    out.printf(
        "%nexplore: %,d schedules of %.0f steps; rounds: %d%n",
        SCHEDULES, random.get(0).stepsPerSchedule(), rounds);
    header(out, "schedules/s");
    String wanted = "%,d of 50 steps required".formatted(SCHEDULES_WANTED);
    row(out, "random", speed(random), wanted);
    row(out, "up to " + PREEMPTIONS + " preemptions", speed(bounded), wanted);
  }

  private static Spread speed(List<ExplorerBenchmark.Measurement> measured) {
    return Spread.of(measured, ExplorerBenchmark.Measurement::schedulesPerSecond);
  }

  /** Rounds of two in turn, so that what the machine does besides meets both. */
  private <M> void rounds(
      Supplier<M> first, List<M> ofFirst, Supplier<M> second, List<M> ofSecond) {
    for (int round = -(rounds / 2); round < rounds; round++) {
      M one = first.get();
      M other = second.get();
      if (round >= 0) {
        ofFirst.add(one);
        ofSecond.add(other);
      }
    }
  }

  private static void header(PrintWriter out, String unit) {
    out.printf("  %-22s  %12s  %12s  %12s%n", unit, "median", "least", "most");
  }

  private static void row(PrintWriter out, String what, Spread spread, String beside) {
    out.println(
        "  %-22s  %,12.0f  %,12.0f  %,12.0f  %s"
            .formatted(what, spread.median(), spread.least(), spread.most(), beside)
            .stripTrailing());
    out.flush();
  }

  private static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return "%d processors, %s %s, %s %s, heap up to %d MiB"
        .formatted(
            runtime.availableProcessors(),
            System.getProperty("java.vm.name"),
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            runtime.maxMemory() >> 20);
  }
}
