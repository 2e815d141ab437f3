package org.iommuref.conformance.cli;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** Repeated measurements of one thing: the middle one and the two ends. */
record Spread(double least, double median, double most) {

  /**
   * Of at least one measurement; with an even number, the median is between the two middle ones.
   */
  static <M> Spread of(Collection<M> measured, ToDoubleFunction<M> speed) {
    double[] sorted = measured.stream().mapToDouble(speed).sorted().toArray();
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(sorted[0], median, sorted[sorted.length - 1]);
  }
}
