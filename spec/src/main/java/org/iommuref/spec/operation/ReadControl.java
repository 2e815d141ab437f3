package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.KeepingDevices;
import org.iommuref.spec.backend.KeepingDevices.Control;

/** Asks what is turned on in a device. */
public record ReadControl(Rid device) implements BackendOperation<Control> {

  @Override
  public String op() {
    return "device.control";
  }

  @Override
  public Class<Control> yields() {
    return Control.class;
  }

  @Override
  public Reply<Control> applyTo(BackendSeam seam) {
    return seam.with(KeepingDevices.class, b -> Reply.ok(b.control(device)));
  }
}
