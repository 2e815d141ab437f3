package org.iommuref.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.iommuref.model.schedule.DfsScheduler;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.junit.jupiter.api.Test;

final class SharedLocksTest {

  private static final long MANY = 100_000;

  record Enter(String who) implements Step {}

  record Leave(String who) implements Step {}

  /** A lock, who is inside it, and the most of them at once, of each kind. */
  private static final class Room {

    private final Steps steps;
    private final StepLock lock = new StepLock("iova_rwsem");
    private final List<String> inside = new ArrayList<>();
    private String most = "";

    Room(Steps steps) {
      this.steps = steps;
    }

    void read(String who) {
      steps.lockShared(lock);
      stay(who);
      steps.unlockShared(lock);
    }

    void write(String who) {
      steps.lock(lock);
      stay(who);
      steps.unlock(lock);
    }

    void stay(String who) {
      steps.perform(new Enter(who), step -> inside.add(step.who()));
      String now = String.join("+", inside.stream().sorted().toList());
      most = now.length() > most.length() ? now : most;
      steps.perform(new Leave(who), step -> inside.remove(step.who()));
    }
  }

  @SafeVarargs
  private static Scenario<String> room(Consumer<Room>... bodies) {
    return (steps, footprint) -> {
      var room = new Room(steps);
      var threads = new ArrayList<SoftwareThread>();
      for (Consumer<Room> body : bodies) {
        threads.add(new SoftwareThread("t" + threads.size(), () -> body.accept(room)));
      }
      return new Races.Fixed<>(threads, () -> room.most);
    };
  }

  private static Exploration<String> all(Scenario<String> scenario) {
    var result = Explorer.of(scenario).explore(DfsScheduler.unbounded(), MANY);
    assertThat(result.complete()).isTrue();
    return result;
  }

  @Test
  void readers_areInsideTogether() {
    var result = all(room(room -> room.read("r"), room -> room.read("s")));
    assertThat(result.failures()).isZero();
    assertThat(result.outcomes()).containsOnlyKeys("r", "r+s", "s");
  }

  @Test
  void writer_isInsideAlone() {
    var result = all(room(room -> room.read("r"), room -> room.write("w")));
    assertThat(result.failures()).isZero();
    assertThat(result.outcomes()).containsOnlyKeys("r", "w");
  }

  @Test
  void twoWriters_areInsideOneByOne() {
    var result = all(room(room -> room.write("v"), room -> room.write("w")));
    assertThat(result.failures()).isZero();
    assertThat(result.outcomes()).containsOnlyKeys("v", "w");
  }

  @Test
  void readerInsideReader_withoutAWriter_goesOn() {
    var result = all(room(SharedLocksTest::readTwice, room -> room.read("s")));
    assertThat(result.failures()).isZero();
  }

  private static void readTwice(Room room) {
    room.steps.lockShared(room.lock);
    room.read("r");
    room.steps.unlockShared(room.lock);
  }

  @Test
  void readerInsideReader_whileAWriterWaits_isADeadlock() {
    var scenario = room(SharedLocksTest::readTwice, room -> room.write("w"));
    var result = all(scenario);
    assertThat(result.outcomes()).containsOnlyKeys("r", "w");
    var failure = result.failure().orElseThrow();
    assertThat(failure.ending())
        .hasToString(
            "deadlock: t0 waits in TakeShared[iova_rwsem, t1 waits to write];"
                + " t1 waits in TakeLock[iova_rwsem, held by t0]");
    assertThat(Explorer.of(scenario).replay(failure.schedule().toString()).ending())
        .hasToString(failure.ending().toString());
    assertThat(Explorer.of(scenario).explore(DfsScheduler.bounded(1), MANY).failures())
        .as("one preemption is enough: the writer begins to wait between the two reads")
        .isPositive();
  }

  @Test
  void readerThatWantsToWrite_isADeadlockWithItself() {
    var result =
        all(
            room(
                room -> {
                  room.steps.lockShared(room.lock);
                  room.write("w");
                }));
    assertThat(result.failure().orElseThrow().ending())
        .hasToString("deadlock: t0 waits in TakeLock[iova_rwsem, held by t0]");
  }

  @Test
  void twoReadersThatWantToWrite_waitForEachOther() {
    Consumer<Room> upgrade =
        room -> {
          room.steps.lockShared(room.lock);
          room.write("w");
          room.steps.unlockShared(room.lock);
        };
    assertThat(all(room(upgrade, upgrade)).failures()).isPositive();
  }

  @Test
  void writersLockGivenBackAsAReaders_isRefused() {
    var result =
        all(
            room(
                room -> {
                  room.steps.lock(room.lock);
                  room.steps.unlockShared(room.lock);
                }));
    assertThat(result.failure().orElseThrow().ending())
        .asString()
        .endsWith("t0 gives back lock iova_rwsem, which it does not hold for reading");
  }

  @Test
  void threadThatEndsAsAReader_fails() {
    var result = all(room(room -> room.steps.lockShared(room.lock)));
    assertThat(result.failure().orElseThrow().ending())
        .asString()
        .endsWith("t0 ends while it holds a lock");
  }
}
