package org.iommuref.tla.trace;

import java.util.List;

/**
 * The verdicts on a list of traces.
 *
 * @param all one for each trace, in the order of the traces
 */
public record TraceVerdicts(List<TraceVerdict> all) {

  /** Copies the list. */
  public TraceVerdicts {
    all = List.copyOf(all);
  }

  /** How many traces are behaviours of the model. */
  public int accepted() {
    return all.size() - rejected().size();
  }

  /** The verdicts on the others, in the order of the traces. */
  public List<TraceVerdict> rejected() {
    return all.stream().filter(verdict -> !verdict.isAccepted()).toList();
  }
}
