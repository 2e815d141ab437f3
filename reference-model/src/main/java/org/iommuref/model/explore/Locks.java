package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.iommuref.model.schedule.TakeLock;
import org.iommuref.model.schedule.TakeShared;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.jspecify.annotations.Nullable;

/**
 * Who holds which lock, and who waits to write.
 *
 * <p>As in Linux's rw_semaphore a reader stays out while a writer waits for readers, but may
 * overtake a writer that waits when nobody holds the lock. That a writer begins to wait is a move
 * of its own, since it changes what readers can do; while a writer holds the lock it would change
 * nothing, so there it is none.
 */
final class Locks {

  /** One lock that is held or waited for. */
  private static final class Held {

    private @Nullable Player writer;
    private final List<Player> readers = new ArrayList<>();
    private final List<Player> waitingWriters = new ArrayList<>();

    boolean isFree() {
      return writer == null && readers.isEmpty();
    }

    boolean admitsReader() {
      return writer == null && (readers.isEmpty() || waitingWriters.isEmpty());
    }

    String holders() {
      return writer == null ? names(readers) : writer.name();
    }

    private static String names(List<Player> players) {
      return players.stream().map(Player::name).distinct().collect(Collectors.joining(" and "));
    }
  }

  private final Map<StepLock, Held> locks = new HashMap<>();

  private Held of(StepLock lock) {
    return locks.computeIfAbsent(lock, any -> new Held());
  }

  /** Whether a thread that wants the lock can take it now. */
  boolean admits(StepLock lock, boolean shared) {
    Held held = locks.get(lock);
    return held == null || (shared ? held.admitsReader() : held.isFree());
  }

  /** Whether {@code player}, which wants to write, has yet to begin to wait for readers. */
  boolean canBeginToWait(StepLock lock, Player player) {
    Held held = of(lock);
    return !held.readers.isEmpty() && !held.waitingWriters.contains(player);
  }

  /** From now on {@code player} keeps new readers out. */
  void beginToWait(StepLock lock, Player player) {
    of(lock).waitingWriters.add(player);
  }

  void take(StepLock lock, Player player) {
    Held held = of(lock);
    held.writer = player;
    held.waitingWriters.remove(player);
  }

  void takeShared(StepLock lock, Player player) {
    of(lock).readers.add(player);
  }

  void giveBack(StepLock lock, Player player) {
    Held held = of(lock);
    if (held.writer != player) {
      throw notHeld(lock, player, ", which it does not hold");
    }
    held.writer = null;
  }

  void giveBackShared(StepLock lock, Player player) {
    if (!of(lock).readers.remove(player)) {
      throw notHeld(lock, player, ", which it does not hold for reading");
    }
  }

  private static IllegalStateException notHeld(StepLock lock, Player player, String why) {
    return new IllegalStateException(player.name() + " gives back lock " + lock + why);
  }

  void requireNoneOf(Player player) {
    for (Held held : locks.values()) {
      if (held.writer == player || held.readers.contains(player)) {
        throw new IllegalStateException(player.name() + " ends while it holds a lock");
      }
    }
  }

  /** What a thread does that waits for the lock, as a deadlock names it. */
  Step waiting(StepLock lock, boolean shared) {
    Held held = of(lock);
    String holders = held.isFree() ? "nobody" : held.holders();
    if (!shared) {
      return new TakeLock(lock, holders);
    }
    return new TakeShared(
        lock,
        held.writer == null && !held.waitingWriters.isEmpty()
            ? Held.names(held.waitingWriters) + " waits to write"
            : "held by " + holders);
  }
}
