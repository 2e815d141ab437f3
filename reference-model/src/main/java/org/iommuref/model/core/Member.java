package org.iommuref.model.core;

import org.iommuref.spec.access.Rid;

/**
 * A device in a group.
 *
 * @param rid by which it is known
 * @param requiresDirect whether firmware needs some of its addresses mapped one to one at all
 *     times, so that it cannot be blocked
 * @param maxPasids its PASIDs run from 1 to below this; 0 if it has none
 */
public record Member(Rid rid, boolean requiresDirect, int maxPasids) {

  /** Whether the device can tag an access with a PASID. */
  public boolean hasPasids() {
    return maxPasids > 0;
  }
}
