package org.iommuref.conformance.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.iommuref.conformance.trace.Meaning.Action;
import org.iommuref.conformance.trace.Meaning.Noted;
import org.iommuref.conformance.trace.Meaning.Outside;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.tla.trace.Trace;
import org.iommuref.tla.trace.TraceEvent;

/**
 * A schedule as a trace of the model {@code UnmapFlush}; the trace begins where the race does.
 *
 * <p>At that point the model is in its first state: nothing of the span is mapped or cached, its
 * directory entry is empty, and nobody has a page of the pool that a trace will name.
 */
final class TraceExport {

  private TraceExport() {}

  /**
   * Exports a schedule.
   *
   * @throws TraceException if a record is in no row of {@link ActionTable} or outside the model, or
   *     the trace has no event
   */
  static Trace of(Execution<?> execution, Span span) {
    Circumstances circumstances = Circumstances.after(execution.setUp(), span);
    List<TraceEvent> events = new ArrayList<>();
    for (TracedStep traced : execution.trace()) {
      add(new Line(traced), circumstances, events);
    }
    if (events.isEmpty()) {
      throw new TraceException("the schedule has no event of the model: " + execution.ending());
    }
    return new Trace(events);
  }

  private static void add(Line line, Circumstances circumstances, List<TraceEvent> events) {
    Meaning meaning =
        ActionTable.meaningOf(line)
            .orElseThrow(
                () ->
                    new TraceException(
                        line.traced()
                            + ": no row says what "
                            + line.action()
                            + " is to the model"));
    if (meaning instanceof Action action) {
      events.add(event(line, action, circumstances));
    } else if (meaning instanceof Noted noted) {
      noted.note().accept(circumstances, line);
    } else if (meaning instanceof Outside outside) {
      throw new TraceException(line.traced() + " cannot be judged: " + outside.why());
    }
  }

  private static TraceEvent event(Line line, Action action, Circumstances circumstances) {
    TreeMap<String, Object> arguments = new TreeMap<>();
    for (Argument argument : action.arguments()) {
      arguments.put(argument.name(), argument.value().apply(line, circumstances));
    }
    try {
      return new TraceEvent(line.action(), arguments);
    } catch (IllegalArgumentException e) {
      throw new TraceException(line.traced() + ": " + e.getMessage(), e);
    }
  }
}
