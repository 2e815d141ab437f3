package org.iommuref.conformance.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The processes of a program that are alive, and the one that acts. */
final class Cast {

  private static final int MOST = 4;
  private static final int CHANGES_ONE_IN = 6;

  private final Random random;
  private final List<Actor> alive = new ArrayList<>();
  private Actor current = new Actor(0);
  private int started = 1;

  Cast(Random random) {
    this.random = random;
    alive.add(current);
  }

  /** Who acts next: mostly who did last. */
  Actor next() {
    if (random.nextInt(CHANGES_ONE_IN) == 0) {
      current = alive.get(random.nextInt(alive.size()));
    }
    return current;
  }

  List<Actor> alive() {
    return alive;
  }

  boolean mayFork() {
    return started < MOST;
  }

  boolean mayEnd() {
    return alive.size() > 1;
  }

  void forked(Actor parent) {
    alive.add(parent.forked(started++));
  }

  void ended(Actor actor) {
    alive.remove(actor);
    current = alive.get(0);
  }
}
