package org.iommuref.model.explore;

import java.util.IdentityHashMap;
import org.iommuref.model.schedule.Touched;
import org.jspecify.annotations.Nullable;

/** Collects what each move touches, if the scheduler wants to know. */
final class TouchLog {

  private final boolean wanted;
  private final IdentityHashMap<Object, Integer> spaces = new IdentityHashMap<>();
  private @Nullable Touched move;

  TouchLog(boolean wanted) {
    this.wanted = wanted;
  }

  boolean isWanted() {
    return wanted;
  }

  /** A move begins: who is picked goes on until the next point. */
  void begin() {
    move = wanted ? new Touched(spaces.size()) : null;
  }

  /** What the move touched that has ended; null if none is under way. */
  @Nullable Touched end() {
    Touched ended = move;
    move = null;
    return ended;
  }

  void touch(Object space, long address, boolean write) {
    if (wanted) {
      int number = number(space);
      if (move != null) {
        move.add(number, space.getClass(), address, write);
      }
    }
  }

  /** Gives a space its number, before the first move. */
  int number(Object space) {
    return spaces.computeIfAbsent(space, any -> spaces.size());
  }

  /** The move does what nobody was told of. */
  void touchEverything() {
    if (move != null) {
      move.addEverything();
    }
  }
}
