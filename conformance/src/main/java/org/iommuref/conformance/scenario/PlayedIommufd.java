package org.iommuref.conformance.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.iommuref.model.explore.Prepared;
import org.iommuref.model.explore.Scenario;
import org.iommuref.model.explore.SoftwareThread;
import org.iommuref.spec.iommufd.SteppedIommufd;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.SteppedIommufdProvider;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * A scenario at seam 3, for the explorer: one process with one context, {@code iommu}, and memory.
 *
 * <p>The state is looked at after each step. When all is done every descriptor is closed, and
 * nothing may be left.
 */
final class PlayedIommufd implements Scenario<Outcome> {

  private static final long MEMORY = 1L << 40;
  private static final long TABLES = 0x1000;
  private static final int TABLE_PAGES = 16;

  /** Many times what any scenario needs. */
  private static final int MOST_MOVES = 2_000;

  private final ScenarioFile file;
  private final SteppedIommufdProvider iommufd;

  PlayedIommufd(ScenarioFile file, SteppedIommufdProvider iommufd) {
    this.file = file;
    this.iommufd = iommufd;
  }

  @Override
  public Prepared<Outcome> setUp(Steps steps, Footprint footprint) {
    SystemMemory memory = SystemMemory.ofSize(MEMORY);
    Environment environment =
        new Environment(
            file.topology(),
            memory,
            new PagePool(memory, TABLES, TABLE_PAGES),
            steps,
            footprint,
            CachePolicy.REALISTIC);
    Predicate<String> fails =
        file.allocationsFail() ? what -> steps.choose(what, 2) == 1 : what -> false;
    CallingProcess process = new CallingProcess(file.threads().size() + 1, steps, footprint);
    SteppedIommufd opened = iommufd.open(process.processes(), environment, fails);
    process.uses(opened);
    Run run = new Run(file, steps, opened, process);
    file.setUp().forEach(run::directly);
    return run;
  }

  /** One schedule. */
  private static final class Run implements Prepared<Outcome> {
    private final ScenarioFile file;
    private final Steps steps;
    private final SteppedIommufd iommufd;
    private final CallingProcess process;
    private final Map<String, String> results = new LinkedHashMap<>();
    private int moves;

    Run(ScenarioFile file, Steps steps, SteppedIommufd iommufd, CallingProcess process) {
      this.file = file;
      this.steps = steps;
      this.iommufd = iommufd;
      this.process = process;
    }

    @Override
    public List<SoftwareThread> threads() {
      return file.threads().stream()
          .map(thread -> new SoftwareThread(thread.name(), () -> play(thread)))
          .toList();
    }

    private void play(CallThread thread) {
      int number = file.threads().indexOf(thread) + 1;
      for (Call call : thread.calls()) {
        steps.report(new CallEvent.Called(call.words()));
        String word = keep(call, process.make((IommufdCall) call, number));
        steps.report(new CallEvent.Returned(word));
      }
    }

    private void directly(Call call) {
      keep(call, process.make((IommufdCall) call, 0));
    }

    private String keep(Call call, Came came) {
      String word = came.word(file.values());
      if (call.as() != null) {
        results.put(call.as(), word);
      } else if (!came.succeeded()) {
        throw new IllegalStateException(call.words() + " gives " + word);
      }
      return word;
    }

    /** Looks at the state after each move; a call that goes on and on is found out too. */
    @Override
    public void check() {
      if (++moves > MOST_MOVES) {
        throw new IllegalStateException("a call does not return within " + MOST_MOVES + " moves");
      }
      iommufd.requireInvariants();
    }

    @Override
    public Outcome outcome() {
      iommufd.requireExact();
      file.afterwards().forEach(this::directly);
      process.closeAll();
      iommufd.requireNothingLeft();
      process.requireNoPins();
      Map<String, String> inOrder = new LinkedHashMap<>();
      file.results().forEach(name -> inOrder.put(name, results.getOrDefault(name, "nothing")));
      return new Outcome(inOrder);
    }
  }
}
