package org.iommuref.model.schedule;

import java.util.function.IntPredicate;

/**
 * Which machine moves when nothing else decides: the one that moved last goes on until it cannot or
 * its turn is over, then the next one that can.
 *
 * <p>A turn is 64 moves, so that a machine that can always move does not starve the others.
 */
public final class MachineOrder {

  private static final int TURN = 64;

  private int last;
  private int movesInTurn;

  /**
   * The machine that is to move next, or -1 if none of {@code machines} is enabled; there can be
   * fewer than before.
   */
  public int next(int machines, IntPredicate enabled) {
    if (machines == 0) {
      return -1;
    }
    if (movesInTurn < TURN && last < machines && enabled.test(last)) {
      return last;
    }
    for (int ahead = 1; ahead <= machines; ahead++) {
      int machine = (last + ahead) % machines;
      if (enabled.test(machine)) {
        return machine;
      }
    }
    return -1;
  }

  /** Notes that {@code machine} has moved. */
  public void moved(int machine) {
    movesInTurn = machine == last && movesInTurn < TURN ? movesInTurn + 1 : 1;
    last = machine;
  }
}
