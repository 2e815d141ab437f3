package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.iommuref.conformance.scenario.Drawing;
import org.iommuref.conformance.scenario.Outcome;
import org.iommuref.conformance.scenario.OutcomeRule;
import org.iommuref.conformance.scenario.ScenarioExploration;
import org.iommuref.conformance.scenario.ScenarioReport;
import org.iommuref.conformance.scenario.SeenOutcome;
import org.iommuref.model.explore.Ending;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.explore.StoreOrder;
import org.iommuref.spec.clause.ClauseId;

/** What exploring a scenario came to, for a reader. */
final class ScenarioTable {

  private final PrintWriter out;

  ScenarioTable(PrintWriter out) {
    this.out = out;
  }

  void print(ScenarioReport report) {
    out.println(report.scenario().name() + "  " + report.scenario().title());
    out.println("target " + report.target() + stores(report, ", stores "));
    report.claims().forEach(out::println);
    out.println();
    List<List<String>> rows = new ArrayList<>();
    report.seen().forEach(seen -> rows.add(row(seen)));
    report.unseen().forEach(rule -> rows.add(row(rule)));
    if (report.failures() > 0) {
      rows.add(
          List.of(
              "FORBIDDEN",
              String.valueOf(report.failures()),
              "no outcome",
              ids(report.scenario().otherwise()),
              "the schedule did not come to its end"));
    }
    Columns.of(rows).forEach(out::println);
    report.firstForbidden().ifPresent(first -> forbidden(report, first));
    out.println();
    out.println(result(report));
    out.flush();
  }

  /** The scenario, what may be claimed, and what it came to, on one line. */
  void printLine(ScenarioReport report) {
    out.println(
        report.scenario().name()
            + "  "
            + report.target()
            + "  "
            + String.join("; ", report.claims())
            + "  "
            + result(report));
    out.flush();
  }

  private static List<String> row(SeenOutcome seen) {
    String verdict = seen.isForbidden() ? "FORBIDDEN" : "allowed";
    String why = seen.rule().map(OutcomeRule::why).orElse("the scenario does not list it");
    return List.of(
        verdict, String.valueOf(seen.times()), seen.outcome().toString(), ids(seen.clauses()), why);
  }

  private static List<String> row(OutcomeRule unseen) {
    String verdict = unseen.verdict().name().toLowerCase(Locale.ROOT);
    return List.of(
        "unseen", "0", new Outcome(unseen.when()).toString(), ids(unseen.shows()), verdict);
  }

  private static String ids(List<ClauseId> clauses) {
    return clauses.stream().map(ClauseId::toString).collect(Collectors.joining(" "));
  }

  private void forbidden(ScenarioReport report, Execution<Outcome> first) {
    out.println();
    out.println("the first schedule that came to what must not be:");
    draw(first);
    out.println(
        "again: ./iommuref explore "
            + report.scenario().name()
            + " --target "
            + report.target()
            + stores(report, " --stores ")
            + " --replay "
            + first.schedule());
  }

  private static String stores(ScenarioReport report, String before) {
    StoreOrder order = report.scenario().stores();
    return order == StoreOrder.SEQUENTIAL ? "" : before + order.word();
  }

  private void draw(Execution<Outcome> execution) {
    Drawing.of(execution).forEach(out::println);
    out.println("      " + execution.ending());
  }

  /** Draws one schedule and returns the exit code. */
  int replayed(ScenarioExploration exploration, String schedule) {
    Execution<Outcome> execution = exploration.replay(schedule);
    draw(execution);
    boolean forbidden = exploration.isForbidden(execution);
    if (execution.ending() instanceof Ending.Finished<Outcome>) {
      out.println("      " + (forbidden ? "FORBIDDEN" : "allowed"));
    }
    out.flush();
    return forbidden ? ExitCode.NOT_CONFORMANT : ExitCode.CONFORMANT;
  }

  private static String result(ScenarioReport report) {
    if (!report.isConformant()) {
      return "a forbidden outcome was seen";
    }
    return report.isUnverified()
        ? "nothing forbidden was seen, but what must be seen was not either"
        : "nothing forbidden was seen";
  }
}
