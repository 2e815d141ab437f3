package org.iommuref.conformance.suite;

import java.util.List;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.spi.Topology;

/** A target that is another in everything but what it says itself. */
interface FrontedTarget extends Target {

  /** The other. */
  Target target();

  @Override
  default String name() {
    return target().name();
  }

  @Override
  default String title() {
    return target().title();
  }

  @Override
  default HwInfo hwInfo() {
    return target().hwInfo();
  }

  @Override
  default int seam() {
    return target().seam();
  }

  @Override
  default DataMemory dataMemory() {
    return target().dataMemory();
  }

  @Override
  default int hostAddressBits() {
    return target().hostAddressBits();
  }

  @Override
  default boolean tellsOutcomes() {
    return target().tellsOutcomes();
  }

  @Override
  default boolean takesWidthOfFirstStageFromEntry() {
    return target().takesWidthOfFirstStageFromEntry();
  }

  @Override
  default boolean losesAlike() {
    return target().losesAlike();
  }

  @Override
  default boolean leavesToChance() {
    return target().leavesToChance();
  }

  @Override
  default int mostRunsToReduce() {
    return target().mostRunsToReduce();
  }

  @Override
  default void expect(List<Topology> next) {
    target().expect(next);
  }

  @Override
  default Session open(SessionConfig config) {
    return target().open(config);
  }

  @Override
  default void close() {
    target().close();
  }
}
