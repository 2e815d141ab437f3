package org.iommuref.conformance.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;
import org.iommuref.tla.trace.Trace;
import org.iommuref.tla.trace.TraceCheck;
import org.iommuref.tla.trace.TraceVerdict;

/**
 * Judges the traces of the VT-d driver by the model {@code UnmapFlush}, and the traces of step
 * mutants, which the model must refuse: a judge that refuses nothing shows nothing.
 */
public final class TraceValidation {

  /** The model that judges. */
  public static final String MODEL = "UnmapFlush";

  private static final String DRIVER = "vtd";
  private static final int BATCH = 250;
  private static final int TRACES_OF_EACH_MUTANT = 5;

  /** Each refused in every schedule: what it does wrong, all maps and unmaps do. */
  private static final List<String> MUTANTS =
      List.of(
          "vtd-drop-invalidation-done",
          "vtd-drop-read-tags",
          "vtd-half-the-range",
          "vtd-drop-clear-pte");

  private final TraceCheck check;

  /** Trace validation by that judge. */
  public TraceValidation(TraceCheck check) {
    this.check = check;
  }

  /**
   * Judges traces.
   *
   * @param traces how many of the driver's, all different after renaming; at least 1
   * @param seed of the schedules
   * @param progress hears of each driver and mutant when it has been judged
   * @throws TraceException if a schedule cannot be run or exported
   * @throws org.iommuref.tla.tlc.TlaException if TLC comes to no verdict
   */
  public TraceReport run(int traces, long seed, Consumer<JudgedTraces> progress) {
    if (traces < 1) {
      throw new TraceException("the number of traces must be at least 1, not " + traces);
    }
    BackendProvider driver = driver();
    JudgedTraces judged =
        judge(List.of(TraceCollector.ofDriver(DRIVER, driver, traces, seed))).get(0);
    progress.accept(judged);
    List<TraceCollector> ofMutants = new ArrayList<>();
    for (Mutant.OfSteps mutant : mutants()) {
      ofMutants.add(TraceCollector.ofMutant(driver, mutant, TRACES_OF_EACH_MUTANT, seed));
    }
    List<JudgedTraces> mutants = judge(ofMutants);
    mutants.forEach(progress);
    return new TraceReport(traces, judged, mutants);
  }

  private List<JudgedTraces> judge(List<TraceCollector> collected) {
    List<Trace> traces = collected.stream().flatMap(c -> c.traces().stream()).toList();
    List<TraceVerdict> verdicts = new ArrayList<>();
    for (int from = 0; from < traces.size(); from += BATCH) {
      List<Trace> batch = traces.subList(from, Math.min(from + BATCH, traces.size()));
      verdicts.addAll(check.validate(MODEL, batch).all());
    }
    List<JudgedTraces> judged = new ArrayList<>();
    int from = 0;
    for (TraceCollector each : collected) {
      int to = from + each.traces().size();
      judged.add(each.judged(verdicts.subList(from, to)));
      from = to;
    }
    return judged;
  }

  private static BackendProvider driver() {
    for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
      if (provider.name().equals(DRIVER)) {
        return provider;
      }
    }
    throw new TraceException("no target " + DRIVER + " on the class path");
  }

  private static List<Mutant.OfSteps> mutants() {
    Map<String, Mutant> all = new TreeMap<>();
    for (MutantProvider provider : ServiceLoader.load(MutantProvider.class)) {
      provider.mutants().forEach(mutant -> all.put(mutant.name(), mutant));
    }
    List<Mutant.OfSteps> chosen = new ArrayList<>();
    for (String name : MUTANTS) {
      if (!(all.get(name) instanceof Mutant.OfSteps steps)) {
        throw new TraceException("there is no step mutant " + name);
      }
      chosen.add(steps);
    }
    return chosen;
  }
}
