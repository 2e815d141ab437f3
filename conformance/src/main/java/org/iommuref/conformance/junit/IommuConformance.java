package org.iommuref.conformance.junit;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.report.ClauseVerdict;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.clause.Catalogue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The suite on one target, a dynamic test for each clause.
 *
 * <pre>{@code
 * class MyIommuTest extends IommuConformance {
 *   @Override
 *   protected Target target() {
 *     return Target.of(new MyBackend()); // a BackendProvider
 *   }
 * }
 * }</pre>
 *
 * <p>What {@code target()} returns decides at which seam it is judged: a {@code BackendProvider} at
 * seam 2, a {@code UnitProvider} at seam 1, and a {@link
 * org.iommuref.conformance.process.ProcessTarget} at the seam that it is started for.
 *
 * <p>A test passes, fails or is aborted as a conformant implementation asks for: it fails where a
 * clause of level must is violated, or claimed and never shown; it is aborted, with the reason,
 * where the target does not claim a clause, no case decides it, or it only recommends.
 */
public abstract class IommuConformance {

  private static final long SEED = 1;

  /** One instance runs the suite once. */
  protected IommuConformance() {}

  /**
   * What is judged; it is closed after the run.
   *
   * @throws Exception if it cannot be opened
   */
  protected abstract Target target() throws Exception;

  /** Which part of the suite is run, at the seam of the target; all of it if not overridden. */
  protected Selection selection() {
    return Selection.all();
  }

  /** The seed of everything that is generated; 1 if not overridden. */
  protected long seed() {
    return SEED;
  }

  /**
   * Runs the suite and shows each selected clause as a test.
   *
   * @throws Exception if the target cannot be opened
   */
  @TestFactory
  public final Stream<DynamicTest> clauses() throws Exception {
    Catalogue catalogue = Catalogue.load();
    try (Target target = target()) {
      Selection selection = selection().at(target.seam());
      Report report = new SuiteRunner(catalogue, Progress.NONE).run(target, selection, seed());
      requireJudged(report);
      ClauseTest test = new ClauseTest(catalogue, report);
      return report.verdicts().stream()
          .map(verdict -> DynamicTest.dynamicTest(nameOf(verdict), () -> test.show(verdict)));
    }
  }

  /** Tests that are all aborted would look like success. */
  private static void requireJudged(Report report) {
    List<Verdict> decided = List.of(Verdict.PASS, Verdict.FAIL, Verdict.BROKEN, Verdict.UNVERIFIED);
    if (report.verdicts().stream().noneMatch(verdict -> decided.contains(verdict.verdict()))) {
      throw new IllegalStateException(
          "nothing was judged: " + report.target() + ", " + report.selection());
    }
  }

  private static String nameOf(ClauseVerdict verdict) {
    return verdict.clause() + " " + verdict.title();
  }
}
