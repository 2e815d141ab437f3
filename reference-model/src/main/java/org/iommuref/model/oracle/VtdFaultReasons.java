package org.iommuref.model.oracle;

import java.util.Map;
import java.util.Set;
import org.iommuref.model.oracle.ExpectedFaults.Expected;
import org.iommuref.spec.access.AccessKind;
import org.jspecify.annotations.Nullable;

/** The reason codes of VT-d in legacy mode. Manual 7.1, conditions LRT, LCT and LGN. */
final class VtdFaultReasons implements FaultReasons {

  private static final int ROOT_NOT_PRESENT = 0x01;
  private static final int CONTEXT_NOT_PRESENT = 0x02;
  private static final int BEYOND_WIDTH = 0x04;
  private static final int NO_WRITE = 0x05;
  private static final int NO_READ = 0x06;

  private static final Map<ExpectedFaults.Cause, Rule> BY_CAUSE =
      Map.of(
          ExpectedFaults.Cause.BLOCKED,
          new Rule(Set.of(ROOT_NOT_PRESENT, CONTEXT_NOT_PRESENT), Clauses.VTD_CONTEXT),
          ExpectedFaults.Cause.BEYOND_WIDTH,
          new Rule(Set.of(BEYOND_WIDTH), Clauses.VTD_WIDTH));
  private static final Rule WRITE = new Rule(Set.of(NO_WRITE), Clauses.VTD_WRITE);
  private static final Rule READ = new Rule(Set.of(NO_READ), Clauses.VTD_READ);

  @Override
  public @Nullable Rule rule(Expected access) {
    if (access.cause() == ExpectedFaults.Cause.UNDETERMINED
        || access.cause() == ExpectedFaults.Cause.NESTED) {
      return null;
    }
    Rule fixed = BY_CAUSE.get(access.cause());
    if (fixed != null) {
      return fixed;
    }
    AccessKind kind = access.access().kind();
    if (kind == AccessKind.ATOMIC) {
      return new Rule(Set.of(NO_WRITE, NO_READ), Clauses.VTD_WRITE);
    }
    return kind == AccessKind.WRITE ? WRITE : READ;
  }
}
