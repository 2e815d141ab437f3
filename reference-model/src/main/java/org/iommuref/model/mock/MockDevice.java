package org.iommuref.model.mock;

import java.util.Arrays;
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

  private static final int CACHED = 0xbaddad;

  private final int flags;
  private final Map<Pasid, DomainId> pasids = new HashMap<>();
  private @Nullable DomainId domain;
  private final int[] cache = new int[FalseCache.ENTRIES];
  private @Nullable MockViommu viommu;
  private long virtualId;
  private boolean failsNextSetOfPasid1024;

  MockDevice(int flags) {
    this.flags = flags;
    Arrays.fill(cache, CACHED);
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

  /** The virtual unit of the domain that it is in, or null. */
  @Nullable MockViommu viommu() {
    return viommu;
  }

  /** Its number on that unit when it entered. */
  long virtualId() {
    return virtualId;
  }

  void enter(@Nullable MockViommu unit, long number) {
    viommu = unit;
    virtualId = number;
  }

  int cache(int entry) {
    return cache[entry];
  }

  void clearCache(int entry) {
    cache[entry] = 0;
  }

  void clearCache() {
    Arrays.fill(cache, 0);
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
