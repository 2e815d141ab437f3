package org.iommuref.hw.vtd.unit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.iommuref.spec.step.Footprint;

/**
 * The requests under way, and who waits for some of them to take effect.
 *
 * <p>An invalidation makes walks start anew that hold what it takes, and marks translated requests
 * that have to take effect first: a marked request moves even if it is held. INV-002
 */
final class InFlight {

  private final DmaRequest[] slots;
  private final Footprint footprint;
  private final List<Runnable> whenDrained = new ArrayList<>();

  InFlight(int slots, Footprint footprint) {
    this.footprint = footprint;
    this.slots = new DmaRequest[slots];
    for (int i = 0; i < slots; i++) {
      this.slots[i] = new DmaRequest(i);
    }
  }

  int slots() {
    return slots.length;
  }

  /** The request in a slot, to look at. */
  DmaRequest peek(int slot) {
    footprint.read(this, slot);
    return slots[slot];
  }

  /** The request in a slot, about to change. */
  DmaRequest change(int slot) {
    footprint.write(this, slot);
    return slots[slot];
  }

  /** A free slot, or -1. */
  int free() {
    for (int i = 0; i < slots.length; i++) {
      footprint.read(this, i);
      if (slots[i].stage() == DmaRequest.Stage.FREE) {
        return i;
      }
    }
    return -1;
  }

  /** Makes the walks in the scope start anew. */
  void restart(Predicate<DmaRequest> scope) {
    for (int i = 0; i < slots.length; i++) {
      if (change(i).isWalking() && scope.test(slots[i])) {
        slots[i].restart();
      }
    }
  }

  /** Marks the translated requests in the scope. */
  void drain(Predicate<DmaRequest> scope) {
    for (int i = 0; i < slots.length; i++) {
      if (change(i).stage() == DmaRequest.Stage.TRANSLATED && scope.test(slots[i])) {
        slots[i].draining = true;
      }
    }
  }

  /** Whether a marked request is still under way. */
  boolean isDraining() {
    for (int i = 0; i < slots.length; i++) {
      if (peek(i).draining) {
        return true;
      }
    }
    return false;
  }

  /** Runs an action when no marked request is under way any more: at once if none is. */
  void whenDrained(Runnable action) {
    footprint.write(whenDrained, 0);
    whenDrained.add(action);
    runIfDrained();
  }

  /** A request has taken effect. */
  void runIfDrained() {
    footprint.read(whenDrained, 0);
    if (whenDrained.isEmpty() || isDraining()) {
      return;
    }
    footprint.write(whenDrained, 0);
    List<Runnable> actions = List.copyOf(whenDrained);
    whenDrained.clear();
    actions.forEach(Runnable::run);
  }
}
