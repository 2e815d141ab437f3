package org.iommuref.tla.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.iommuref.tla.Model;
import org.iommuref.tla.Models;
import org.iommuref.tla.tlc.ScratchFolder;
import org.iommuref.tla.tlc.TlaException;
import org.iommuref.tla.tlc.Tlc;
import org.iommuref.tla.tlc.TlcOutcome;
import org.iommuref.tla.tlc.TlcResult;
import org.iommuref.tla.tlc.TlcRun;

/**
 * Judges traces by a model's trace module, all of them in one run of TLC with one worker.
 *
 * <p>The trace module prints {@code <<"reached", trace, line>>} for each state it comes to, {@code
 * line} being the next event that waits for an explanation, and {@code <<"violated", trace, line,
 * invariant>>} for an invariant that does not hold there. A trace is explained when a line past its
 * last is reached.
 */
public final class TraceCheck {

  private static final int HEAP_MEGABYTES = 1024;
  private static final Pattern REACHED = Pattern.compile("<<\"reached\", (\\d+), (\\d+)>>");
  private static final Pattern VIOLATED =
      Pattern.compile("<<\"violated\", (\\d+), \\d+, \"(\\w+)\">>");

  private final Models models;
  private final Tlc tlc;

  /** A judge by these models and that TLC. */
  public TraceCheck(Models models, Tlc tlc) {
    this.models = models;
    this.tlc = tlc;
  }

  /**
   * Judges the traces.
   *
   * @param model the name of a model with a trace module
   * @param traces at least one
   * @throws TlaException if the model is unknown or judges no traces, there is no trace, or TLC
   *     comes to no verdict
   */
  public TraceVerdicts validate(String model, List<Trace> traces) {
    Model judged = models.named(model);
    String module =
        judged
            .traceModule()
            .orElseThrow(() -> new TlaException("model " + model + " judges no traces"));
    if (traces.isEmpty()) {
      throw new TlaException("no trace to judge");
    }
    try (ScratchFolder scratch = ScratchFolder.create()) {
      TlcResult result = tlc.run(prepare(judged, module, traces, scratch), scratch);
      if (result.outcome() != TlcOutcome.OK) {
        throw new TlaException(module + " ended with " + result.outcome() + reason(result));
      }
      return new TraceVerdicts(verdicts(traces, result.printed()));
    }
  }

  private TlcRun prepare(Model model, String module, List<Trace> traces, ScratchFolder scratch) {
    Path folder = scratch.folder("model");
    Path data = scratch.folder("data");
    models.unpack(model, folder);
    try {
      Files.writeString(data.resolve("TraceData.tla"), TraceData.module(traces));
    } catch (IOException e) {
      throw new TlaException("cannot write the traces: " + ScratchFolder.reason(e), e);
    }
    return new TlcRun(
        folder.resolve(module + ".tla"),
        folder.resolve(module + ".cfg"),
        List.of(data),
        1, // several would print into each other's lines
        HEAP_MEGABYTES,
        false,
        false,
        false); // where a trace ends there is no next state
  }

  private static String reason(TlcResult result) {
    return result.problems().isEmpty() ? "" : ": " + result.problems().get(0);
  }

  private static List<TraceVerdict> verdicts(List<Trace> traces, List<String> printed) {
    int[] reached = new int[traces.size()];
    List<SortedSet<String>> violated = new ArrayList<>();
    traces.forEach(trace -> violated.add(new TreeSet<>()));
    for (String line : printed) {
      Matcher reach = REACHED.matcher(line);
      Matcher violation = VIOLATED.matcher(line);
      if (reach.matches()) {
        int trace = Integer.parseInt(reach.group(1)) - 1;
        reached[trace] = Math.max(reached[trace], Integer.parseInt(reach.group(2)));
      } else if (violation.matches()) {
        violated.get(Integer.parseInt(violation.group(1)) - 1).add(violation.group(2));
      }
    }
    List<TraceVerdict> verdicts = new ArrayList<>();
    for (int i = 0; i < traces.size(); i++) {
      verdicts.add(verdict(i, traces.get(i), reached[i], violated.get(i)));
    }
    return verdicts;
  }

  private static TraceVerdict verdict(
      int index, Trace trace, int reached, SortedSet<String> violated) {
    if (reached == 0) {
      throw new TlaException("trace " + (index + 1) + " was not looked at");
    }
    boolean explained = reached > trace.events().size();
    return new TraceVerdict(
        index,
        explained ? OptionalInt.empty() : OptionalInt.of(reached),
        explained ? Optional.empty() : Optional.of(trace.events().get(reached - 1)),
        List.copyOf(violated));
  }
}
