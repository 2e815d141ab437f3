package org.iommuref.model.oracle;

import java.util.Set;
import java.util.TreeSet;
import org.iommuref.model.oracle.ExpectedFaults.Expected;
import org.iommuref.spec.access.AccessKind;
import org.jspecify.annotations.Nullable;

/**
 * The reason codes of VT-d in scalable mode. Manual 7.1.3, conditions SRT, SCT, SPD, SPT, SFS, SSS
 * and SGN.
 *
 * <p>A domain may be a first or a second stage, as the driver likes; where the units have no first
 * stage it is a second stage.
 *
 * @param secondStageAlone whether the units have no first stage
 */
record VtdScalableFaultReasons(boolean secondStageAlone) implements FaultReasons {

  private static final int ROOT_NOT_PRESENT = 0x39;
  private static final int CONTEXT_NOT_PRESENT = 0x41;
  private static final int PASID_BEYOND_DIRECTORY = 0x46;
  private static final int DIRECTORY_NOT_PRESENT = 0x51;
  private static final int PASID_NOT_PRESENT = 0x59;
  private static final int FIRST_STAGE_NOT_PRESENT = 0x71;
  private static final int SECOND_STAGE_NOT_PRESENT = 0x79;
  private static final int NOT_CANONICAL = 0x80;
  private static final int BEYOND_SECOND_STAGE = 0x84;
  private static final int NO_WRITE = 0x85;
  private static final int NO_READ = 0x86;
  private static final int NESTED_TABLE = 0x75;
  private static final int NESTED_LOWER_TABLE = 0x76;
  private static final int USER = 0x81;

  @Override
  public @Nullable Rule rule(Expected access) {
    Set<Integer> codes =
        switch (access.cause()) {
          case UNDETERMINED, ENDED -> Set.of();
          case BLOCKED -> blocked(access);
          case NOT_MAPPED ->
              secondStageAlone
                  ? Set.of(SECOND_STAGE_NOT_PRESENT)
                  : Set.of(FIRST_STAGE_NOT_PRESENT, SECOND_STAGE_NOT_PRESENT);
          case NO_RIGHT -> right(access.access().kind());
          case BEYOND_WIDTH ->
              secondStageAlone
                  ? Set.of(BEYOND_SECOND_STAGE)
                  : Set.of(NOT_CANONICAL, FIRST_STAGE_NOT_PRESENT, BEYOND_SECOND_STAGE);
          case NESTED ->
              Set.of(
                  FIRST_STAGE_NOT_PRESENT,
                  SECOND_STAGE_NOT_PRESENT,
                  NESTED_TABLE,
                  NESTED_LOWER_TABLE,
                  USER,
                  NO_WRITE,
                  NO_READ);
        };
    return codes.isEmpty() ? null : new Rule(new TreeSet<>(codes), Clauses.FREC_012);
  }

  private static Set<Integer> blocked(Expected access) {
    return access.access().pasid() == null
        ? Set.of(ROOT_NOT_PRESENT, CONTEXT_NOT_PRESENT, DIRECTORY_NOT_PRESENT, PASID_NOT_PRESENT)
        : Set.of(
            ROOT_NOT_PRESENT,
            CONTEXT_NOT_PRESENT,
            PASID_BEYOND_DIRECTORY,
            DIRECTORY_NOT_PRESENT,
            PASID_NOT_PRESENT);
  }

  /** A first stage has no right to read, so that a read lacks one in a second stage alone. */
  private static Set<Integer> right(AccessKind kind) {
    return switch (kind) {
      case WRITE -> Set.of(NO_WRITE);
      case ATOMIC -> Set.of(NO_WRITE, NO_READ);
      default -> Set.of(NO_READ);
    };
  }
}
