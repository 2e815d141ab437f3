package org.iommuref.conformance.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.explore.Explorer;
import org.iommuref.model.schedule.RandomScheduler;
import org.iommuref.model.schedule.Schedule;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.tla.trace.Trace;
import org.iommuref.tla.trace.TraceEvent;
import org.iommuref.tla.trace.TraceVerdict;

/** The traces of schedules drawn at random that differ after renaming, each with its schedule. */
final class TraceCollector {

  private static final int TRIES_EACH = 10;

  private final List<Trace> traces = new ArrayList<>();
  private final List<Schedule> schedules = new ArrayList<>();
  private final Set<String> forms = new HashSet<>();
  private final String name;
  private final boolean mutant;
  private final int wanted;

  private TraceCollector(String name, boolean mutant, int wanted) {
    this.name = name;
    this.mutant = mutant;
    this.wanted = wanted;
  }

  /**
   * Runs schedules of the race over a driver until {@code wanted} traces differ after renaming, or
   * ten times as many schedules were run.
   *
   * @throws TraceException if the driver fails in a schedule, or a schedule cannot be exported
   */
  static TraceCollector ofDriver(String name, BackendProvider driver, int wanted, long seed) {
    TraceCollector collector = new TraceCollector(name, false, wanted);
    collector.run(Explorer.of(new MapUnmapRace(driver::open)), seed, true);
    return collector;
  }

  /** The same over a mutant, whose race may end in any way; its set-up is as it should be. */
  static TraceCollector ofMutant(
      BackendProvider driver, Mutant.OfSteps mutant, int wanted, long seed) {
    TraceCollector collector = new TraceCollector("mutant:" + mutant.name(), true, wanted);
    Explorer<String> original = Explorer.of(new MapUnmapRace(driver::open));
    collector.run(original.mutatedInRace(mutant.mutation()), seed, false);
    return collector;
  }

  private void run(Explorer<String> explorer, long seed, boolean mustFinish) {
    explorer.explore(
        new RandomScheduler(seed),
        (long) TRIES_EACH * wanted,
        execution -> {
          if (mustFinish && execution.outcome().isEmpty()) {
            throw new TraceException(
                "the driver ended with "
                    + execution.ending()
                    + ", schedule "
                    + execution.schedule());
          }
          return add(execution);
        });
  }

  private boolean add(Execution<String> execution) {
    Trace trace = TraceExport.of(execution, MapUnmapRace.SPAN);
    if (forms.add(Renaming.formOf(trace))) {
      traces.add(trace);
      schedules.add(execution.schedule());
    }
    return traces.size() < wanted;
  }

  /** The traces, in the order in which they were seen. */
  List<Trace> traces() {
    return traces;
  }

  /** The traces with the verdict on each. */
  JudgedTraces judged(List<TraceVerdict> verdicts) {
    List<RejectedTrace> rejected = new ArrayList<>();
    for (int index = 0; index < traces.size(); index++) {
      TraceVerdict verdict = verdicts.get(index);
      if (!verdict.isAccepted()) {
        rejected.add(rejected(index, verdict));
      }
    }
    return new JudgedTraces(name, mutant, traces.size(), rejected);
  }

  private RejectedTrace rejected(int index, TraceVerdict verdict) {
    List<TraceEvent> events = traces.get(index).events();
    int explained = verdict.line().isPresent() ? verdict.line().getAsInt() - 1 : events.size();
    return new RejectedTrace(
        new TraceVerdict(index, verdict.line(), verdict.event(), verdict.violated()),
        events.subList(0, explained),
        schedules.get(index).toString());
  }
}
