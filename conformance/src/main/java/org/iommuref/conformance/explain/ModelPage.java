package org.iommuref.conformance.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Citation;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.tla.Model;
import org.iommuref.tla.ModelConfig;
import org.iommuref.tla.Models;

/** A model: what it is of, the rules that it states, its faults and other configs. */
final class ModelPage {

  private static final String MODELLED = "## What is modelled";

  private final Models models;
  private final Catalogue catalogue;

  ModelPage(Models models, Catalogue catalogue) {
    this.models = models;
    this.catalogue = catalogue;
  }

  String of(Model model) {
    Page page = new Page(model.name(), model.title());
    page.field("modules", String.join(", ", model.modules()));
    model.traceModule().ifPresent(module -> page.field("traces", "judged by " + module));
    page.field("run by", "./iommuref check " + model.name() + " [--fault NAME]");
    models.readme(model).map(ModelPage::subject).ifPresent(rows -> page.list("subject", rows));
    page.table("who takes which actions", actions(model));
    page.table("rules", rules(model));
    page.table("faults", faults(model));
    page.table("other configs", others(model));
    return page.toString();
  }

  /** What stands before the first section, and the section that says what is modelled. */
  private static List<String> subject(String readme) {
    List<String> rows = new ArrayList<>();
    boolean taken = true;
    for (String line : readme.lines().skip(1).toList()) {
      if (line.startsWith("#")) {
        taken = line.equals(MODELLED);
      } else if (taken && !line.isBlank() && !line.startsWith("|") && !line.endsWith(":")) {
        rows.add(line.replaceAll("[*`]{1,2}", ""));
      }
    }
    return rows;
  }

  private static List<List<String>> actions(Model model) {
    return model.lanes().stream()
        .map(lane -> List.of(lane.title(), String.join(" ", lane.actions())))
        .toList();
  }

  private List<List<String>> rules(Model model) {
    return models.citations(model).stream()
        .map(citation -> List.of(citation.element(), rule(citation)))
        .toList();
  }

  private String rule(Citation citation) {
    Optional<ClauseDefinition> clause = catalogue.find(citation.clause());
    return citation.clause() + "  " + clause.map(ClauseDefinition::title).orElse("");
  }

  private static List<List<String>> faults(Model model) {
    return model.configs().stream()
        .filter(config -> config.fault().isPresent())
        .map(config -> List.of(config.fault().orElseThrow(), inWords(config)))
        .toList();
  }

  private static List<List<String>> others(Model model) {
    return model.configs().stream()
        .filter(config -> config.fault().isEmpty())
        .map(config -> List.of(config.name(), inWords(config)))
        .toList();
  }

  private static String inWords(ModelConfig config) {
    String result =
        config
            .violated()
            .map(name -> "violates " + name)
            .orElseGet(() -> config.expected() + states(config));
    return config.title() + "; " + result + "; " + config.tier();
  }

  private static String states(ModelConfig config) {
    return config.distinctStates().isPresent()
        ? ", " + config.distinctStates().getAsLong() + " states"
        : "";
  }
}
