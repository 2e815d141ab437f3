package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.iommuref.conformance.fuzz.Fuzz;
import org.iommuref.conformance.fuzz.Tally;
import org.iommuref.model.iommufd.ModelProvider;

/** A run of fuzzed programs, how fast it was, and what it has found. */
final class FuzzBenchmark {

  private static final long WANTED = 100_000;
  private static final int WARM_UP = 5;

  private final ModelProvider target;
  private final long seed;
  private final long ioctls;
  private final Fuzz fuzz;

  FuzzBenchmark(ModelProvider target, long seed, long ioctls) {
    this.target = target;
    this.seed = seed;
    this.ioctls = ioctls;
    this.fuzz = new Fuzz(target, seed);
  }

  /** A point of the run: how many ioctls were made, when, and how much the thread has worked. */
  private record Mark(long made, long clock, long worked) {

    double byClock(Mark since) {
      return (made - since.made) * 1e9 / Math.max(1, clock - since.clock);
    }

    double byWork(Mark since) {
      return (made - since.made) * 1e9 / Math.max(1, worked - since.worked);
    }
  }

  /** Runs and prints; whether no rule was broken. */
  boolean print(PrintWriter out) {
    Mark begin = mark();
    fuzz.run(ioctls / WARM_UP);
    Mark warm = mark();
    fuzz.run(ioctls);
    Mark end = mark();
    Tally tally = fuzz.tally();
    out.printf(
        "%nfuzz: %,d ioctls in %,d programs over %s, seed %d%n",
        tally.made(), fuzz.programs(), target.name(), seed);
    out.printf("  %-40s  %12s  %12s%n", "ioctls/s", "by clock", "by CPU time");
    speed(out, "behind the first fifth", end, warm, "%,d required".formatted(WANTED));
    speed(out, "in all", end, begin, "");
    out.printf("  %-40s  %12s  %12s%n", "calls", "made", "succeeded");
    count(out, "sensible", tally.sensible(), "50 %% required");
    count(out, "sensible, an allocation to fail", tally.failing(), "");
    count(out, "arbitrary", tally.arbitrary(), "");
    for (Map.Entry<String, Tally.Count> command : tally.byCommand().entrySet()) {
      count(out, "  " + command.getKey(), command.getValue(), "");
    }
    return verdict(out);
  }

  private boolean verdict(PrintWriter out) {
    Fuzz.Failure failure = fuzz.failure();
    if (failure == null) {
      out.println("  no exception, no leak, no broken rule");
      return true;
    }
    out.println("  BROKEN: " + failure.wrong());
    out.printf(
        "  after %d acts (%s), then everything is closed:%n",
        failure.acts().size(), failure.minimal() ? "1-minimal" : "not minimal");
    failure.acts().forEach(act -> out.println("    " + act));
    out.printf(
        "  again: ./iommuref bench fuzz --target %s --ioctls 1 --seed %d%n",
        target.name(), failure.seed());
    return false;
  }

  private static void speed(PrintWriter out, String what, Mark end, Mark since, String beside) {
    out.println(
        "  %-40s  %,12.0f  %,12.0f  %s"
            .formatted("  " + what, end.byClock(since), end.byWork(since), beside)
            .stripTrailing());
  }

  private static void count(PrintWriter out, String what, Tally.Count count, String beside) {
    out.println(
        "  %-40s  %,12d  %11.1f%%  %s"
            .formatted("  " + what, count.made(), 100 * count.share(), beside.formatted())
            .stripTrailing());
  }

  private Mark mark() {
    return new Mark(
        fuzz.tally().made(),
        System.nanoTime(),
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }
}
