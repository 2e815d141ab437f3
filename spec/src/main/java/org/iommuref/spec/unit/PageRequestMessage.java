package org.iommuref.spec.unit;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.jspecify.annotations.Nullable;

/**
 * A device's request for a page, as PRI carries it.
 *
 * @param rid who asks
 * @param pasid the PASID, or null for none
 * @param privileged whether it asks for privileged mode
 * @param execute whether it wants to execute
 * @param read whether it wants to read
 * @param write whether it wants to write
 * @param last L: the last request of its group; answered once
 * @param group PRGI, 0 to 511
 * @param address of the page, in bytes
 */
public record PageRequestMessage(
    Rid rid,
    @Nullable Pasid pasid,
    boolean privileged,
    boolean execute,
    boolean read,
    boolean write,
    boolean last,
    int group,
    long address) {

  /** Whether it marks the end of a PASID's requests: it is never answered. */
  public boolean isStopMarker() {
    return last && !read && !write && pasid != null;
  }
}
