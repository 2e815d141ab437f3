package org.iommuref.conformance.compare;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.iommuref.conformance.compare.Generator.Sequence;
import org.iommuref.conformance.program.Machine;
import org.iommuref.conformance.program.MachineDiedException;
import org.iommuref.conformance.program.ModelProgram;
import org.iommuref.conformance.program.Program;
import org.iommuref.conformance.program.SystemCall;
import org.jspecify.annotations.Nullable;

/** Runs random sequences on the model and on Linux, and reduces each difference that is new. */
public final class Comparison implements AutoCloseable {

  private static final int EXECUTIONS = 2000;

  private final Machines machines;
  private final Predicate<String> wanted;
  private final PrintWriter out;
  private final Map<String, Long> kinds = new LinkedHashMap<>();
  private long ioctls;
  private long succeeded;
  private long differing;

  private @Nullable Machine machine;

  /** Starts machines: the first, and another whenever one has died. */
  public interface Machines {

    /** A machine that has just started. */
    Machine start() throws IOException;
  }

  /**
   * Over the model and another kernel.
   *
   * @param wanted which commands may occur, by name
   * @param out gets each new difference
   */
  public Comparison(Machines machines, Predicate<String> wanted, PrintWriter out) {
    this.machines = machines;
    this.wanted = wanted;
    this.out = out;
  }

  /** Runs sequences of consecutive seeds, and reports the first of each kind of difference. */
  public void run(long seed, int sequences) throws IOException {
    for (long each = seed; each < seed + sequences; each++) {
      Sequence sequence = Generator.sequence(each, wanted);
      ioctls += sequence.ioctls();
      succeeded += succeededIn(sequence);
      List<String> linux = onLinux(sequence.steps());
      Difference found = Difference.first(sequence.steps(), sequence.answers(), linux);
      if (found != null) {
        differing++;
        String kind = kindOf(found);
        if (kinds.merge(kind, 1L, Long::sum) == 1) {
          report(each, reduce(sequence.steps(), found));
        }
      }
    }
  }

  /** How many ioctls were made on each side. */
  public long ioctls() {
    return ioctls;
  }

  /** How many of them succeeded. */
  public long succeeded() {
    return succeeded;
  }

  /** How many sequences ended in a difference. */
  public long differing() {
    return differing;
  }

  /** How often each kind of difference was met. */
  public Map<String, Long> kinds() {
    return kinds;
  }

  @Override
  public void close() {
    if (machine != null) {
      machine.close();
    }
  }

  private static String kindOf(Difference found) {
    return found.call() instanceof SystemCall.Ioctl
        ? found.name() + ": " + found.model() + " on the model, " + found.linux() + " on Linux"
        : found.name() + ": other bytes";
  }

  private static long succeededIn(Sequence sequence) {
    long count = 0;
    int answer = 0;
    for (Step step : sequence.steps()) {
      for (SystemCall call : step.calls()) {
        if (call instanceof SystemCall.Ioctl && !sequence.answers().get(answer).startsWith("-")) {
          count++;
        }
        answer++;
      }
    }
    return count;
  }

  private List<String> onLinux(List<Step> steps) throws IOException {
    List<SystemCall> calls = steps.stream().flatMap(step -> step.calls().stream()).toList();
    Machine running = machine == null ? machines.start() : machine;
    machine = running;
    try (Program program = running.start()) {
      return program.make(calls);
    } catch (MachineDiedException e) {
      running.close();
      machine = null;
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** Drops what is behind the difference, then each step without which it stays. */
  private List<Step> reduce(List<Step> steps, Difference found) throws IOException {
    List<Step> kept = new ArrayList<>(steps.subList(0, found.step() + 1));
    int executions = 0;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = kept.size() - 2; i >= 1 && executions < EXECUTIONS; i--) {
        List<Step> without = new ArrayList<>(kept);
        without.remove(i);
        executions++;
        Difference still = differenceOf(without);
        if (still != null && still.step() == without.size() - 1 && still.isLike(found)) {
          kept = without;
          smaller = true;
        }
      }
    }
    return kept;
  }

  private @Nullable Difference differenceOf(List<Step> steps) throws IOException {
    ModelProgram model = new ModelProgram();
    List<String> answers =
        steps.stream().flatMap(step -> model.make(step.calls()).stream()).toList();
    return Difference.first(steps, answers, onLinux(steps));
  }

  private void report(long seed, List<Step> steps) throws IOException {
    Difference found = differenceOf(steps);
    out.println("seed " + seed + ", " + (steps.size() - 1) + " steps:");
    for (Step step : steps.subList(1, steps.size())) {
      out.println("  " + step.name());
      step.calls().forEach(call -> out.println("      " + call.line()));
    }
    if (found == null) {
      out.println("  does not happen again");
    } else {
      out.println("  " + found.call().line());
      out.println("    model " + found.model());
      out.println("    Linux " + found.linux());
    }
    out.flush();
  }
}
