package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.device.Endpoints;
import org.iommuref.hw.vtd.driver.DriverStep.DisableAts;
import org.iommuref.hw.vtd.driver.DriverStep.DisablePri;
import org.iommuref.hw.vtd.driver.DriverStep.EnableAts;
import org.iommuref.hw.vtd.driver.DriverStep.EnablePri;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.step.Steps;

/**
 * ATS and page requests of one device, as its configuration space has them.
 *
 * @param device the device
 * @param isOffered whether device and unit have it
 * @param hasPri whether they have page requests
 * @param endpoints the devices
 * @param order in which they are turned on and off
 * @param steps the path to them
 */
record DeviceAts(
    Rid device,
    boolean isOffered,
    boolean hasPri,
    Endpoints endpoints,
    AttachOrder order,
    Steps steps) {

  /** Turns them on, where they are offered. */
  void enable() {
    order.enable(() -> ats(true), () -> pri(true));
  }

  /** Turns them off, in the other order. */
  void disable() {
    order.disable(() -> pri(false), () -> ats(false));
  }

  private void ats(boolean on) {
    if (!isOffered) {
      return;
    }
    if (on) {
      steps.perform(new EnableAts(device), step -> endpoints.enableAts(step.device(), true));
    } else {
      steps.perform(new DisableAts(device), step -> endpoints.enableAts(step.device(), false));
    }
  }

  private void pri(boolean on) {
    if (!hasPri) {
      return;
    }
    if (on) {
      steps.perform(new EnablePri(device), step -> endpoints.enablePri(step.device(), true));
    } else {
      steps.perform(new DisablePri(device), step -> endpoints.enablePri(step.device(), false));
    }
  }
}
