package org.iommuref.conformance.bench.jmh;

import org.iommuref.conformance.bench.Meter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A fixed amount of work for a processor, by which runs on machines that are busy, or that differ,
 * can be compared: multiplications, each of which waits for the last.
 */
@State(Scope.Thread)
public class Calibration {

  private static final long FACTOR = 0x5851_f42d_4c95_7f2dL;

  private long number = 1;

  /** Made by JMH. */
  public Calibration() {}

  /** The work, once. */
  @Benchmark
  public long multiply() {
    long product = number;
    for (int i = 0; i < Meter.MULTIPLICATIONS; i++) {
      product = product * FACTOR + 1;
    }
    number = product;
    return product;
  }
}
