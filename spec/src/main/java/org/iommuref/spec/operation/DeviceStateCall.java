package org.iommuref.spec.operation;

import java.util.function.Function;
import org.iommuref.spec.core.DeviceStateCore;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result;

/** A call on the part of the core that not every core has. */
final class DeviceStateCall {

  private DeviceStateCall() {}

  static <V> Reply<V> on(IommuCore core, Function<DeviceStateCore, Result<V>> call) {
    return core instanceof DeviceStateCore devices
        ? Reply.of(call.apply(devices))
        : new Reply.Unsupported<>("no DeviceStateCore");
  }
}
