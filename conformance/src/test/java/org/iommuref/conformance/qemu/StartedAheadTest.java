package org.iommuref.conformance.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.iommuref.spec.operation.Reply.Loss;
import org.junit.jupiter.api.Test;

/** What is started before it is asked for. */
class StartedAheadTest {

  private static final String BROKEN = "broken";

  /** Something that knows who has started it, and whether it was ended. */
  private static final class Thing implements AutoCloseable {
    private final String kind;
    private final Thread starter = Thread.currentThread();
    private volatile boolean ended;

    Thing(String kind) {
      this.kind = kind;
    }

    @Override
    public void close() {
      ended = true;
    }
  }

  private final List<Thing> all = new CopyOnWriteArrayList<>();
  private final StartedAhead<String, Thing> things = new StartedAhead<>(this::start);

  private Thing start(String kind) {
    if (kind.equals(BROKEN)) {
      throw new QemuLostException(Loss.CRASH, "it does not start");
    }
    Thing thing = new Thing(kind);
    all.add(thing);
    return thing;
  }

  @Test
  void take_ofWhatWasExpected_givesWhatAnotherThreadHasStarted_andNothingTwice() {
    things.expect(List.of("a", "b", "a"));
    List<Thing> taken = List.of(things.take("a"), things.take("b"), things.take("a"));
    assertThat(taken).extracting(thing -> thing.kind).containsExactly("a", "b", "a");
    assertThat(taken)
        .as("each was started once, ahead")
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(all)
        .noneMatch(thing -> thing.starter == Thread.currentThread());
  }

  @Test
  void take_ofAnotherKind_startsItNow() {
    things.expect(List.of("a"));
    assertThat(things.take("b").starter).isSameAs(Thread.currentThread());
  }

  @Test
  void expect_ofTheSameAgain_startsOnlyWhatIsMissing() {
    things.expect(List.of("a", "b"));
    things.take("a");
    things.expect(List.of("b", "c"));
    things.take("b");
    things.take("c");
    assertThat(all).extracting(thing -> thing.kind).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void close_endsWhatNobodyHasTaken_andWhatIsEndedLater() {
    things.expect(List.of("a", BROKEN, "b"));
    Thing taken = things.take("b");
    things.expect(List.of("c", "c"));
    things.endLater(taken);
    things.close();
    assertThat(all).hasSize(4).allMatch(thing -> thing.ended);
  }

  @Test
  void startThatFails_failsItsTakerAlone() {
    things.expect(List.of(BROKEN, "a"));
    assertThatThrownBy(() -> things.take(BROKEN))
        .isInstanceOf(QemuLostException.class)
        .hasMessage("it does not start");
    assertThat(things.take("a").kind).isEqualTo("a");
  }
}
