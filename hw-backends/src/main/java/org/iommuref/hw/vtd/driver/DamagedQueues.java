package org.iommuref.hw.vtd.driver;

import java.util.function.Function;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DamagedCommands;

/**
 * Queues whose next descriptor can be made one that no unit knows.
 *
 * @param units the unit of each device
 */
record DamagedQueues(Function<Rid, UnitDriver> units) implements DamagedCommands {

  @Override
  public void damageNext(Rid device) {
    units.apply(device).damageNext();
  }
}
