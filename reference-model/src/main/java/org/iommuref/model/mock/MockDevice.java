package org.iommuref.model.mock;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.jspecify.annotations.Nullable;

/** A mock device. Linux: struct mock_dev. */
final class MockDevice {

  static final int NO_DIRTY = 1;
  static final int PASID = 4;
  static final int KNOWN_FLAGS = NO_DIRTY | PASID;
  static final int PASID_WIDTH = 20;

  private final int flags;
  private final Map<Pasid, DomainId> pasids = new HashMap<>();
  private @Nullable DomainId domain;
  private boolean failsNextSetOfPasid1024;

  MockDevice(int flags) {
    this.flags = flags;
  }

  boolean canTrackDirty() {
    return (flags & NO_DIRTY) == 0;
  }

  /** Two to the power of the width that its firmware tells: a width of 0 leaves one, PASID 0. */
  int maxPasids() {
    return (flags & PASID) == 0 ? 1 : 1 << PASID_WIDTH;
  }

  @Nullable DomainId domain() {
    return domain;
  }

  void attach(DomainId next) {
    domain = next;
  }

  Map<Pasid, DomainId> pasids() {
    return pasids;
  }

  /** Every second set of PASID 1024 fails, as a driver that has no room; whether this one does. */
  boolean failsSetOfPasid1024() {
    boolean fails = failsNextSetOfPasid1024;
    failsNextSetOfPasid1024 = !fails;
    return fails;
  }

  void forgetFailureOfPasid1024() {
    failsNextSetOfPasid1024 = false;
  }
}
