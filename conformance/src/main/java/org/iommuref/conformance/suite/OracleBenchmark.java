package org.iommuref.conformance.suite;

import java.util.List;
import java.util.function.LongSupplier;
import org.iommuref.conformance.cases.Cases;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.spi.CachePolicy;

/**
 * How many operations of generated sequences a second: executed and judged by the oracle as the
 * suite does it, and the same sequences executed alone.
 */
public final class OracleBenchmark {

  private final CaseRunner runner;
  private final List<Case> cases;
  private final long operations;
  private final LongSupplier nanoTime;

  /**
   * What one round took.
   *
   * @param operations of the sequences; what the harness adds to plant and find tags is not counted
   * @param nanoseconds that took
   */
  public record Measurement(long operations, long nanoseconds) {

    /** Operations in a second. */
    public double operationsPerSecond() {
      return operations * 1e9 / nanoseconds;
    }
  }

  private OracleBenchmark(
      CaseRunner runner, List<Case> cases, long operations, LongSupplier nanoTime) {
    this.runner = runner;
    this.cases = cases;
    this.operations = operations;
    this.nanoTime = nanoTime;
  }

  /** A benchmark of that many generated sequences over one target. */
  public static OracleBenchmark of(Target target, int sequences, long seed, LongSupplier nanoTime) {
    List<Case> cases = Cases.generated(target.hwInfo(), target.dataMemory(), sequences, seed);
    long operations = cases.stream().mapToLong(one -> one.steps().size()).sum();
    return new OracleBenchmark(new CaseRunner(target), cases, operations, nanoTime);
  }

  /**
   * A round of all sequences, executed and judged.
   *
   * @throws IllegalStateException if one is refused: a sequence that ends early measures nothing
   */
  public Measurement judged() {
    long begin = nanoTime.getAsLong();
    for (Case one : cases) {
      if (!(runner.run(one, config(one)) instanceof CaseResult.Allowed)) {
        throw new IllegalStateException(one.name() + " is not allowed");
      }
    }
    return new Measurement(operations, nanoTime.getAsLong() - begin);
  }

  /** A round of all sequences, executed alone. */
  public Measurement executed() {
    long begin = nanoTime.getAsLong();
    for (Case one : cases) {
      if (runner.executeAlone(one, config(one)) < one.steps().size()) {
        throw new IllegalStateException(one.name() + " ended early");
      }
    }
    return new Measurement(operations, nanoTime.getAsLong() - begin);
  }

  /** The operations of a round. */
  public long operations() {
    return operations;
  }

  private static SessionConfig config(Case one) {
    return new SessionConfig(
        one.topology(), CachePolicy.ADVERSARIAL, SessionConfig.PLAIN, Layer.BACKEND);
  }
}
