package org.iommuref.model.check;

import java.util.function.Predicate;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;

/**
 * One reason to refuse a request.
 *
 * @param clause the rule
 * @param reason the condition in words, as {@code the group has several devices}
 * @param refuses whether the condition holds
 * @param errno what the caller gets
 * @param needed whether what comes behind cannot do without it, so that it cannot be left out
 * @param <R> the request
 */
public record Check<R>(
    ClauseId clause, String reason, Predicate<? super R> refuses, Errno errno, boolean needed) {

  /** The same reason with another errno. */
  public Check<R> answering(Errno other) {
    return new Check<>(clause, reason, refuses, other, needed);
  }
}
