package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.iommuref.conformance.cases.Cases;
import org.iommuref.conformance.report.ClauseVerdict;
import org.iommuref.conformance.report.FailingCase;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.model.oracle.Branch;
import org.iommuref.model.oracle.Judgement;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.spi.Topology;

/**
 * The one engine: command line, kill matrix and JUnit face call it.
 *
 * <p>Directed cases come first, in the order of the registration, then generated sequences. The
 * first failure of a clause is reduced and kept; later ones only count. Of units that leave nothing
 * to chance every case is run, and all that fails of it is told.
 */
public final class SuiteRunner {

  /** The seam at which a target is judged if nothing else is said. */
  public static final int SEAM = 2;

  private static final int MOST_EXECUTIONS = 2_000;

  /** Of how many sessions a target is told ahead. */
  private static final int MOST_EXPECTED = 3;

  private final Catalogue catalogue;
  private final Progress progress;
  private final Cases cases;
  private final int mostExecutions;
  private final Set<ClauseId> leftOut;
  private final Set<ClauseId> asFound;
  private final boolean untilAllFail;

  /** A runner that tells {@code progress} how far it has come. */
  public SuiteRunner(Catalogue catalogue, Progress progress) {
    this(catalogue, progress, new Cases(), MOST_EXECUTIONS, Set.of(), Set.of(), false);
  }

  private SuiteRunner(
      Catalogue catalogue,
      Progress progress,
      Cases cases,
      int mostExecutions,
      Set<ClauseId> leftOut,
      Set<ClauseId> asFound,
      boolean untilAllFail) {
    this.catalogue = catalogue;
    this.progress = progress;
    this.cases = cases;
    this.mostExecutions = mostExecutions;
    this.leftOut = leftOut;
    this.asFound = asFound;
    this.untilAllFail = untilAllFail;
  }

  /**
   * The same, but failures are kept as they were found: for those who count only which clause
   * fails.
   */
  public SuiteRunner withoutReduction() {
    return new SuiteRunner(catalogue, progress, cases, 0, leftOut, asFound, untilAllFail);
  }

  /** The same as if nobody had written directed cases of these clauses. */
  public SuiteRunner withoutCasesOf(Set<ClauseId> clauses) {
    return new SuiteRunner(
        catalogue, progress, cases, mostExecutions, Set.copyOf(clauses), asFound, untilAllFail);
  }

  /**
   * The same, but failures of these clauses are kept as they were found: for what is known, and
   * need not be found out again.
   */
  public SuiteRunner withoutReductionOf(Set<ClauseId> clauses) {
    return new SuiteRunner(
        catalogue, progress, cases, mostExecutions, leftOut, Set.copyOf(clauses), untilAllFail);
  }

  /**
   * The same, but a run ends as soon as each of its clauses has failed: for those who ask whether
   * they do.
   */
  public SuiteRunner untilAllFail() {
    return new SuiteRunner(catalogue, progress, cases, mostExecutions, leftOut, asFound, true);
  }

  /** Runs the selected part of the suite on one target. */
  public Report run(Target target, Selection selection, long seed) {
    return new Run(target, selection, seed).run();
  }

  /** One run. */
  private final class Run {
    private final Target target;
    private final Selection selection;
    private final long seed;
    private final CaseRunner runner;
    private final List<ClauseId> clauses;
    private final Map<ClauseId, Tally> tallies = new TreeMap<>();
    private final List<String> harnessErrors = new ArrayList<>();
    private int casesRun;
    private long operations;

    Run(Target target, Selection selection, long seed) {
      this.target = target;
      this.selection = selection;
      this.seed = seed;
      this.runner = new CaseRunner(target);
      this.clauses =
          catalogue.clauses().stream()
              .map(ClauseDefinition::id)
              .filter(id -> catalogue.isShownAt(id, selection.seam()) && selection.includes(id))
              .toList();
    }

