package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.device.Endpoints;
import org.iommuref.hw.vtd.driver.DriverStep.DisableAts;
import org.iommuref.hw.vtd.driver.DriverStep.EnableAts;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.step.Steps;

/**
 * ATS of one device, as its configuration space has it.
 *
 * @param device the device
 * @param isOffered whether device and unit have it
 * @param hasPri whether they have page requests
 * @param endpoints the devices
 * @param steps the path to them
 */
record DeviceAts(Rid device, boolean isOffered, boolean hasPri, Endpoints endpoints, Steps steps) {

  /** Turns it on or off, where it is offered. */
  void enable(boolean on) {
    if (!isOffered) {
      return;
    }
    if (on) {
      steps.perform(new EnableAts(device), step -> endpoints.enableAts(step.device(), true));
    } else {
      steps.perform(new DisableAts(device), step -> endpoints.enableAts(step.device(), false));
    }
  }
}
