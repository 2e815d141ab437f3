package org.iommuref.model.mock;

import java.util.List;
import org.iommuref.model.iommufd.device.DeviceFacts;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.spi.Topology;

/** What the test interface brings to a driver that is not the mock driver. */
public final class DeviceSide {

  private static final long FIRST_FRAME_OF_BUFFERS = 1L << 27;

  private DeviceSide() {}

  /**
   * Devices of a topology to bind, shared buffers to map, and reads by the devices to see what they
   * reach.
   *
   * @param backend the driver that serves the topology; no device is probed
   * @param allocations what fails to allocate
   */
  public static List<BackendExtension> of(
      Topology topology, IommuBackend backend, Allocations allocations) {
    return List.of(
        new DeviceFacts(topology),
        new TopologyDevices(topology, flags(backend.hwInfo()), allocations),
        new TestDmabufs(FIRST_FRAME_OF_BUFFERS),
        new DeviceReads(backend));
  }

  private static int flags(HwInfo info) {
    int noDirty = info.has(Capability.DIRTY_TRACKING) ? 0 : MockDevice.NO_DIRTY;
    return info.has(Capability.PASID) ? noDirty | MockDevice.PASID : noDirty;
  }
}
