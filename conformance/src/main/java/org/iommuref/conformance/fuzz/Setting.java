package org.iommuref.conformance.fuzz;

import java.util.List;
import java.util.function.UnaryOperator;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Topology;

/**
 * On what programs run.
 *
 * @param target of seam 3
 * @param between what it sees of the processes: themselves, or in tests something that is wrong
 */
record Setting(ModelProvider target, UnaryOperator<Processes> between) {

  /** The devices where they are not made by the driver: two alone, two in one group. */
  static final Topology DEVICES =
      new Topology(
          List.of(
              new Topology.Device(Rid.parse("01:00.0"), 0, new GroupId(0)),
              new Topology.Device(Rid.parse("02:00.0"), 0, new GroupId(1)),
              new Topology.Device(Rid.parse("03:00.0"), 0, new GroupId(2)),
              new Topology.Device(Rid.parse("03:00.1"), 0, new GroupId(2))));
}
