package org.iommuref.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.iommuref.model.schedule.ExhaustiveScheduler;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.step.DeviceSpace;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;
import org.junit.jupiter.api.Test;

/** The litmus tests of weak memory: each order of stores allows exactly what it must. */
final class LitmusTest {

  private static final long X = 0x10;
  private static final long Y = 0x28;
  private static final long MANY = 100_000;

  private record Load(long address) implements YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  private record Store(long address, long value) implements Step {}

  private record Swap(long address, long value) implements Step {}

  private record Touch(boolean register) implements Step {}

  private record Barrier() implements Step {}

  /** What the threads of a test are written in. */
  private record Code(Steps steps, Memory memory, Footprint footprint, Map<String, Long> found) {

    Code store(long address, long value) {
      steps.perform(new Store(address, value), s -> memory.writeLong(s.address, s.value));
      return this;
    }

    Code load(String register, long address) {
      found.put(register, steps.obtain(new Load(address), s -> memory.readLong(s.address)));
      return this;
    }

    Code fence() {
      steps.fence(new Barrier());
      return this;
    }

    Code swap(long address, long value) {
      steps.perform(new Swap(address, value), s -> memory.compareAndSetLong(s.address, 0, s.value));
      return this;
    }

    /** An access of a list of software, or of a register. */
    Code touch(Object space) {
      steps.perform(new Touch(space instanceof DeviceSpace), step -> footprint.write(space, 0));
      return this;
    }

    Code under(StepLock lock, Runnable body) {
      steps.lock(lock);
      body.run();
      steps.unlock(lock);
      return this;
    }
  }

  /** A thread. */
  private interface Body {
    void run(Code code);
  }

  /** What each thread loaded, by register, and the cells at the end unless they are not named. */
  private static Set<String> outcomes(StoreOrder order, boolean cells, Body... bodies) {
    Scenario<String> scenario =
        (steps, footprint) -> {
          Memory real = SystemMemory.ofSize(1 << 12, footprint);
          Memory memory = StoreBuffers.over(real, order, steps, footprint);
          var code = new Code(steps, memory, footprint, new TreeMap<>());
          var threads = new ArrayList<SoftwareThread>();
          for (Body body : bodies) {
            threads.add(new SoftwareThread("t" + threads.size(), () -> body.run(code)));
          }
          return new Races.Fixed<>(
              threads, () -> code.found + (cells ? " " + real.readLong(X) + real.readLong(Y) : ""));
        };
    var explorer = Explorer.of(scenario);
    var result = explorer.explore(new ExhaustiveScheduler(), MANY, new ReplayedTwice<>(explorer));
    assertThat(result.complete()).isTrue();
    assertThat(result.failures()).isZero();
    return result.outcomes().keySet();
  }

  private static final Body SB0 = code -> code.store(X, 1).load("a", Y);
  private static final Body SB1 = code -> code.store(Y, 1).load("b", X);

  @Test
  void storeBuffering_bothReadTheOld_onlyIfStoresAreBuffered() {
    assertThat(outcomes(StoreOrder.SEQUENTIAL, false, SB0, SB1))
        .containsExactlyInAnyOrder("{a=0, b=1}", "{a=1, b=0}", "{a=1, b=1}");
    for (StoreOrder order : List.of(StoreOrder.TOTAL, StoreOrder.UNORDERED)) {
      assertThat(outcomes(order, false, SB0, SB1))
          .containsExactlyInAnyOrder("{a=0, b=0}", "{a=0, b=1}", "{a=1, b=0}", "{a=1, b=1}");
    }
  }

  @Test
  void storeBuffering_withFencesLocksOrSwaps_isSequential() {
    var lock = new StepLock("other");
    for (StoreOrder order : StoreOrder.values()) {
      assertThat(
              outcomes(
                  order,
                  false,
                  code -> code.store(X, 1).fence().load("a", Y),
                  code -> code.store(Y, 1).fence().load("b", X)))
          .containsExactlyInAnyOrder("{a=0, b=1}", "{a=1, b=0}", "{a=1, b=1}");
      assertThat(
              outcomes(
                  order,
                  false,
                  code -> code.store(X, 1).under(lock, () -> {}).load("a", Y),
                  code -> code.store(Y, 1).swap(0x100, 1).load("b", X)))
          .containsExactlyInAnyOrder("{a=0, b=1}", "{a=1, b=0}", "{a=1, b=1}");
      assertThat(outcomes(order, false, code -> code.store(X, 1).fence().load("a", Y), SB1))
          .as("a fence of one thread alone is not enough")
          .hasSize(order == StoreOrder.SEQUENTIAL ? 3 : 4);
    }
  }

  private static final Body MP1 = code -> code.load("a", Y).load("b", X);

