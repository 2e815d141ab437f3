package org.iommuref.model.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The real threads of an exploration: the caller's own and as many more as have been needed at
 * once, used again for every schedule.
 */
final class Crew implements AutoCloseable {

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final Worker home = new Worker(new Spinning(CORES));
  private final List<Worker> pooled = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Deque<Worker> idle = new ArrayDeque<>();
  private boolean closed;
  private boolean interrupted;

  /** A crew of the calling thread. */
  Crew() {
    home.runsOn(Thread.currentThread());
  }

  /** The caller's thread. */
  Worker home() {
    return home;
  }

  /** All others are idle: a schedule begins. */
  void muster() {
    idle.clear();
    idle.addAll(pooled);
  }

  /** Takes a worker that has nothing to do. */
  Worker takeIdle() {
    Worker worker = idle.poll();
    return worker == null ? hire() : worker;
  }

  /** Notes that {@code worker} has nothing to do. */
  void rest(Worker worker) {
    idle.push(worker);
  }

  /** Lets {@code worker}, which is the current thread, wait for the permit. */
  void await(Worker worker) {
    if (worker.await() && worker == home) {
      interrupted = true;
    }
  }

  private Worker hire() {
    var worker = new Worker(new Spinning(CORES));
    var thread = new Thread(() -> work(worker), "explorer-" + (pooled.size() + 1));
    thread.setDaemon(true);
    worker.runsOn(thread);
    pooled.add(worker);
    threads.add(thread);
    thread.start();
    return worker;
  }

  private void work(Worker worker) {
    while (true) {
      await(worker);
      if (closed) {
        return;
      }
      Runnable task = worker.takeTask();
      if (task != null) {
        task.run();
      }
    }
  }

  /** Ends the threads; all must be idle. */
  @Override
  public void close() {
    closed = true;
    pooled.forEach(worker -> worker.permit(null));
    for (Thread thread : threads) {
      join(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void join(Thread thread) {
    while (true) {
      try {
        thread.join();
        return;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
