package org.iommuref.spec.unit;

import java.util.List;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.step.Hardware;
import org.jspecify.annotations.Nullable;

/**
 * Seam 1: one IOMMU as the bus sees it.
 *
 * <p>The unit moves only when it is told to: {@link #advance(int)} lets one of its state machines
 * make one access to memory, {@link #drain()} lets all of them run until none can move. Register
 * offsets are in bytes from the unit's base. Later subjects (ATS, page requests) are sub-interfaces
 * in files of their own.
 */
public interface IommuUnit extends Hardware {

  /** How many moves {@link #drain} makes at the most. */
  int MOST_MOVES = 100_000;

  /** Reads a register of {@code width} 4 or 8 bytes. */
  long readRegister(int offset, int width);

  /** Writes a register of {@code width} 4 or 8 bytes. */
  void writeRegister(int offset, int width, long value);

  /**
   * Takes a request of a device; the unit answers it in one of its next moves.
   *
   * @return the slot in which the request waits, or -1 if all slots are taken
   */
  int request(DeviceAccess access);

  /**
   * The answer to the request in {@code slot}, once; null while there is none. The slot is free
   * afterwards.
   */
  @Nullable AccessOutcome answer(int slot);

  /** Whether the request in {@code slot} has its answer; changes nothing. */
  boolean isAnswered(int slot);

  /**
   * Lets the request in {@code slot} be translated but take no effect until released or drained.
   */
  void hold(int slot);

  /** Ends the hold on {@code slot}. */
  void release(int slot);

  /** The messages that the unit has sent since this was called last, in order. */
  List<UnitMessage> outbox();

  /** Lets time pass, in nanoseconds. */
  void elapse(long nanoseconds);

  /**
   * Lets every machine move until none can.
   *
   * @throws IllegalStateException if one goes on after {@link #MOST_MOVES}
   */
  default void drain() {
    boolean moved = true;
    for (int moves = 0; moved; ) {
      moved = false;
      for (int machine = 0; machine < machines(); machine++) {
        if (enabled(machine)) {
          if (++moves > MOST_MOVES) {
            throw new IllegalStateException(
                "the unit does not come to rest: " + machineName(machine) + " goes on");
          }
          advance(machine);
          moved = true;
        }
      }
    }
  }
}
