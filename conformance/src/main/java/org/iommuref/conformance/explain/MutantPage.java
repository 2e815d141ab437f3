package org.iommuref.conformance.explain;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.scenario.ScenarioFile;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.RaceId;

/** A mutant: what is wrong in it, and how it is caught. */
final class MutantPage {

  private MutantPage() {}

  /** {@code bySuite}: whether a sequence of calls gives it away. */
  static String of(
      Mutant mutant, boolean bySuite, List<ScenarioFile> scenarios, Catalogue catalogue) {
    String target = " --target mutant:" + mutant.name();
    List<String> commands = new ArrayList<>();
    if (bySuite) {
      commands.add("./iommuref conform" + seam(mutant) + target);
    }
    scenarios.stream()
        .filter(scenario -> scenario.kills().contains(mutant.name()))
        .forEach(scenario -> commands.add("./iommuref explore " + scenario.name() + target));
    return new Page(mutant.name(), mutant.title())
        .field("copy of", mutant.base())
        .field("layer", mutant.layer())
        .field("races", mutant.races().stream().map(RaceId::toString).toList())
        .field("caught by", commands)
        .table("clauses of which at least one must fail", clauses(mutant, catalogue))
        .toString();
  }

  /** The option by which its suite is chosen, where that is not the one that runs unasked. */
  static String seam(Mutant mutant) {
    int seam = Targets.seamOf(mutant);
    return seam == SuiteRunner.SEAM ? "" : " --seam " + seam;
  }

  private static List<List<String>> clauses(Mutant mutant, Catalogue catalogue) {
    return mutant.violates().stream()
        .map(id -> List.of(id.toString(), title(id, catalogue)))
        .toList();
  }

  private static String title(ClauseId id, Catalogue catalogue) {
    return catalogue.find(id).map(ClauseDefinition::title).orElse("");
  }
}
