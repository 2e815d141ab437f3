package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.schedule.Machine;
import org.iommuref.model.schedule.MachineOrder;
import org.iommuref.model.schedule.Turn;
import org.iommuref.spec.step.Step;

/**
 * Who can go on now, in the order that {@link Turn} lays down.
 *
 * <p>An actor's number: a thread has its place among the threads, a machine comes after all
 * threads.
 */
final class Alternatives implements Turn {

  private static final int MOST = Long.SIZE;

  private final List<Player> players;
  private final List<Machine> machines;
  private final MachineOrder order;
  private final Locks locks;
  private final Guard guard;
  private final int[] actors = new int[MOST];
  private int count;
  private int last = -1;
  private int lastThread;
  private boolean lastCanGoOn;
  private String asked = "";

  Alternatives(
      List<Player> players, List<Machine> machines, MachineOrder order, Locks locks, Guard guard) {
    this.players = players;
    this.machines = machines;
    this.order = order;
    this.locks = locks;
    this.guard = guard;
  }

  /** Asks every actor whether it can go on. */
  void collect() {
    count = 0;
    lastCanGoOn = false;
    int threads = players.size();
    int first = threads == 0 ? 0 : firstThread();
    if (threads > 0 && canGoOn(players.get(first))) {
      add(first);
    }
    collectMachines();
    for (int ahead = 1; ahead < threads; ahead++) {
      int thread = (first + ahead) % threads;
      if (canGoOn(players.get(thread))) {
        add(thread);
      }
    }
  }

  /** The thread that ran last; if it has ended, the next that has not. */
  private int firstThread() {
    int threads = players.size();
    for (int ahead = 0; ahead < threads; ahead++) {
      int thread = (lastThread + ahead) % threads;
      if (!players.get(thread).ended) {
        return thread;
      }
    }
    return lastThread;
  }

  private void collectMachines() {
    int first = order.next(machines.size(), this::machineCanMove);
    if (first < 0) {
      return;
    }
    add(players.size() + first);
    for (int ahead = 1; ahead < machines.size(); ahead++) {
      int machine = (first + ahead) % machines.size();
      if (machineCanMove(machine)) {
        add(players.size() + machine);
      }
    }
  }

  private boolean machineCanMove(int index) {
    Machine machine = machines.get(index);
    asked = machine.name();
    return machine.enabled();
  }

  /** Whether {@code player} could go on now. */
  boolean canGoOn(Player player) {
    asked = player.name();
    if (player.ended) {
      return false;
    }
    if (player.wanted != null) {
      return locks.admits(player.wanted, player.shared)
          || (!player.shared && locks.canBeginToWait(player.wanted, player));
    }
    return player.condition == null || guard.seenBy(player, player.condition);
  }

  /** Whether no thread has anything left to do. */
  boolean allEnded() {
    for (Player player : players) {
      if (!player.ended) {
        return false;
      }
    }
    asked = "settled";
    return true;
  }

  /** What each thread that has not ended waits for; asked when nobody can go on. */
  List<Waiting> waiting() {
    var waiting = new ArrayList<Waiting>();
    for (Player player : players) {
      Step step = player.pending;
      if (player.wanted != null) {
        step = locks.waiting(player.wanted, player.shared);
      }
      if (!player.ended && step != null) {
        waiting.add(new Waiting(player.name(), step));
      }
    }
    return waiting;
  }

  private void add(int actor) {
    if (count == MOST) {
      throw new IllegalStateException("more than " + MOST + " threads and machines can go on");
    }
    lastCanGoOn |= actor == last;
    actors[count++] = actor;
  }

  /** The actor asked last, to blame if it threw. */
  String asked() {
    return asked;
  }

  /** The number of the actor that is alternative {@code index}, which from now on is the last. */
  int take(int index) {
    last = actors[index];
    if (last < players.size()) {
      lastThread = last;
    } else {
      order.moved(last - players.size());
    }
    return last;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int id(int index) {
    return actors[index];
  }

  @Override
  public String actor(int index) {
    int actor = actors[index];
    return actor < players.size()
        ? players.get(actor).name()
        : machines.get(actor - players.size()).name();
  }

  @Override
  public long preempting() {
    if (!lastCanGoOn) {
      return 0;
    }
    long preempting = 0;
    for (int index = 1; index < count; index++) {
      if (actors[index] != last) {
        preempting |= 1L << index;
      }
    }
    return preempting;
  }
}
