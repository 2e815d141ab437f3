package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;
import org.iommuref.spec.unit.call.UnitCall.WriteRegister;
import org.junit.jupiter.api.Test;

/** What is left of a failing case, and what is said of it. */
class ReducerTest {

  private static final int RTADDR = 0x20;
  private static final int FECTL = 0x38;
  private static final int FEDATA = 0x3c;
  private static final int FEADDR = 0x40;
  private static final long IM = 1L << 31;
  private static final ClauseId MASKED = ClauseId.parse("VTD-047");
  private static final ClauseId HELD = ClauseId.parse("VTD-050");
  private static final SessionConfig CONFIG =
      new SessionConfig(
          Topology.oneDevice(), CachePolicy.ADVERSARIAL, SessionConfig.PLAIN, Layer.UNIT);

  private static final CaseStep WRITE =
      new CaseStep(new WriteRegister(FEDATA, Integer.BYTES, 1, null), null, null);
  private static final CaseStep MORE =
      new CaseStep(new WriteRegister(FEADDR, Integer.BYTES, 0, null), null, null);
  private static final CaseStep READ_HELD =
      new CaseStep(new ReadRegister(RTADDR, Long.BYTES, Expect.bits(-1, 0)), HELD, null);
  private static final CaseStep READ_MASKED =
      new CaseStep(new ReadRegister(FECTL, Integer.BYTES, Expect.bits(IM, IM)), MASKED, null);
  private static final Case GIVEN =
      new Case(
          "a case",
          MASKED,
          Set.of(),
          Set.of(),
          Topology.oneDevice(),
          Layer.UNIT,
          false,
          List.of(MORE, WRITE, READ_HELD, READ_MASKED));

  /** FECTL reads 0; and RTADDR is 1 unless FEDATA was written, which is another failure. */
  private record TwiceWrong(Target target) implements FrontedTarget {

    @Override
    public Session open(SessionConfig config) {
      return new WrongSession(target.open(config));
    }
  }

  /** Answers two reads itself. */
  private static final class WrongSession implements Session {

    private final Session unit;
    private boolean written;

    private WrongSession(Session unit) {
      this.unit = unit;
    }

    @Override
    public <V> Reply<V> execute(Operation<V> operation) {
      written |= operation instanceof WriteRegister write && write.offset() == FEDATA;
      if (operation instanceof ReadRegister read && read.offset() == FECTL) {
        return Reply.ok(operation.yields().cast(0L));
      }
      if (operation instanceof ReadRegister read && read.offset() == RTADDR && !written) {
        return Reply.ok(operation.yields().cast(1L));
      }
      return unit.execute(operation);
    }

    @Override
    public void close() {
      unit.close();
    }
  }

  private static Reducer.Reduced reduced(int mostAttempts) {
    try (Target target = new TwiceWrong(Targets.onClassPath().named("vtd", 1))) {
      CaseRunner runner = new CaseRunner(target);
      CaseResult.Refused refused = Objects.requireNonNull(runner.run(GIVEN, CONFIG).refusal());
      assertThat(refused.clause()).as("the case fails").isEqualTo(MASKED);
      return new Reducer(runner, CONFIG, mostAttempts).reduce(GIVEN, refused);
    }
  }

  @Test
  void caseThatFailsOtherwiseWithoutAStep_isReducedToItsOwnFailure() {
    Reducer.Reduced reduced = reduced(100);
    assertThat(reduced.refused().clause()).as("VTD-050 fails without the write").isEqualTo(MASKED);
    assertThat(reduced.shortest().operations()).containsExactly(READ_MASKED.operation());
    assertThat(reduced.minimal()).as("every step was tried").isTrue();
  }

  @Test
  void reduction_thatStopsEarly_doesNotSayThatItIsMinimal() {
    for (int most = 0; most < 2; most++) {
      Reducer.Reduced reduced = reduced(most);
      assertThat(reduced.minimal()).as("after %d attempts", most).isFalse();
      assertThat(reduced.refused().clause()).isEqualTo(MASKED);
    }
  }
}
