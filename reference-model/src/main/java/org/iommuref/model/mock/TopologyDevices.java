package org.iommuref.model.mock;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Topology;

/**
 * Devices of a topology, plugged in one after the other and probed into the groups that it says.
 */
final class TopologyDevices implements TestDevices {

  private final Topology topology;
  private final int flags;
  private final Allocations allocations;
  private final Set<Rid> plugged = new HashSet<>();

  /**
   * No device is plugged in.
   *
   * @param flags those of MOCK_FLAGS_DEVICE_* that say no more than what the devices are anyway
   */
  TopologyDevices(Topology topology, int flags, Allocations allocations) {
    this.topology = topology;
    this.flags = flags;
    this.allocations = allocations;
  }

  /** {@inheritDoc} The first of the topology that is not plugged in; ENODEV if there is none. */
  @Override
  public Result<Rid> create(int asked) {
    if ((asked & ~flags) != 0) {
      return Result.err(Errno.EINVAL);
    }
    if (allocations.fails("allocation of a device")) {
      return Result.err(Errno.ENOMEM);
    }
    for (Topology.Device device : topology.devices()) {
      if (plugged.add(device.rid())) {
        return Result.ok(device.rid());
      }
    }
    return Result.err(Errno.ENODEV);
  }

  @Override
  public Optional<GroupId> groupOf(Rid rid) {
    return topology.devices().stream()
        .filter(device -> device.rid().equals(rid))
        .map(Topology.Device::group)
        .findFirst();
  }

  @Override
  public void destroy(Rid device) {
    plugged.remove(device);
  }
}
