package org.iommuref.conformance.bench.jmh;

import java.util.Objects;
import org.iommuref.conformance.bench.Workloads;
import org.iommuref.spec.spi.TranslationKind;
import org.iommuref.spec.spi.TranslationWorkload;
import org.iommuref.spec.step.Footprint;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One workload and its loop, as JMH runs it: one process for each. */
@State(Scope.Thread)
public class TranslateState {

  private static final int REQUESTS = 64;

  /** The architecture. */
  @Param("vtd")
  public String unit = "vtd";

  /** The kind of request. */
  @Param("HIT")
  public TranslationKind kind = TranslationKind.HIT;

  /** How many devices there are. */
  @Param("1")
  public int devices = 1;

  private @Nullable TranslationWorkload workload;

  /** Made by JMH. */
  public TranslateState() {}

  /** Builds the tables. */
  @Setup
  public void open() {
    workload = Workloads.of(unit).open(kind, devices, Footprint.NONE);
  }

  /**
   * Requests in a row, of which each counts: between calls JMH asks whether the time is up, which
   * would be measured with each.
   */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public long translate() {
    TranslationWorkload requests = Objects.requireNonNull(workload);
    long sum = 0;
    for (int i = 0; i < REQUESTS; i++) {
      sum += requests.next();
    }
    return sum;
  }
}
