package org.iommuref.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PctSchedulerTest {

  /** All of {@code actors}, of whom each makes {@code moves} moves, until nobody is left. */
  private static List<Integer> order(Scheduler scheduler, int actors, int moves) {
    int[] left = IntStream.generate(() -> moves).limit(actors).toArray();
    var order = new ArrayList<Integer>();
    assertThat(scheduler.begin()).isTrue();
    while (true) {
      List<Integer> able =
          IntStream.range(0, actors).filter(actor -> left[actor] > 0).boxed().toList();
      if (able.isEmpty()) {
        return order;
      }
      int actor = able.get(able.size() == 1 ? 0 : scheduler.turn(new Able(able)));
      left[actor]--;
      order.add(actor);
    }
  }

  private record Able(List<Integer> actors) implements Turn {
    @Override
    public int count() {
      return actors.size();
    }

    @Override
    public int id(int index) {
      return actors.get(index);
    }

    @Override
    public String actor(int index) {
      return "t" + actors.get(index);
    }

    @Override
    public long preempting() {
      return 0;
    }
  }

  private static int switches(List<Integer> order) {
    return (int)
        IntStream.range(1, order.size())
            .filter(move -> !order.get(move).equals(order.get(move - 1)))
            .count();
  }

  @Test
  void depthOne_letsEachActorRunToItsEnd() {
    var scheduler = new PctScheduler(1, 1);
    for (int run = 0; run < 50; run++) {
      assertThat(switches(order(scheduler, 3, 4))).isEqualTo(2);
    }
  }

  @Test
  void depth_boundsHowOftenAnActorIsHeldBack() {
    var scheduler = new PctScheduler(1, 3);
    int most = 0;
    for (int run = 0; run < 200; run++) {
      most = Math.max(most, switches(order(scheduler, 2, 8)));
    }
    assertThat(most).as("one switch at the end, and one at each of two changes").isEqualTo(3);
  }

  @Test
  void seed_givesTheSameSeries() {
    assertThat(series(7)).isEqualTo(series(7)).isNotEqualTo(series(8));
  }

  private static List<List<Integer>> series(long seed) {
    var scheduler = new PctScheduler(seed, 3);
    return IntStream.range(0, 20).mapToObj(run -> order(scheduler, 3, 4)).toList();
  }

  /** A defect of depth 2: the second actor makes all its moves after the first made exactly 3. */
  @Test
  void defect_isFoundAtLeastAsOftenAsTheBoundSays() {
    var scheduler = new PctScheduler(3, 2);
    int found = 0;
    int runs = 4_000;
    for (int run = 0; run < runs; run++) {
      List<Integer> order = order(scheduler, 2, 6);
      if (order.subList(0, 3).equals(List.of(0, 0, 0)) && order.get(3) == 1) {
        found++;
      }
    }
    assertThat(scheduler.bound()).isEqualTo(1.0 / (2 * 16));
    assertThat(found / (double) runs).isGreaterThanOrEqualTo(scheduler.bound());
  }

  @Test
  void space_saysWhichSchedulesTheBoundHoldsOf() {
    var scheduler = new PctScheduler(1, 3);
    for (int run = 0; run < 10; run++) {
      order(scheduler, 2, 2);
    }
    order(scheduler, 2, 20);
    for (int run = 0; run < 5; run++) {
      order(scheduler, 2, 3);
    }
    scheduler.begin();
    assertThat(scheduler.space())
        .isEqualTo(
            "schedules by priority of seed 1, of which the last 5 each find a defect of depth 3"
                + " with a probability of at least 1/(2 * 32^2) = 4.9e-04")
        .as("asking twice changes nothing")
        .isEqualTo(scheduler.space());
  }

  @Test
  void depthZero_isRefused() {
    assertThatThrownBy(() -> new PctScheduler(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
