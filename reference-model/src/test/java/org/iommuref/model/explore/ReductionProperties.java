package org.iommuref.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.iommuref.model.schedule.DfsScheduler;
import org.iommuref.model.schedule.ExhaustiveScheduler;
import org.iommuref.model.schedule.Scheduler;
import org.iommuref.model.schedule.Touched;
import org.iommuref.model.schedule.Turn;

/** What the reduced search leaves out shows nothing that it does not see elsewhere. */
final class ReductionProperties {

  private static final long MANY = 2_000;

  @Provide
  Arbitrary<Programs.Program> programs() {
    return Programs.small();
  }

  @Provide
  Arbitrary<Programs.Program> storing() {
    return Programs.storing();
  }

  @Provide
  Arbitrary<Programs.Program> locking() {
    return Programs.locking();
  }

  /** The ways in which the schedules of a search end, outcomes and deadlocks alike. */
  private record Ends(TreeSet<String> endings, Exploration<String> exploration) {}

  private static Ends ends(Programs.Program program, Scheduler scheduler) {
    return ends(program, StoreOrder.SEQUENTIAL, scheduler);
  }

  private static Ends ends(Programs.Program program, StoreOrder order, Scheduler scheduler) {
    var endings = new TreeSet<String>();
    var exploration =
        Explorer.of(Programs.scenario(program, order))
            .explore(
                scheduler,
                MANY,
                one -> {
                  if (!(one.ending() instanceof Ending.Repeating<String>)) {
                    endings.add(one.ending().toString());
                  }
                  return true;
                });
    return new Ends(endings, exploration);
  }

  @Property(tries = 120, seed = "1996", shrinking = ShrinkingMode.BOUNDED)
  void reducedSearch_endsAsTheFullEnumerationDoes(@ForAll("programs") Programs.Program program) {
    requireSameEnds(program, StoreOrder.SEQUENTIAL);
  }

  @Property(tries = 120, seed = "1996", shrinking = ShrinkingMode.BOUNDED)
  void reducedSearchOfLocks_endsAsTheFullEnumerationDoes(
      @ForAll("locking") Programs.Program program) {
    requireSameEnds(program, StoreOrder.SEQUENTIAL);
  }

  @Property(tries = 120, seed = "1996", shrinking = ShrinkingMode.BOUNDED)
  void reducedSearchOfStores_endsAsTheFullEnumerationDoes(
      @ForAll("storing") Programs.Program program, @ForAll StoreOrder order) {
    requireSameEnds(program, order);
  }

  private static void requireSameEnds(Programs.Program program, StoreOrder order) {
    var full = ends(program, order, DfsScheduler.unbounded());
    Assume.that(full.exploration.complete());
    var reduced = ends(program, order, new ExhaustiveScheduler());
    assertThat(reduced.exploration.complete()).isTrue();
    assertThat(reduced.endings).isEqualTo(full.endings);
    assertThat(reduced.exploration.schedules() - reduced.exploration.repeating())
        .isLessThanOrEqualTo(full.exploration.schedules());
  }

  @Example
  void searchThatTakesDependentMovesForIndependent_missesOutcomes() {
    int missed = 0;
    var drawn = programs().generator(1_000);
    var random = new Random(1996);
    for (int draw = 0; draw < 100; draw++) {
      var program = drawn.next(random).value();
      var full = ends(program, DfsScheduler.unbounded());
      var blind = ends(program, new Blind(new ExhaustiveScheduler()));
      missed += full.exploration.complete() && !blind.endings.equals(full.endings) ? 1 : 0;
    }
    assertThat(missed).as("programs of 100 in which blindness costs outcomes").isPositive();
  }

  /** Tells the scheduler of every move that it touches nothing. */
  private record Blind(Scheduler inner) implements Scheduler {
    @Override
    public boolean begin() {
      return inner.begin();
    }

    @Override
    public int turn(Turn turn) {
      return inner.turn(turn);
    }

    @Override
    public int choice(String label, int n) {
      return inner.choice(label, n);
    }

    @Override
    public String space() {
      return inner.space();
    }

    @Override
    public boolean exhausted() {
      return inner.exhausted();
    }

    @Override
    public boolean watches() {
      return true;
    }

    @Override
    public void touched(Touched move) {
      inner.touched(new Touched(Integer.MAX_VALUE));
    }
  }
}
