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
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.call.DeviceCall.Dma;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;
import org.iommuref.spec.unit.call.UnitCall.WriteMemory;
import org.iommuref.spec.unit.call.UnitCall.WriteRegister;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which parts of a case of a unit still expect what is right. */
class UnitTruthTest {

  private static final int GCMD = 0x18;
  private static final int GSTS = 0x1c;
  private static final int RTADDR = 0x20;
  private static final int IOTLB = 0x308;
  private static final long TE = 1L << 31;
  private static final long SRTP = 1L << 30;
  private static final long PAGE = 0x1000;
  private static final long ROOT_TABLE = 0x1_0000_0000L;
  private static final long TABLES = ROOT_TABLE + PAGE;
  private static final long LAST = TABLES + 4 * PAGE;
  private static final long DATA = LAST + PAGE;
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
    return truthOf(
        whole,
        new SessionConfig(
            Topology.oneDevice(), CachePolicy.ADVERSARIAL, SessionConfig.PLAIN, Layer.UNIT));
  }

  private static @Nullable Truth truthOf(Case whole, SessionConfig config) {
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

  /** A device reads through tables of four levels, whose last entry is then exchanged. */
  private static List<Operation<?>> exchange(boolean invalidated) {
    List<Operation<?>> operations = new ArrayList<>();
    operations.add(memory(ROOT_TABLE + 16, TABLES | 1)); // bus 1
    operations.add(memory(TABLES, (TABLES + PAGE) | 1)); // function 0: a second stage
    operations.add(memory(TABLES + 8, 1 << 8 | 2)); // domain 1, 48 bits
    for (long table = TABLES + PAGE; table < LAST; table += PAGE) {
      operations.add(memory(table, (table + PAGE) | 3));
    }
    operations.add(memory(LAST, DATA | 3));
    operations.add(memory(DATA, 1));
    operations.add(memory(DATA + PAGE, 2));
    operations.add(new WriteRegister(RTADDR, Long.BYTES, ROOT_TABLE, null));
    operations.add(COMMAND);
    operations.add(new WriteRegister(GCMD, Integer.BYTES, TE, null));
    operations.add(reading(Expect.reads(1)));
    operations.add(memory(LAST, (DATA + PAGE) | 3));
    if (invalidated) {
      operations.add(new WriteRegister(IOTLB, Long.BYTES, 1L << 63 | 1L << 60, null));
    }
    operations.add(reading(Expect.reads(2)));
    return operations;
  }

  private static Operation<?> memory(long address, long value) {
    return new WriteMemory(new PhysAddr(address), value, null);
  }

  private static Operation<?> reading(Expect expect) {
    return new Dma(
        Topology.FIRST, null, false, AddressType.UNTRANSLATED, 0, AccessKind.READ, 0, expect);
  }

  @Test
  void part_thatChanceAloneKeeps_isNotTrue() {
    Operation<?>[] none = {};
    Case whole = of(exchange(true).toArray(none));
    Case part = of(exchange(false).toArray(none));
    boolean kept = false;
    for (long seed = 0; seed < 20; seed++) {
      SessionConfig config =
          new SessionConfig(Topology.oneDevice(), CachePolicy.ADVERSARIAL, seed, Layer.UNIT);
      kept |= keeps(part, config);
      assertThat(Objects.requireNonNull(truthOf(whole, config)).holds(part))
          .as("without the invalidation, seed %d", seed)
          .isFalse();
    }
    assertThat(kept).as("a seed by which the entry was evicted").isTrue();
  }

  private static boolean keeps(Case given, SessionConfig config) {
    try (Target target = Targets.onClassPath().named("vtd", 1)) {
      return new CaseRunner(target).run(given, config) instanceof CaseResult.Allowed;
    }
  }

  @Test
  void caseThatNoUnitOfOursKeeps_hasNoTruth() {
    assertThat(truthOf(of(expecting(SRTP)))).isNull();
  }
}
