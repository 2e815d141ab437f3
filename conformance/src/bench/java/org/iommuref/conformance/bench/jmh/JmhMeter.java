package org.iommuref.conformance.bench.jmh;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.iommuref.conformance.bench.Meter;
import org.iommuref.spec.spi.TranslationKind;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/** Measures with JMH: each thing in a process of its own, unless it is to be quick. */
public final class JmhMeter implements Meter {

  /** Found by ServiceLoader. */
  public JmhMeter() {}

  @Override
  public Speed calibration(boolean quick) {
    return run(options(quick).include(Calibration.class.getName() + ".multiply"));
  }

  @Override
  public Speed speed(String unit, TranslationKind kind, int devices, boolean quick) {
    return run(
        options(quick)
            .include(TranslateState.class.getName() + ".translate")
            .param("unit", unit)
            .param("kind", kind.name())
            .param("devices", Integer.toString(devices)));
  }

  private static ChainedOptionsBuilder options(boolean quick) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .mode(Mode.Throughput)
            .timeUnit(TimeUnit.SECONDS)
            .threads(1)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    return quick
        ? options
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(10))
        : options
            .forks(1)
            .warmupIterations(5)
            .warmupTime(TimeValue.milliseconds(800))
            .measurementIterations(7)
            .measurementTime(TimeValue.milliseconds(500));
  }

  private static Speed run(ChainedOptionsBuilder options) {
    Collection<RunResult> results;
    try {
      results = new Runner(options.build()).run();
    } catch (RunnerException e) {
      throw new IllegalStateException("the benchmark did not run: " + e.getMessage(), e);
    }
    Statistics scores = results.iterator().next().getPrimaryResult().getStatistics();
    return new Speed(scores.getPercentile(50), scores.getMin(), scores.getMax());
  }
}
