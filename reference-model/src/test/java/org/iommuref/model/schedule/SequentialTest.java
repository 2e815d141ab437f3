package org.iommuref.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.iommuref.spec.step.HangException;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.StepMutation;
import org.iommuref.spec.step.YieldingStep;
import org.junit.jupiter.api.Test;

final class SequentialTest {

  private record Write(int value) implements Step {}

  private record Wait(int value) implements Step {}

  private record Moved(int machine) implements Step {}

  private record Take(int value) implements YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return -1;
    }
  }

  /** Machines that each make as many moves as they are given. */
  private static final class Counters implements Hardware {

    private final int[] left;
    private final List<Integer> moved = new ArrayList<>();
    private Sequential steps = Sequential.plain();

    Counters(int... left) {
      this.left = left;
    }

    Counters reportingTo(Sequential to) {
      steps = to;
      to.connect(this);
      return this;
    }

    @Override
    public int machines() {
      return left.length;
    }

    @Override
    public boolean enabled(int index) {
      return left[index] > 0;
    }

    @Override
    public void advance(int index) {
      left[index]--;
      moved.add(index);
      steps.report(new Moved(index));
    }

    @Override
    public String machineName(int index) {
      return "machine " + index;
    }
  }

  private static Sequential mutated(StepMutation mutation) {
    return Sequential.with(mutation, 0);
  }

  private static Sequential heardBy(StepListener listener) {
    return new Sequential(Choices.plain(), HardwareOrder.IN_TURN, StepMutation.NONE, listener);
  }

  @Test
  void step_isPerformedAtOnce() {
    var written = new ArrayList<Integer>();
    Sequential.plain().perform(new Write(3), step -> written.add(step.value()));
    assertThat(written).containsExactly(3);
    assertThat(Sequential.plain().<Integer, Take>obtain(new Take(4), Take::value)).isEqualTo(4);
  }

  @Test
  void droppedStep_isNotPerformedAndYieldsWhatNothingYields() {
    var written = new ArrayList<Integer>();
    Sequential steps = mutated(step -> List.of());
    steps.perform(new Write(3), step -> written.add(step.value()));
    assertThat(written).isEmpty();
    assertThat(steps.<Integer, Take>obtain(new Take(4), Take::value)).isEqualTo(-1);
    steps.waitFor(new Wait(1), () -> false);
  }

  @Test
  void duplicatedAndNarrowedStep_isPerformedAsTheMutationSays() {
    var written = new ArrayList<Integer>();
    Sequential steps =
        mutated(
            step ->
                step instanceof Write write
                    ? List.of(write, new Write(write.value() / 2))
                    : List.<Step>of(step));
    steps.perform(new Write(8), step -> written.add(step.value()));
    assertThat(written).containsExactly(8, 4);
  }

  @Test
  void mutationToAnotherClass_isRefused() {
    Sequential steps = mutated(step -> List.of(new Wait(1)));
    assertThatThrownBy(() -> steps.perform(new Write(3), step -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a mutation turns Write[value=3] into Wait[value=1], which its body cannot perform");
  }

  @Test
  void wait_movesHardwareUntilTheConditionHolds() {
    Sequential steps = Sequential.plain();
    var counters = new Counters(2, 5).reportingTo(steps);
    steps.waitFor(new Wait(4), () -> counters.moved.size() == 4);
    assertThat(counters.moved).containsExactly(0, 0, 1, 1);
  }

  @Test
  void machineThatCanAlwaysMove_doesNotStarveTheOthers() {
    Sequential steps = Sequential.plain();
    var counters = new Counters(Integer.MAX_VALUE, 1).reportingTo(steps);
    steps.waitFor(new Wait(1), () -> counters.left[1] == 0);
    assertThat(counters.moved).hasSize(65);
  }

  @Test
  void hardwareInChosenOrder_followsFromTheSeed() {
    assertThat(chosenOrder(7)).isEqualTo(chosenOrder(7)).isNotEqualTo(chosenOrder(8));
  }

  private static List<Integer> chosenOrder(long seed) {
    var steps = new Sequential(Choices.seeded(seed), HardwareOrder.CHOSEN, StepMutation.NONE, null);
    var counters = new Counters(10, 10, 10).reportingTo(steps);
    steps.waitFor(new Wait(30), () -> counters.moved.size() == 30);
    return counters.moved;
  }

  @Test
  void waitThatNothingEnds_isAHang() {
    Sequential steps = Sequential.plain();
    new Counters(3).reportingTo(steps);
    assertThatThrownBy(() -> steps.waitFor(new Wait(9), () -> false))
        .isInstanceOf(HangException.class)
        .hasMessageContaining("Wait[value=9]");
  }

  @Test
  void waitOnHardwareThatMovesForEver_isAHangAfterABound() {
    Sequential steps = Sequential.plain();
    var counters = new Counters(Integer.MAX_VALUE).reportingTo(steps);
    assertThatThrownBy(() -> steps.waitFor(new Wait(9), () -> false))
        .isInstanceOf(HangException.class);
    assertThat(counters.moved).hasSize(100_000);
  }

  @Test
  void lockHeldByTheOnlyThread_isAHangThatNamesIt() {
    Sequential steps = Sequential.plain();
    var lock = new StepLock("group 0");
    steps.lock(lock);
    steps.unlock(lock);
    steps.lock(lock);
    assertThatThrownBy(() -> steps.lock(lock))
        .isInstanceOf(HangException.class)
        .hasMessageContaining("TakeLock[group 0, held by the only thread itself]");
  }

  @Test
  void lockForReading_admitsTheOnlyThreadAgainButNotToWrite() {
    Sequential steps = Sequential.plain();
    var lock = new StepLock("iova_rwsem");
    steps.lockShared(lock);
    steps.lockShared(lock);
    assertThatThrownBy(() -> steps.lock(lock))
        .isInstanceOf(HangException.class)
        .hasMessageContaining("TakeLock[iova_rwsem, held by the only thread itself]");
    steps.unlockShared(lock);
    steps.unlockShared(lock);
    steps.lock(lock);
    assertThatThrownBy(() -> steps.lockShared(lock))
        .isInstanceOf(HangException.class)
        .hasMessageContaining("TakeShared[iova_rwsem, held by the only thread itself]");
    assertThatThrownBy(() -> steps.unlockShared(lock))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not held for reading");
  }

  @Test
  void unlockOfAFreeLock_isRefused() {
    assertThatThrownBy(() -> Sequential.plain().unlock(new StepLock("group 0")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("group 0");
  }

  @Test
  void seededChoices_followFromTheSeedAndCoverAll() {
    assertThat(choices(Sequential.seeded(7))).isEqualTo(choices(Sequential.seeded(7)));
    assertThat(choices(Sequential.seeded(7))).isNotEqualTo(choices(Sequential.seeded(8)));
    assertThat(choices(Sequential.seeded(7))).containsOnly(0, 1, 2);
  }

  private static List<Integer> choices(Sequential steps) {
    return IntStream.range(0, 100).mapToObj(i -> steps.choose("evict", 3)).toList();
  }

  @Test
  void forcedChoices_comeFirstThenThePlainCase() {
    var steps =
        new Sequential(
            Choices.forced(List.of(2, 1)), HardwareOrder.IN_TURN, StepMutation.NONE, null);
    assertThat(choices(steps).subList(0, 4)).containsExactly(2, 1, 0, 0);
  }

  @Test
  void forcedChoiceThatIsNotThere_isRefused() {
    var steps =
        new Sequential(Choices.forced(List.of(2)), HardwareOrder.IN_TURN, StepMutation.NONE, null);
    assertThatThrownBy(() -> steps.choose("evict", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("choice 0 (evict) is 2, but there are only 2");
  }

  @Test
  void listener_hearsStepsBeforeTheEventsOfTheirBodies() {
    var heard = new ArrayList<TracedStep>();
    Sequential steps = heardBy(heard::add);
    var counters = new Counters(3).reportingTo(steps);
    steps.perform(new Write(1), step -> counters.advance(0));
    steps.waitFor(new Wait(1), () -> counters.left[0] == 1);
    steps.<Integer, Take>obtain(new Take(5), Take::value);
    counters.advance(0);
    assertThat(heard)
        .containsExactly(
            new TracedStep("software", new Write(1)),
            new TracedStep("hardware", new Moved(0)),
            new TracedStep("machine 0", new Moved(0)),
            new TracedStep("software", new Wait(1)),
            new TracedStep("software", new Take(5), 5),
            new TracedStep("hardware", new Moved(0)));
  }

  @Test
  void listener_hearsChoices() {
    var heard = new ArrayList<String>();
    var listener =
        new StepListener() {
          @Override
          public void performed(TracedStep step) {}

          @Override
          public void chosen(String label, int n, int choice) {
            heard.add(label + " " + choice + " of " + n);
          }
        };
    heardBy(listener).choose("evict", 2);
    assertThat(heard).containsExactly("evict 0 of 2");
  }
}
