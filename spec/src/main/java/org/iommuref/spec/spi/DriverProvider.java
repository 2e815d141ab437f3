package org.iommuref.spec.spi;

import java.util.List;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.unit.IommuUnit;

/**
 * Brings a driver over units that somebody else brings: seam 1 judged by what seam 2 promises.
 * Found by ServiceLoader.
 */
public interface DriverProvider {

  /** The architecture of the units, as in {@link HwInfo#architecture()}. */
  String architecture();

  /**
   * What the driver claims of such a unit, by its capability registers alone; what devices can
   * raise in front of it is for those to restrict who bring the devices.
   *
   * @throws IllegalStateException if the unit lacks what the driver needs
   */
  HwInfo claims(IommuUnit unit);

  /**
   * Makes units in the state after power-on translate; no device is probed.
   *
   * @param units the units of the topology's devices, in the order of their indices
   * @throws IllegalStateException if a unit lacks what the driver needs
   */
  IommuBackend start(Environment environment, List<IommuUnit> units);
}
