package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * Refuses every access to shared state outside a step, and records those inside.
 *
 * <p>Set-up and outcome may touch everything; conditions, invariants and the enabling of machines
 * may look, which is not recorded.
 */
final class Guard implements Footprint {

  private enum Mode {
    OPEN,
    CLOSED,
    LOOKING,
    MOVING
  }

  private final List<SharedAccess> accesses = new ArrayList<>();
  private final boolean oneAccess;
  private final boolean recording;
  private final TouchLog touched;
  private boolean lookIsPartOfMove;
  private @Nullable StoreBuffers stores;
  private int count;
  private int ofMemory;
  private Mode mode = Mode.OPEN;

  Guard(boolean oneAccess, boolean recording, TouchLog touched) {
    this.oneAccess = oneAccess;
    this.recording = recording;
    this.touched = touched;
  }

  /** What drains before an access of software, and sees whose accesses are made. */
  void buffer(StoreBuffers buffers) {
    stores = buffers;
  }

  /** From now on accesses are those of a thread; of hardware if null. */
  void accessedBy(@Nullable Player player) {
    if (stores != null) {
      stores.accessedBy(player);
    }
  }

  /** Whether a condition holds for {@code player}, who sees what it has written itself. */
  boolean seenBy(Player player, BooleanSupplier condition) {
    accessedBy(player);
    try {
      return condition.getAsBoolean();
    } finally {
      accessedBy(null);
    }
  }

  /** Whether all that threads have written is in memory. */
  boolean isDrained() {
    return stores == null || stores.areEmpty();
  }

  /** Drains what a thread has written; that counts as no access of its step. */
  void drain(Player player) {
    if (stores != null) {
      Mode before = mode;
      int counted = count;
      int countedOfMemory = ofMemory;
      mode = Mode.MOVING;
      stores.drain(player);
      mode = before;
      count = counted;
      ofMemory = countedOfMemory;
    }
  }

  /** The same as a step of its own, which touches nothing else. */
  void drainAsStep(Player player) {
    drain(player);
    count = 1;
  }

  private void beforeAccess(Object space) {
    if (stores != null && mode == Mode.MOVING) {
      int counted = count;
      int countedOfMemory = ofMemory;
      stores.beforeAccess(space);
      count = counted;
      ofMemory = countedOfMemory;
    }
  }

  void open() {
    mode = Mode.OPEN;
  }

  void close() {
    mode = Mode.CLOSED;
  }

  void beginLook() {
    mode = Mode.LOOKING;
  }

  /** The same where what is looked at decides what the move under way does. */
  void beginLookOfMove() {
    mode = Mode.LOOKING;
    lookIsPartOfMove = true;
  }

  void endLook() {
    mode = Mode.CLOSED;
    lookIsPartOfMove = false;
  }

  void beginMove() {
    mode = Mode.MOVING;
    count = 0;
    ofMemory = 0;
    accesses.clear();
  }

  /** Of a move that reported no access it is not known what it touched. */
  void endMove() {
    mode = Mode.CLOSED;
    if (count == 0) {
      touched.touchEverything();
    }
  }

  boolean moving() {
    return mode == Mode.MOVING;
  }

  boolean looking() {
    return mode == Mode.LOOKING;
  }

  /** Throws if the step that has ended made more than one access and only one is allowed. */
  void requireOneAccess(Step step) {
    refuseSecond(step.toString(), count, "shared state");
  }

  /**
   * The same for a machine's move, which makes one access to memory; the registers and slots that
   * it looks at are its own.
   */
  void requireOneAccess(String machine) {
    refuseSecond("a move of " + machine, ofMemory, "memory");
  }

  private void refuseSecond(String move, int made, String what) {
    if (oneAccess && made > 1) {
      throw new IllegalStateException(
          move + " makes " + made + " accesses to " + what + ": " + accesses);
    }
  }

  /** What the move that has ended touched. */
  List<SharedAccess> accesses() {
    return List.copyOf(accesses);
  }

  @Override
  public void read(Object space, long address) {
    beforeAccess(space);
    count(space);
    note(space, address, false);
  }

  @Override
  public void write(Object space, long address) {
    beforeAccess(space);
    count(space);
    note(space, address, true);
  }

  @Override
  public void readAtom(Object space, long address) {
    beforeAccess(space);
    count(space);
    note(space, address, false);
    note(space, address + 8, false);
  }

  @Override
  public void writeAtom(Object space, long address) {
    beforeAccess(space);
    count(space);
    note(space, address, true);
    note(space, address + 8, true);
  }

  private void count(Object space) {
    count++;
    ofMemory += space instanceof Memory ? 1 : 0;
  }

  private void note(Object space, long address, boolean write) {
    switch (mode) {
      case MOVING -> {
        touched.touch(space, address, write);
        if (recording || oneAccess) {
          accesses.add(new SharedAccess(space, address, write));
        }
      }
      case CLOSED ->
          throw new IllegalStateException(
              "outside a step: " + new SharedAccess(space, address, write));
      case LOOKING -> {
        if (write) {
          throw new IllegalStateException(
              "while only looking: " + new SharedAccess(space, address, true));
        }
        if (lookIsPartOfMove) {
          touched.touch(space, address, false);
        }
      }
      case OPEN -> touched.touch(space, address, write);
    }
  }
}