    Report run() {
      List<Case> directed =
          cases.directed(selection.seam(), target).stream()
              .filter(one -> selection.includes(one.clause()))
              .filter(one -> !leftOut.contains(one.clause()))
              .toList();
      int sequences = selection.seam() == SEAM ? selection.sequences() : 0;
      int total = directed.size() + sequences;
      each(directed, total, this::directed);
      if (!isDecided()) {
        List<Case> generated =
            Cases.generated(target.hwInfo(), target.dataMemory(), sequences, seed);
        each(generated, total, one -> execute(one, config(one, 0)));
      }
      if (casesRun < total && !isDecided()) {
        harnessErrors.add("stopped after " + casesRun + " of " + total + " cases");
      }
      return report();
    }

    private void each(List<Case> some, int total, Consumer<Case> run) {
      List<Case> executed = some.stream().filter(this::isExecuted).toList();
      int done = 0;
      for (Case one : some) {
        if (!progress.goesOn() || isDecided()) {
          return;
        }
        if (isExecuted(one)) {
          target.expect(topologies(executed.subList(done, executed.size())));
          done++;
        }
        run.accept(one);
        progress.ran(++casesRun, total, one.name());
      }
    }

    /** Whether no case can change which clauses fail, and nothing else is asked. */
    private boolean isDecided() {
      return untilAllFail && clauses.stream().allMatch(clause -> tally(clause).failure != null);
    }

    private static List<Topology> topologies(List<Case> next) {
      return next.stream().limit(MOST_EXPECTED).map(Case::topology).toList();
    }

    private boolean isExecuted(Case one) {
      return one.generated()
          || (Unclaimed.why(one, target.hwInfo()) == null
              && canBeShown(one)
              && !one.steps().isEmpty());
    }

    private boolean canBeShown(Case one) {
      return catalogue.cited(one.clause().toString()).needs().stream()
          .allMatch(target.hwInfo()::has);
    }

    private void directed(Case one) {
      Tally tally = tally(one.clause());
      String unclaimed = Unclaimed.why(one, target.hwInfo());
      if (unclaimed != null) {
        tally.unclaimed = unclaimed;
        return;
      }
      if (!canBeShown(one)) {
        return;
      }
      if (one.steps().isEmpty()) {
        tally.nothingToShow = true;
        return;
      }
      tally.claimable = true;
      tally.cases++;
      one.steps().forEach(step -> need(tally, step));
      for (int round = 0; round < rounds(one); round++) {
        if (tally.failure == null || leavesNothingToChance(one)) {
          execute(one, config(one, round));
        }
      }
    }

    /** What answers alike each time is asked once; and a program leaves nothing to chance. */
    private int rounds(Case one) {
      return !target.leavesToChance() || one.layer() == Layer.IOMMUFD ? 1 : selection.rounds();
    }

    /** Whether all that fails of the case can be told from one execution. */
    private boolean leavesNothingToChance(Case one) {
      return one.layer() == Layer.UNIT && !target.leavesToChance();
    }

    private void need(Tally tally, CaseStep step) {
      if (step.claim() == Claim.MAY_BE_STALE) {
        if (target.hwInfo().has(Capability.TRANSLATION_CACHE)) {
          tally.need(Branch.STALE_USED);
        }
      } else if (step.claim() != null && step.shows() != null) {
        tally.need(step.claim() == Claim.SUCCEEDS ? Branch.MUST_SUCCEED : Branch.MUST_FAULT);
      }
    }

    private SessionConfig config(Case one, int round) {
      if (round == 0 && !one.generated()) {
        return new SessionConfig(
            one.topology(), selection.caches(), SessionConfig.PLAIN, one.layer());
      }
      long mixed = seed * 0x9e3779b97f4a7c15L + one.name().hashCode() * 31L + round;
      return new SessionConfig(one.topology(), selection.caches(), mixed, one.layer());
    }

