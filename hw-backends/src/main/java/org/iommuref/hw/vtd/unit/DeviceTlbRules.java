package org.iommuref.hw.vtd.unit;

import org.iommuref.spec.clause.Clause;

/** What the unit makes of the answers of device-TLBs. Manual 4.3 and 6.5.2.11. */
public interface DeviceTlbRules {

  /** Nanoseconds that a device has to complete an invalidation: one minute, by ATS. */
  long TIMEOUT = 60_000_000_000L;

  /** How long a device has, in nanoseconds. */
  @Clause("VTD-168")
  default long timeout() {
    return TIMEOUT;
  }

  /** Whether a completion is an error: its tag waits for none, or for another device. */
  @Clause("VTD-169")
  default boolean isUnexpected(boolean waited, boolean fromItsDevice) {
    return !waited || !fromItsDevice;
  }

  /** Whether wait descriptors in hand are given up when an invalidation times out. */
  @Clause("VTD-168")
  default boolean abortsWaits() {
    return true;
  }
}