  @Test
  void messagePassing_flagBeforeData_onlyIfStoresAreUnordered() {
    Body writer = code -> code.store(X, 1).store(Y, 1);
    for (StoreOrder order : List.of(StoreOrder.SEQUENTIAL, StoreOrder.TOTAL)) {
      assertThat(outcomes(order, false, writer, MP1))
          .containsExactlyInAnyOrder("{a=0, b=0}", "{a=0, b=1}", "{a=1, b=1}");
    }
    assertThat(outcomes(StoreOrder.UNORDERED, false, writer, MP1))
        .containsExactlyInAnyOrder("{a=0, b=0}", "{a=0, b=1}", "{a=1, b=0}", "{a=1, b=1}");
    assertThat(
            outcomes(
                StoreOrder.UNORDERED, false, code -> code.store(X, 1).fence().store(Y, 1), MP1))
        .containsExactlyInAnyOrder("{a=0, b=0}", "{a=0, b=1}", "{a=1, b=1}");
  }

  @Test
  void loadBuffering_bothReadTheNew_never() {
    for (StoreOrder order : StoreOrder.values()) {
      assertThat(
              outcomes(
                  order,
                  false,
                  code -> code.load("a", Y).store(X, 1),
                  code -> code.load("b", X).store(Y, 1)))
          .containsExactlyInAnyOrder("{a=0, b=0}", "{a=0, b=1}", "{a=1, b=0}");
    }
  }

  @Test
  void twoPlusTwoWrites_bothFirstOnesLast_onlyIfStoresAreUnordered() {
    Body first = code -> code.store(X, 1).store(Y, 2);
    Body second = code -> code.store(Y, 1).store(X, 2);
    for (StoreOrder order : List.of(StoreOrder.SEQUENTIAL, StoreOrder.TOTAL)) {
      assertThat(outcomes(order, true, first, second))
          .containsExactlyInAnyOrder("{} 12", "{} 21", "{} 22");
    }
    assertThat(outcomes(StoreOrder.UNORDERED, true, first, second))
        .containsExactlyInAnyOrder("{} 11", "{} 12", "{} 21", "{} 22");
    assertThat(
            outcomes(
                StoreOrder.UNORDERED,
                true,
                code -> code.store(X, 1).fence().store(Y, 2),
                code -> code.store(Y, 1).fence().store(X, 2)))
        .containsExactlyInAnyOrder("{} 12", "{} 21", "{} 22");
  }

  @Test
  void writesToOnePlace_keepTheirOrderAndAreSeenByTheirThreadAtOnce() {
    for (StoreOrder order : StoreOrder.values()) {
      assertThat(outcomes(order, true, code -> code.store(X, 1).store(X, 2).load("a", X)))
          .containsExactly("{a=2} 20");
      assertThat(
              outcomes(
                  order,
                  false,
                  code -> code.store(X, 1).store(X, 2),
                  code -> code.load("a", X).load("b", X)))
          .doesNotContain("{a=2, b=1}", "{a=1, b=0}", "{a=2, b=0}")
          .contains("{a=1, b=2}");
    }
  }

  @Test
  void wordsAndAtoms_areSeenThroughTheBuffer() {
    for (StoreOrder order : StoreOrder.values()) {
      Body body =
          code -> {
            Memory memory = code.memory;
            Steps steps = code.steps;
            steps.perform(
                new Store(X, 0), s -> memory.writeAtom(X, new Atom(0x1111_2222L, 0x3333L)));
            steps.perform(new Store(X + 4, 0), s -> memory.writeInt(X + 4, -2));
            code.load("a", X);
            code.found.put(
                "b", steps.obtain(new Load(X + 4), s -> (long) memory.readInt(s.address)));
            code.found.put("c", steps.obtain(new Load(X), s -> memory.readAtom(X).high()));
          };
      assertThat(outcomes(order, false, body))
          .containsExactly("{a=%d, b=-2, c=%d}".formatted(0xffff_fffe_1111_2222L, 0x3333));
    }
  }

  private static final class List0 {}

  private static final class Register implements DeviceSpace {}

  /** Data, then the doorbell: a device that sees the doorbell reads the data. */
  @Test
  void registerWrite_overtakesDataOnlyIfStoresAreUnordered() {
    for (Object space : List.of(new List0(), new Register())) {
      for (StoreOrder order : List.of(StoreOrder.TOTAL, StoreOrder.UNORDERED)) {
        Body writer = code -> code.store(X, 1).touch(space).load("rang", Y);
        boolean overtakes = order == StoreOrder.UNORDERED && space instanceof Register;
        assertThat(outcomes(order, false, writer, code -> code.store(Y, 1).fence().load("data", X)))
            .as("%s and %s", order, space.getClass().getSimpleName())
            .hasSize(overtakes ? 4 : 3);
      }
    }
  }
}
