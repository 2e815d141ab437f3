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
import org.iommuref.conformance.program.Program;
import org.iommuref.conformance.program.SystemCall;
import org.jspecify.annotations.Nullable;

/** Runs random sequences on the model and on Linux, and reduces each difference that is new. */
public final class Comparison implements AutoCloseable {

  private static final String DIED = "the kernel died";

  /** A kernel that dies has to be started again, which takes seconds. */
  private static final int MOST_DEATHS = 100;

  private final Machine machine;
  private final Predicate<String> wanted;
  private final PrintWriter out;
  private final int executions;
  private final Map<String, Long> kinds = new LinkedHashMap<>();
  private long ioctls;
  private long succeeded;
  private long differing;

  /**
   * Over the model and another kernel.
   *
   * @param machine starts a program even after it has died in one, and after it was switched off
   * @param wanted which commands may occur, by name
   * @param executions how many runs may go into making one sequence shorter
   * @param out gets each new difference
   */
  public Comparison(Machine machine, Predicate<String> wanted, int executions, PrintWriter out) {
    this.machine = machine;
    this.executions = executions;
    this.wanted = wanted;
    this.out = out;
  }

  /** Runs sequences of consecutive seeds, and reports the first of each kind of difference. */
  public void run(long seed, int sequences) throws IOException {
    for (long each = seed; each < seed + sequences; each++) {
      Sequence sequence = Generator.sequence(each, wanted);
      ioctls += sequence.ioctls();
      succeeded += sequence.succeeded();
      List<String> linux = onLinux(sequence.steps());
      Difference found = Difference.first(sequence.steps(), sequence.answers(), linux);
      if (found != null) {
        differing++;
        meet(each, sequence, found);
      }
    }
  }

  private void meet(long seed, Sequence sequence, Difference found) throws IOException {
    String kind = kindOf(found);
    if (kinds.merge(kind, 1L, Long::sum) > 1) {
      return;
    }
    out.println("seed " + seed + " differs:");
    print(found);
    Difference again = differenceOf(sequence.steps());
    if (again != null && again.isLike(found)) {
      report(seed, reduce(sequence.steps(), found));
    } else {
      out.println("  but not when it was run again");
    }
    out.flush();
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
    machine.close();
  }

  private static String kindOf(Difference found) {
    return found.call().isIoctl()
        ? found.name() + ": " + found.model() + " on the model, " + found.linux() + " on Linux"
        : found.name() + ": other bytes";
  }

  private List<String> onLinux(List<Step> steps) throws IOException {
    List<SystemCall> calls = steps.stream().flatMap(step -> step.calls().stream()).toList();
    List<String> answers = new ArrayList<>();
    try (Program program = machine.start()) {
      answers.addAll(program.make(calls));
    } catch (MachineDiedException e) {
      answers.addAll(e.answers());
      answers.add(e.inWords());
    }
    return answers;
  }

  /** Drops what is behind the difference, then each step without which it stays. */
  private Reduction reduce(List<Step> steps, Difference found) {
    return new Reduction(
        steps.subList(0, found.step() + 1),
        found.linux().startsWith(DIED) ? Math.min(executions, MOST_DEATHS) : executions,
        shorter -> {
          Difference still = differenceOf(shorter);
          return still != null && still.step() == shorter.size() - 1 && still.isLike(found);
        });
  }

  private @Nullable Difference differenceOf(List<Step> steps) throws IOException {
    Model model = new Model();
    List<String> answers =
        steps.stream().flatMap(step -> model.make(step.calls()).stream()).toList();
    return Difference.first(steps, answers, onLinux(steps));
  }

  private void report(long seed, Reduction reduction) throws IOException {
    List<Step> steps = reduction.steps();
    Difference found = differenceOf(steps);
    String minimal = reduction.isMinimal() ? "1-minimal" : "not minimal";
    out.println("seed " + seed + ", " + (steps.size() - 1) + " steps, " + minimal + ":");
    for (Step step : steps.subList(1, steps.size())) {
      out.println("  " + step.name());
      step.calls().forEach(call -> out.println("      " + call.line()));
    }
    if (found == null) {
      out.println("  does not happen again");
    } else {
      print(found);
    }
    close(); // a sequence without some of its steps may have left anything behind
  }

  private void print(Difference found) {
    out.println("  " + found.name() + ": " + found.call().line());
    out.println("    model " + found.model());
    out.println("    Linux " + found.linux());
    out.flush();
  }
}
