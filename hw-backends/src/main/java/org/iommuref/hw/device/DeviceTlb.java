package org.iommuref.hw.device;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.TranslationCompletion;
import org.iommuref.spec.unit.UnitMessage.DeviceTlbInvalidation;
import org.jspecify.annotations.Nullable;

/**
 * The translations that one device keeps (PCI Express: address translation cache). It gives none up
 * by itself until it is full.
 *
 * <p>An invalidation also reaches what the device asks for meanwhile: a completion that it has
 * overtaken is not kept. Accesses by a kept translation are counted from the look-up to their end,
 * since the device completes an invalidation only when none is under way.
 */
final class DeviceTlb {

  private static final int MOST = 64;
  private static final int PAGE_SHIFT = 12;

  private final Footprint footprint;
  private final List<Kept> kept = new ArrayList<>();
  private boolean enabled;
  private int underWay;
  private int invalidations;

  /** A range of {@code bytes} from {@code first} on, found at {@code target}. */
  private record Kept(
      @Nullable Pasid pasid, long first, long bytes, long target, boolean read, boolean write) {

    boolean serves(@Nullable Pasid by, long address, AccessKind kind) {
      return Objects.equals(pasid, by)
          && Long.compareUnsigned(address - first, bytes) < 0
          && (read || !kind.needsRead())
          && (write || !kind.needsWrite());
    }

    boolean meets(long start, long length) {
      return Long.compareUnsigned(start - first, bytes) < 0
          || Long.compareUnsigned(first - start, length) < 0;
    }
  }

  DeviceTlb(Footprint footprint) {
    this.footprint = footprint;
  }

  /** Turns ATS on, which empties the cache, or off, which does not. */
  void enable(boolean on) {
    footprint.write(this, 0);
    enabled = on;
    if (on) {
      kept.clear();
    }
  }

  boolean isEnabled() {
    footprint.read(this, 0);
    return enabled;
  }

  /** Where an access goes by a translation that is kept, under way from now on; or -1. */
  long begin(@Nullable Pasid pasid, long address, AccessKind kind) {
    footprint.write(this, 0);
    for (Kept each : kept) {
      if (each.serves(pasid, address, kind)) {
        underWay++;
        return each.target + (address - each.first);
      }
    }
    return -1;
  }

  /** An access by a kept translation has ended. */
  void end() {
    footprint.write(this, 0);
    underWay--;
  }

  /** Whether an access by a kept translation is under way. */
  boolean isBusy() {
    footprint.read(this, 0);
    return underWay > 0;
  }

  /** How many invalidations there were, to tell whether one overtakes a completion. */
  int invalidations() {
    footprint.read(this, 0);
    return invalidations;
  }

  /** Keeps what a completion gives, unless an invalidation came since there were {@code before}. */
  void keep(@Nullable Pasid pasid, long address, TranslationCompletion given, int before) {
    footprint.write(this, 0);
    if (before != invalidations || given.untranslatedOnly()) {
      return;
    }
    if (kept.size() == MOST) {
      kept.remove(0);
    }
    long bytes = 1L << given.shift();
    kept.add(
        new Kept(pasid, address & -bytes, bytes, given.address(), given.read(), given.write()));
  }

  /** Drops what an invalidation names. */
  void drop(DeviceTlbInvalidation order) {
    footprint.write(this, 0);
    invalidations++;
    long bytes = bytes(order);
    long first = bytes == 0 ? 0 : order.address() & -bytes;
    kept.removeIf(
        each ->
            (order.allPasids() || Objects.equals(each.pasid, order.pasid()))
                && (bytes == 0 || each.meets(first, bytes)));
  }

  /** The bytes that an invalidation names: its lowest zero bit from bit 12 on; 0 for all. */
  private static long bytes(DeviceTlbInvalidation order) {
    if (!order.range()) {
      return 1L << PAGE_SHIFT;
    }
    int ones = Long.numberOfTrailingZeros(~(order.address() >>> PAGE_SHIFT));
    int shift = ones + PAGE_SHIFT + 1;
    return shift >= Long.SIZE ? 0 : 1L << shift;
  }
}
