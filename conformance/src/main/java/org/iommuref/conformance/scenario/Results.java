package org.iommuref.conformance.scenario;

import java.util.Map;
import org.iommuref.conformance.report.Words;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.FinishAccess;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;

/**
 * Replies in the words of an outcome: {@code blocked}; {@code done}; the name of what was read, or
 * the hex number; an errno.
 *
 * @param names of values
 */
record Results(Map<Long, String> names) {

  String of(BackendOperation<?> operation, Reply<?> reply) {
    if (!(reply instanceof Reply.Ok<?> ok)) {
      return Words.of(reply);
    }
    if (ok.value() instanceof AccessOutcome outcome) {
      return of(operation, outcome);
    }
    if (operation instanceof ReadMemory && ok.value() instanceof Long value) {
      return nameOf(value);
    }
    return Words.of(reply);
  }

  private String of(BackendOperation<?> operation, AccessOutcome outcome) {
    if (!(outcome instanceof AccessOutcome.Completed completed)) {
      return "blocked";
    }
    boolean reads =
        operation instanceof FinishAccess
            || (operation instanceof Access access && access.access().kind() == AccessKind.READ);
    return reads ? nameOf(completed.data()) : "done";
  }

  private String nameOf(long value) {
    return names.getOrDefault(value, "0x" + Long.toHexString(value));
  }
}
