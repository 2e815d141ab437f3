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
 * @param steps the path to them
 */
record DeviceAts(Rid device, boolean isOffered, boolean hasPri, Endpoints endpoints, Steps steps) {

  /** Turns them on, where they are offered: page requests name what ATS has asked for. */
  void enable() {
    if (isOffered) {
      steps.perform(new EnableAts(device), step -> endpoints.enableAts(step.device(), true));
    }
    if (hasPri) {
      steps.perform(new EnablePri(device), step -> endpoints.enablePri(step.device(), true));
    }
  }

  /** Turns them off, in the other order. */
  void disable() {
    if (hasPri) {
      steps.perform(new DisablePri(device), step -> endpoints.enablePri(step.device(), false));
    }
    if (isOffered) {
      steps.perform(new DisableAts(device), step -> endpoints.enableAts(step.device(), false));
    }
  }
}
