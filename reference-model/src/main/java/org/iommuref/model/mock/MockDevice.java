package org.iommuref.model.mock;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.jspecify.annotations.Nullable;

/** A mock device. Linux: struct mock_dev. */
final class MockDevice {

  static final int NO_DIRTY = 1;
  static final int PASID = 4;
  static final int KNOWN_FLAGS = NO_DIRTY | PASID;
  static final int PASID_WIDTH = 20;

  private static final int CACHED = 0xbaddad;

  private final Rid rid;
  private final int flags;
  private final Shared shared;
  private final Map<Pasid, DomainId> pasids = new HashMap<>();
  private @Nullable DomainId domain;
  private final int[] cache = new int[FalseCache.ENTRIES];
  private Optional<MockViommu.Place> place = Optional.empty();
  private boolean failsNextSetOfPasid1024;

  MockDevice(Rid rid, int flags, Shared shared) {
    this.rid = rid;
    this.flags = flags;
    this.shared = shared;
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

  /** Where it is on the virtual unit of the domain that it is in; empty if on none. */
  Optional<MockViommu.Place> place() {
    return shared.look(new MockStep.LookAtUnit(rid), step -> place);
  }

  void enter(Optional<MockViommu.Place> next) {
    long number = next.map(MockViommu.Place::virtualId).orElse(0L);
    shared.change(new MockStep.EnterUnit(rid, number), step -> place = next);
  }

  int cache(int entry) {
    return shared.look(new MockStep.ReadCache(rid, entry), step -> cache[step.entry()]);
  }

  /** Clears an entry, all of them for -1. */
  void clearCache(int entry) {
    shared.change(
        new MockStep.ClearCache(rid, entry),
        step -> {
          int from = Math.max(step.entry(), 0);
          Arrays.fill(cache, from, step.entry() < 0 ? cache.length : from + 1, 0);
        });
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
