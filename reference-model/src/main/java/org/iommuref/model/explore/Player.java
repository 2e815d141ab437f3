package org.iommuref.model.explore;

import java.util.function.BooleanSupplier;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.jspecify.annotations.Nullable;

/** A software thread in the course of one schedule; all of it belongs to who has the permit. */
final class Player {

  final SoftwareThread thread;

  /** Where it runs; null until it has been started. */
  @Nullable Worker worker;

  /** Whether it was picked before its first step was known. */
  boolean justStarted;

  boolean ended;

  /** What it does when its turn comes. */
  @Nullable Step pending;

  /** What must hold before, or null. */
  @Nullable BooleanSupplier condition;

  /** The lock that it takes when its turn comes, or null. */
  @Nullable StepLock wanted;

  /** Whether it wants the lock for reading. */
  boolean shared;

  /** What it has written and memory does not hold yet; null where memory is sequential. */
  @Nullable StoreBuffer stores;

  Player(SoftwareThread thread) {
    this.thread = thread;
  }

  String name() {
    return thread.name();
  }

  void arriveAt(Step step, @Nullable BooleanSupplier until) {
    pending = step;
    condition = until;
    wanted = null;
  }

  void arriveAt(StepLock lock, boolean forReading) {
    pending = null;
    condition = null;
    wanted = lock;
    shared = forReading;
  }
}
