package org.iommuref.conformance.target;

import java.util.List;
import java.util.function.Function;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.spi.UnitProvider;

/** Something that the suite judges. */
public interface Target extends AutoCloseable {

  /** The name, as {@code --target} takes it. */
  String name();

  /** One line that says what it is. */
  String title();

  /** What it claims. */
  HwInfo hwInfo();

  /** The seam at which it stands; a target of several is opened at one of them. */
  default int seam() {
    return Layer.CORE.seam();
  }

  /** Where data pages may lie. */
  DataMemory dataMemory();

  /** The width of host physical addresses, in bits, where a unit is judged. */
  default int hostAddressBits() {
    return Long.SIZE;
  }

  /** Whether its devices tell if an access was admitted, where a unit is judged. */
  default boolean tellsOutcomes() {
    return true;
  }

  /**
   * Whether a unit without a second stage takes the width of addresses of a first stage from AW of
   * the PASID entry, which has to be 0 there (VT-d 9.6). Cases then set AW as if there were a
   * second stage, so that this one deviation, which a case of its own shows, does not hide all
   * others.
   */
  default boolean takesWidthOfFirstStageFromEntry() {
    return false;
  }

  /** Whether another seed can make it answer otherwise, so that a case is worth repeating. */
  default boolean leavesToChance() {
    return true;
  }

  /**
   * Whether a lost reply costs nothing and comes again when the same is done again, so that a
   * sequence that ends in one can be shortened.
   */
  default boolean losesAlike() {
    return false;
  }

  /**
   * How many runs may be spent on making one failing sequence shorter; where that was not enough
   * the report says so. A count, so that the report does not depend on how fast they are.
   */
  default int mostRunsToReduce() {
    return Integer.MAX_VALUE;
  }

  /**
   * Tells of which topologies the next sessions will be, in this order, as far as that is known:
   * one that is slow to start can be made ready. Nothing else depends on it.
   */
  default void expect(List<Topology> next) {}

  /** A fresh session; at most one is open at a time. */
  Session open(SessionConfig config);

  @Override
  default void close() {}

  /** The target that a unit of one's own makes, at seam 1; it is opened anew for each case. */
  static Target of(UnitProvider unit) {
    return UnitTarget.of(unit);
  }

  /** The target that a backend of one's own makes; it is opened anew for each case. */
  static Target of(BackendProvider backend) {
    return LocalTarget.of(backend.name(), backend.title(), backend.hwInfo(), backend::open);
  }

  /** The target that a backend of one's own makes; it is opened anew for each case. */
  static Target of(String name, HwInfo hwInfo, Function<Environment, IommuBackend> open) {
    return LocalTarget.of(name, name, hwInfo, open);
  }
}
