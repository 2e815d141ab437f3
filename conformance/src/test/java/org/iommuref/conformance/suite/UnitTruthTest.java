package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;
import org.iommuref.spec.unit.call.UnitCall.WriteRegister;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which parts of a case of a unit still expect what is right. */
class UnitTruthTest {

  private static final int GCMD = 0x18;
  private static final int GSTS = 0x1c;
  private static final int RTADDR = 0x20;
  private static final long SRTP = 1L << 30;
  private static final ClauseId CLAUSE = ClauseId.parse("VTD-027");
  private static final WriteRegister ROOT = new WriteRegister(RTADDR, Long.BYTES, 0x1000, null);
  private static final WriteRegister COMMAND = new WriteRegister(GCMD, Integer.BYTES, SRTP, null);

  private static Case of(Operation<?>... operations) {
    List<CaseStep> steps = new ArrayList<>();
    for (Operation<?> operation : operations) {
      steps.add(new CaseStep(operation, CLAUSE, null));
    }
    return new Case(
        "a case", CLAUSE, Set.of(), Set.of(), Topology.oneDevice(), Layer.UNIT, false, steps);
  }

  private static ReadRegister expecting(long status) {
    return new ReadRegister(GSTS, Integer.BYTES, Expect.bits(SRTP, status));
  }

  private static @Nullable Truth truthOf(Case whole) {
    SessionConfig config =
        new SessionConfig(
            Topology.oneDevice(), CachePolicy.ADVERSARIAL, SessionConfig.PLAIN, Layer.UNIT);
    try (Target target = Targets.onClassPath().named("vtd", 1)) {
      return Truth.of(whole, target, config);
    }
  }

  private static boolean holds(Case part, Case whole) {
    return Objects.requireNonNull(truthOf(whole), "no unit of ours keeps the whole case")
        .holds(part);
  }

  @Test
  void part_thatAUnitOfOursKeeps_isTrue() {
    Case whole = of(expecting(0), ROOT, COMMAND, expecting(SRTP));
    assertThat(holds(of(ROOT, COMMAND, expecting(SRTP)), whole)).as("without a look").isTrue();
  }

  @Test
  void part_thatExpectsWhatIsNotSo_isNotTrue() {
    Case whole = of(ROOT, COMMAND, expecting(SRTP));
    assertThat(holds(of(ROOT, expecting(SRTP)), whole)).as("without the command").isFalse();
  }

  @Test
  void part_inWhichSoftwareBreaksTheContract_isNotTrue_unlessTheWholeCaseDoesSoToo() {
    Case careless = of(COMMAND, expecting(SRTP));
    assertThat(holds(careless, of(ROOT, COMMAND, expecting(SRTP))))
        .as("SRTP before RTADDR was written")
        .isFalse();
    assertThat(holds(careless, of(COMMAND, expecting(SRTP), expecting(SRTP))))
        .as("the case is about that")
        .isTrue();
  }

  @Test
  void caseThatNoUnitOfOursKeeps_hasNoTruth() {
    assertThat(truthOf(of(expecting(SRTP)))).isNull();
  }
}
