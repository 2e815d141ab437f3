package org.iommuref.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.explore.Explorer;
import org.iommuref.model.schedule.Scheduler;
import org.iommuref.model.schedule.SplitMix64;
import org.iommuref.model.schedule.Touched;
import org.iommuref.model.schedule.Turn;
import org.iommuref.spec.clause.Catalogue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What units and drivers report as touched is all that they touch: two moves of a schedule that are
 * independent by what they touched come to the same in the other order.
 */
class IndependenceTest {

  private static final Targets TARGETS = Targets.onClassPath();
  private static final int SCHEDULES = 6;
  private static final int SWAPS = 12;

  static Stream<ScenarioFile> scenarios() {
    return new ScenarioLibrary(Catalogue.load()).all().stream();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void independentMovesOfAScenario_comeToTheSameInEitherOrder(ScenarioFile scenario) {
    Explorer<Outcome> explorer = explorer(scenario);
    var random = new SplitMix64(7);
    int swapped = 0;
    for (int schedule = 0; schedule < SCHEDULES; schedule++) {
      var drawn = new Recorded(random, List.of(), Map.of());
      Execution<Outcome> first = only(explorer, drawn);
      List<Integer> places = new ArrayList<>(drawn.independentPairs());
      for (int swap = 0; swap < SWAPS && !places.isEmpty(); swap++) {
        int place = places.remove(random.nextInt(places.size()));
        var other = new Recorded(random, drawn.orderWithSwapAt(place), drawn.choices);
        Execution<Outcome> second = only(explorer, other);
        assertThat(second.ending().toString())
            .as(
                "%s: moves %d and %d in the other order%n%s%n%s",
                scenario.name(), place, place + 1, first.story(), second.story())
            .isEqualTo(first.ending().toString());
        assertThat(second.trace()).hasSameSizeAs(first.trace());
        swapped++;
      }
    }
    assertThat(swapped).as("pairs tried of " + scenario.name()).isPositive();
  }

  private static Explorer<Outcome> explorer(ScenarioFile scenario) {
    String target = scenario.target();
    return scenario.seam() == 3
        ? Explorer.of(new PlayedIommufd(scenario, TARGETS.iommufdNamed(target).iommufd()))
        : Explorer.of(new PlayedScenario(scenario, TARGETS.backendNamed(target).backend()));
  }

  private static Execution<Outcome> only(Explorer<Outcome> explorer, Scheduler scheduler) {
    var executions = new ArrayList<Execution<Outcome>>();
    explorer.explore(scheduler, 1, executions::add);
    return executions.get(0);
  }

  /** Draws a schedule, or follows an order of actors with the choices that each made. */
  private static final class Recorded implements Scheduler {

    private final SplitMix64 random;
    private final Deque<Integer> wanted;
    private final Map<Integer, Deque<Integer>> wantedChoices = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();
    private final List<Touched> moves = new ArrayList<>();
    private final Map<Integer, List<Integer>> choices = new HashMap<>();
    private boolean begun;
    private int actor;

    Recorded(SplitMix64 random, List<Integer> wanted, Map<Integer, List<Integer>> choices) {
      this.random = random;
      this.wanted = new ArrayDeque<>(wanted);
      choices.forEach((who, made) -> wantedChoices.put(who, new ArrayDeque<>(made)));
    }

    List<Integer> independentPairs() {
      List<Integer> places = new ArrayList<>();
      for (int at = 0; at + 1 < Math.min(order.size(), moves.size()); at++) {
        if (!order.get(at).equals(order.get(at + 1))
            && moves.get(at).independentOf(moves.get(at + 1))) {
          places.add(at);
        }
      }
      return places;
    }

    List<Integer> orderWithSwapAt(int place) {
      List<Integer> other = new ArrayList<>(order);
      Collections.swap(other, place, place + 1);
      return other;
    }

    @Override
    public boolean begin() {
      boolean first = !begun;
      begun = true;
      return first;
    }

    @Override
    public int turn(Turn turn) {
      int index = 0;
      Integer next = wanted.poll();
      if (next == null) {
        index = random.nextInt(turn.count());
      } else {
        while (turn.id(index) != next) {
          index++;
        }
      }
      actor = turn.id(index);
      order.add(actor);
      return index;
    }

    @Override
    public int choice(String label, int n) {
      Deque<Integer> mine = wantedChoices.get(actor);
      @Nullable Integer made = mine == null ? null : mine.poll();
      int choice = made == null ? random.nextInt(n) : made;
      choices.computeIfAbsent(actor, any -> new ArrayList<>()).add(choice);
      return choice;
    }

    @Override
    public boolean watches() {
      return true;
    }

    @Override
    public void touched(Touched move) {
      moves.add(move);
    }

    @Override
    public String space() {
      return "one schedule";
    }

    @Override
    public boolean exhausted() {
      return false;
    }
  }
}
