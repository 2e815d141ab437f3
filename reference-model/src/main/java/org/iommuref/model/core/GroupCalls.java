package org.iommuref.model.core;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Calls on groups, each under the lock of its group.
 *
 * @param steps the locks
 * @param checks what is asked first
 */
record GroupCalls(Steps steps, CoreChecks checks) {

  /** Checks a call and makes it. */
  Result<Done> call(CoreCall call, GroupRequest request, Function<Group, Result<Done>> body) {
    Supplier<Result<Done>> checked =
        () -> {
          Errno refusal = checks.of(call).refusal(request);
          return refusal == null ? body.apply(request.group()) : Result.err(refusal);
        };
    Group group = request.maybeGroup();
    return group == null ? checked.get() : locked(group, checked);
  }

  /** Makes a call that answers nothing, if there is a group. */
  Result<Done> act(@Nullable Group group, Consumer<Group> body) {
    if (group == null) {
      return Result.done();
    }
    return locked(
        group,
        () -> {
          body.accept(group);
          return Result.done();
        });
  }

  /** What a body answers under the lock of a group. */
  <T> Result<T> locked(Group group, Supplier<Result<T>> body) {
    steps.lock(group.lock());
    try {
      return body.get();
    } finally {
      steps.unlock(group.lock());
    }
  }
}
