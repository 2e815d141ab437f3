package org.iommuref.spec.operation;

import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * What came back for an operation.
 *
 * @param <V> what the operation yields when it succeeds
 */
public sealed interface Reply<V> {

  /** The call was made and yielded a value. */
  record Ok<V>(V value) implements Reply<V> {}

  /**
   * The call was made and failed; {@code partial} is what was done before, where the call defines
   * it.
   */
  record Err<V>(Errno errno, @Nullable V partial) implements Reply<V> {}

  /** The target says that it does not have this call. */
  record Unsupported<V>(String reason) implements Reply<V> {}

  /** The runner got no reply that it could use. */
  record Lost<V>(Loss loss, String detail) implements Reply<V> {}

  /** Why there was no usable reply. */
  enum Loss {
    /** The deadline passed. */
    TIMEOUT,
    /** The process ended, or the call threw. */
    CRASH,
    /** What came back was not a reply to this request. */
    MALFORMED
  }

  /** The reply that a result makes. */
  static <V> Reply<V> of(Result<V> result) {
    if (result instanceof Result.Err<V> err) {
      return new Err<>(err.errno(), err.partial());
    }
    return new Ok<>(result.value());
  }

  /** The reply of a call that cannot fail. */
  static <V> Reply<V> ok(V value) {
    return new Ok<>(value);
  }
}
