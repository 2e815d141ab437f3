package org.iommuref.spec.errno;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call that may fail: a value, or an errno with what was done before the failure.
 *
 * @param <V> the value of a call that succeeded
 */
public sealed interface Result<V> {

  /** A call that succeeded. */
  record Ok<V>(V value) implements Result<V> {
    /** Requires a value; a call without one yields {@link Done#DONE}. */
    public Ok {
      Objects.requireNonNull(value);
    }
  }

  /**
   * A call that failed.
   *
   * @param errno why
   * @param partial what was done before the failure, where the call defines it (bytes mapped,
   *     entries handled)
   */
  record Err<V>(Errno errno, @Nullable V partial) implements Result<V> {}

  /** The value of a call that has nothing to say but that it succeeded. */
  enum Done {
    DONE
  }

  /** Success with a value. */
  static <V> Result<V> ok(V value) {
    return new Ok<>(value);
  }

  /** Success without a value. */
  static Result<Done> done() {
    return new Ok<>(Done.DONE);
  }

  /** Failure with nothing done. */
  static <V> Result<V> err(Errno errno) {
    return new Err<>(errno, null);
  }

  /** Failure after part of the work. */
  static <V> Result<V> err(Errno errno, V partial) {
    return new Err<>(errno, partial);
  }

  /** Whether the call succeeded. */
  default boolean isOk() {
    return this instanceof Ok;
  }

  /** The errno of a failure, or null. */
  default @Nullable Errno errno() {
    return this instanceof Err<V> err ? err.errno() : null;
  }

  /**
   * The value of a success.
   *
   * @throws IllegalStateException if the call failed
   */
  default V value() {
    if (this instanceof Ok<V> ok) {
      return ok.value();
    }
    throw new IllegalStateException("no value: " + this);
  }
}
