package org.iommuref.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.explore.Explorer;
import org.iommuref.model.explore.Prepared;
import org.iommuref.model.explore.Scenario;
import org.iommuref.model.explore.SoftwareThread;
import org.iommuref.model.schedule.RandomScheduler;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.SteppedIommufd;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.SteppedIommufdProvider;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A race changes what threads can reach in steps alone, and in steps that report a write: on that
 * stands the search that leaves out the order of independent moves.
 */
class SharedStateTest {

  private static final Targets TARGETS = Targets.onClassPath();
  private static final int SCHEDULES = 2;

  /** Fields that change otherwise, and need not be told of. */
  private static final Set<String> APART =
      Set.of(
          // what has a name that nobody else has yet, or any more
          "Kernel.lastDomain",
          "Domains.types",
          "Domains.nested",
          "Domains.drivers",
          "Groups.byId",
          "Groups.byDevice",
          "MockDomains.paging",
          "MockNestedDomains.iotlbs",
          "MockPageRequests.expecting",
          "MockVirtualUnits.byDomain",
          "PageFaults.handlers",
          // what is made of an object before an id names it, and undone when none does any more
          "IommufdObject.body",
          "HwptPaging.autoDomain",
          "HwptPaging.listed",
          "MockViommu.offset",
          "MockViommu.frames",
          // what the lock of a core's group protects, which every call takes

          "MockDevice.domain",
          "MockDevice.pasids",
          // what the mutex of a mock unit's queues protects, which every call takes
          "MockHwQueues.queues",
          // where the last search ended, which changes no answer
          "FrameTable.last",
          "FrameTable.lastKey",
          // memory of one thread for its own calls; what it shares with others is told of
          "Frame.bytes");

  static Stream<ScenarioFile> ofIommufd() {
    return new ScenarioLibrary(Catalogue.load()).all().stream().filter(s -> s.seam() == 3);
  }

  @ParameterizedTest
  @MethodSource("ofIommufd")
  void explore_iommufd_changesWhatIsSharedInStepsThatWrite(ScenarioFile scenario) {
    Observer observer = new Observer(scenario);
    assertThat(Explorer.of(observer).explore(new RandomScheduler(3), SCHEDULES).failure())
        .isEmpty();
    assertThat(observer.untold).isEmpty();
  }

  /** A scenario whose state is compared before and after each step. */
  private static final class Observer implements Scenario<Outcome> {
    private final ScenarioFile scenario;
    private final Set<String> untold = new TreeSet<>();
    private final List<Object> roots = new ArrayList<>();
    private @Nullable Snapshot last;
    private boolean racing;
    private boolean wrote;

    Observer(ScenarioFile scenario) {
      this.scenario = scenario;
    }

    @Override
    public Prepared<Outcome> setUp(Steps steps, Footprint footprint) {
      roots.clear();
      racing = false;
      last = null;
      SteppedIommufdProvider right = TARGETS.iommufdNamed(scenario.target()).iommufd();
      var played = new PlayedIommufd(scenario, new Watched(right, roots));
      Prepared<Outcome> prepared = played.setUp(new Watching(steps, this), new Telling(footprint));
      racing = true;
      return new Race(prepared, () -> racing = false);
    }

    void before(Step step) {
      if (racing) {
        Snapshot now = Snapshot.of(roots.toArray());
        note(now, "outside a step, before " + step);
        last = now;
        wrote = false;
      }
    }

    void after(Step step) {
      if (racing) {
        Snapshot now = Snapshot.of(roots.toArray());
        if (!wrote) {
          note(now, "in " + step + ", which only reads");
        }
        last = now;
      }
    }

    private void note(Snapshot now, String where) {
      if (last != null) {
        Set<String> changes = now.changesSince(last);
        changes.removeAll(APART);
        changes.forEach(field -> untold.add(field + " " + where));
      }
    }

    private final class Telling implements Footprint {
      private final Footprint footprint;

      Telling(Footprint footprint) {
        this.footprint = footprint;
      }

      @Override
      public void read(Object space, long address) {
        footprint.read(space, address);
      }

      @Override
      public void write(Object space, long address) {
        wrote = true;
        footprint.write(space, address);
      }
    }
  }

  private record Race(Prepared<Outcome> prepared, Runnable end) implements Prepared<Outcome> {
    @Override
    public List<SoftwareThread> threads() {
      return prepared.threads();
    }

    @Override
    public void check() {
      prepared.check();
    }

    @Override
    public Outcome outcome() {
      end.run();
      return prepared.outcome();
    }
  }

  /** Notes what can be reached. */
  private record Watched(SteppedIommufdProvider right, List<Object> roots)
      implements SteppedIommufdProvider {
    @Override
    public String name() {
      return right.name();
    }

    @Override
    public SteppedIommufd open(
        Processes processes, Environment environment, Predicate<String> fails) {
      SteppedIommufd opened = right.open(processes, environment, fails);
      roots.add(opened);
      roots.add(processes);
      return opened;
    }
  }

  private record Watching(Steps steps, Observer observer) implements Steps {
    @Override
    public <S extends Step> void perform(S step, Consumer<? super S> body) {
      steps.perform(
          step,
          each -> {
            observer.before(each);
            body.accept(each);
            observer.after(each);
          });
    }

    @Override
    public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
      return steps.obtain(
          step,
          each -> {
            observer.before(each);
            T yielded = body.apply(each);
            observer.after(each);
            return yielded;
          });
    }

    @Override
    public void waitFor(Step step, BooleanSupplier condition) {
      steps.waitFor(step, condition);
    }

    @Override
    public void lock(StepLock lock) {
      steps.lock(lock);
    }

    @Override
    public void unlock(StepLock lock) {
      steps.unlock(lock);
    }

    @Override
    public void lockShared(StepLock lock) {
      steps.lockShared(lock);
    }

    @Override
    public void unlockShared(StepLock lock) {
      steps.unlockShared(lock);
    }

    @Override
    public int choose(String label, int n) {
      return steps.choose(label, n);
    }

    @Override
    public void report(Step event) {
      steps.report(event);
    }

    @Override
    public void connect(Hardware hardware) {
      steps.connect(hardware);
    }
  }
}
