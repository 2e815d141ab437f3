package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.spec.access.AccessOutcome;

/** A directed test of a unit in scalable mode. */
abstract class ScalableDirectedTest extends DirectedTest {

  static final AccessOutcome OF_A = AccessOutcome.completed(Bench.OF_A);
  static final AccessOutcome OF_B = AccessOutcome.completed(Bench.OF_B);
  static final AccessOutcome DONE = AccessOutcome.completed(0);
  static final long NO_MEMORY = 1L << 41;

  /** A unit that can do everything. */
  ScalableBench scalable() {
    return scalable(VtdConfiguration.scalable());
  }

  ScalableBench scalable(VtdConfiguration configuration) {
    return new ScalableBench(parts.with(configuration));
  }

  /** A unit that cannot do one thing. */
  ScalableBench without(Field feature) {
    return scalable(VtdConfiguration.scalable().withExtendedCapability(feature, 0));
  }
}
