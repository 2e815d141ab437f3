package org.iommuref.model.explore;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.spec.step.StepLock;
import org.jspecify.annotations.Nullable;

/** Who holds which lock. */
final class Locks {

  private final Map<StepLock, Player> holders = new HashMap<>();

  boolean free(StepLock lock) {
    return !holders.containsKey(lock);
  }

  @Nullable Player holder(StepLock lock) {
    return holders.get(lock);
  }

  void take(StepLock lock, Player player) {
    holders.put(lock, player);
  }

  void giveBack(StepLock lock, Player player) {
    if (holders.get(lock) != player) {
      throw new IllegalStateException(
          player.name() + " gives back lock " + lock + ", which it does not hold");
    }
    holders.remove(lock);
  }

  void requireNoneOf(Player player) {
    if (holders.containsValue(player)) {
      throw new IllegalStateException(player.name() + " ends while it holds a lock");
    }
  }
}
