package org.iommuref.conformance.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Things that take long to start, started before they are asked for.
 *
 * <p>Nothing is used twice: what was taken is the taker's. As many as are expected are made ready
 * at once, up to {@link #AHEAD} beside each other. An expectation that was wrong costs a start. All
 * methods are called by one thread.
 *
 * @param <K> what tells one kind of thing from another
 * @param <T> the thing
 */
final class StartedAhead<K, T extends AutoCloseable> implements AutoCloseable {

  /** How many are started beside each other. */
  static final int AHEAD = 2;

  private record Ordered<K, T>(K kind, Future<T> thing) {}

  private final Function<K, T> start;
  private final ExecutorService starters = daemons(AHEAD, "start-ahead");
  private final ExecutorService closers = daemons(1, "close-behind");
  private final List<Ordered<K, T>> ordered = new ArrayList<>();

  /** Things that are started by this function, on any thread. */
  StartedAhead(Function<K, T> start) {
    this.start = start;
  }

  private static ExecutorService daemons(int threads, String name) {
    return Executors.newFixedThreadPool(
        threads,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /** From now on these will be taken, in this order; what is ready of other kinds is ended. */
  void expect(List<K> next) {
    List<K> missing = new ArrayList<>(next);
    for (Ordered<K, T> one : List.copyOf(ordered)) {
      if (!missing.remove(one.kind())) {
        ordered.remove(one);
        end(one);
      }
    }
    missing.forEach(
        kind -> ordered.add(new Ordered<>(kind, starters.submit(() -> start.apply(kind)))));
  }

  /**
   * One of that kind: the first that was started ahead, or else one that is started now.
   *
   * @throws RuntimeException as the start did
   */
  T take(K kind) {
    for (Ordered<K, T> one : ordered) {
      if (one.kind().equals(kind)) {
        ordered.remove(one);
        return started(one.thing());
      }
    }
    return start.apply(kind);
  }

  private static <T> T started(Future<T> thing) {
    try {
      return thing.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while something was started", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Ends what was taken, some time soon. */
  void endLater(T taken) {
    closers.execute(() -> close(taken));
  }

  private void end(Ordered<K, T> one) {
    closers.execute(
        () -> {
          try {
            close(started(one.thing()));
          } catch (RuntimeException e) {
            return; // it never came to be, and nobody has missed it
          }
        });
  }

  private static void close(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) {
      throw new IllegalStateException("what was started ahead cannot be ended", e);
    }
  }

  /** Ends all that nobody has taken, and returns when that and all that was taken is gone. */
  @Override
  public void close() {
    expect(List.of());
    starters.shutdown();
    closers.shutdown();
    try {
      if (!closers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS)) {
        throw new IllegalStateException("what was started ahead does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
