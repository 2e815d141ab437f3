package org.iommuref.conformance.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.iommuref.conformance.report.ClauseVerdict;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.suite.Words;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the suite on targets. */
@Command(name = "conform", description = "Runs the conformance suite.")
final class ConformCommand implements Callable<Integer> {

  @Option(names = "--target", description = "What is judged; may be given more than once.")
  private List<String> targets = List.of("ideal");

  @Option(names = "--clause", description = "Globs over clause ids.")
  private List<String> clauses = List.of();

  @Option(names = "--seed", description = "The seed of everything that is generated.")
  private long seed = 1;

  @Override
  public Integer call() {
    SuiteRunner runner = new SuiteRunner(Catalogue.load(), Progress.NONE);
    Targets all = Targets.onClassPath();
    int worst = 0;
    for (String name : targets) {
      Report report = runner.run(all.named(name), Selection.all().of(clauses), seed);
      for (ClauseVerdict v : report.verdicts()) {
        if (v.verdict() != Verdict.PASS) {
          System.out.println(v.clause() + " " + v.verdict().word() + " " + v.reason());
        }
      }
      for (Failure f : report.failures()) {
        System.out.println(f.clause() + " " + f.caseName() + " minimal " + f.minimal());
        for (int i = 0; i < f.steps().size(); i++) {
          System.out.println("  " + Words.of(f.steps().get(i)) + "   " + f.answers().get(i));
        }
        System.out.println(
            "  allowed: " + f.expected() + " seen: " + f.seen() + " why: " + f.why());
      }
      report.harnessErrors().forEach(System.out::println);
      System.out.println(
          name + ": pass " + report.count(Verdict.PASS) + " exit " + report.exitCode());
      worst = Math.max(worst, report.exitCode());
    }
    return worst;
  }
}