    private void execute(Case one, SessionConfig config) {
      if (!progress.goesOn()) {
        return;
      }
      CaseResult result = runner.run(one, config);
      if (!progress.goesOn()) {
        return; // what ends the run may have ended a child too: the case says nothing
      }
      operations += one.steps().size();
      if (result instanceof CaseResult.Allowed allowed) {
        witness(one, allowed.judgements());
      } else if (result instanceof CaseResult.Refused refused) {
        witness(one, refused.judgements());
        refused(one, config, refused);
      } else if (result instanceof CaseResult.Inexact inexact) {
        witness(one, inexact.judgements());
        refused(one, config, inexact.refused());
      } else if (result instanceof CaseResult.Broken broken) {
        harnessErrors.add(broken.message());
        tally(one.clause()).broken = broken.message();
      } else if (result instanceof CaseResult.IllFormed illFormed) {
        String message = Replay.breach(one, illFormed.step());
        harnessErrors.add(message);
        tally(one.clause()).broken = message;
      }
    }

    /** A directed step is a witness of what it shows, any step of the clause that decided it. */
    private void witness(Case one, List<Judgement> judgements) {
      for (int i = 0; i < judgements.size(); i++) {
        Judgement judgement = judgements.get(i);
        CaseStep step = one.steps().get(i);
        ClauseId shown = step.shows();
        if (shown != null) {
          tally(shown).witness(judgement.branch());
        } else if (step.claim() == Claim.MAY_BE_STALE) {
          tally(one.clause()).witness(judgement.branch());
        }
        if (!judgement.clause().equals(shown)) {
          tally(judgement.clause()).witness(judgement.branch());
        }
      }
    }

    private void refused(Case one, SessionConfig config, CaseResult.Refused refused) {
      Tally tally = tally(refused.clause());
      if (leavesNothingToChance(one)) {
        tally.failed(new FailingCase(one.name(), refused.failing()));
      }
      if (tally.failure != null || !selection.includes(refused.clause())) {
        return;
      }
      int most = asFound.contains(refused.clause()) ? 0 : mostExecutions;
      Reducer.Reduced reduced = reducer(config, most).reduce(one, refused);
      if (!progress.goesOn()) {
        reduced = reducer(config, 0).reduce(one, refused); // as it was found
      }
      tally.failure = failure(one, config, reduced);
    }

    private Reducer reducer(SessionConfig config, int most) {
      return new Reducer(runner, config, most);
    }

    private Failure failure(Case one, SessionConfig config, Reducer.Reduced reduced) {
      CaseResult.Refused last = reduced.refused();
      List<Operation<?>> steps = new ArrayList<>();
      List<String> shows = new ArrayList<>();
      for (CaseStep step : reduced.shortest().steps()) {
        steps.add(step.operation());
        shows.add(step.shows() == null ? "" : step.shows().toString());
      }
      return new Failure(
          last.clause(),
          catalogue.cited(last.clause().toString()).title(),
          target.name(),
          one.name(),
          seed,
          config,
          steps,
          shows,
          last.answers(),
          last.expected(),
          last.seen(),
          last.why(),
          reduced.minimal(),
          reduced.executions());
    }

    private Tally tally(ClauseId clause) {
      return tallies.computeIfAbsent(clause, id -> new Tally());
    }

    private Report report() {
      List<ClauseVerdict> verdicts = new ArrayList<>();
      List<Failure> failures = new ArrayList<>();
      for (ClauseId clause : clauses) {
        Tally tally = tally(clause);
        verdicts.add(Verdicts.of(catalogue.cited(clause.toString()), tally, target.hwInfo()));
        if (tally.failure != null) {
          failures.add(tally.failure);
        }
      }
      return new Report(
          target.name(),
          target.title(),
          target.hwInfo(),
          seed,
          selection.caches(),
          selection.inWords(),
          casesRun,
          operations,
          verdicts,
          failures,
          harnessErrors);
    }
  }
}
