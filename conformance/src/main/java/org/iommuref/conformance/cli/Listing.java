package org.iommuref.conformance.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.iommuref.conformance.kill.MutantTable;
import org.iommuref.conformance.linux.Counterparts;
import org.iommuref.conformance.linux.LinuxTargets;
import org.iommuref.conformance.linux.SelftestCase;
import org.iommuref.conformance.qemu.QemuTargets;
import org.iommuref.conformance.scenario.Race;
import org.iommuref.conformance.scenario.Races;
import org.iommuref.conformance.scenario.ScenarioFile;
import org.iommuref.conformance.scenario.ScenarioLibrary;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.Origin;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantCell;
import org.iommuref.tla.Model;
import org.iommuref.tla.ModelConfig;
import org.iommuref.tla.Models;

/**
 * What can be listed.
 *
 * @param kind as {@code list} takes it
 * @param columns the fields of an entry that a line shows
 * @param content everything of the kind, in order of name
 * @param page all of it as Markdown, where there is such a page
 */
record Listing(
    String kind,
    List<String> columns,
    Supplier<ArrayNode> content,
    Optional<Supplier<String>> page) {

  private Listing(String kind, List<String> columns, Supplier<ArrayNode> content) {
    this(kind, columns, content, Optional.empty());
  }

  private static final List<Listing> ALL =
      List.of(
          new Listing("targets", List.of("name", "seams", "title"), Listing::targets),
          new Listing(
              "clauses", List.of("id", "seams", "level", "check", "title"), Listing::clauses),
          new Listing("models", List.of("name", "title"), Listing::models),
          new Listing("mutants", List.of("name", "layer", "violates", "title"), Listing::mutants),
          new Listing(
              "matrix",
              List.of("name", "mutants", "clauses", "reason"),
              Listing::matrix,
              Optional.of(() -> MutantTable.load().page())),
          new Listing(
              "scenarios",
              List.of("name", "seam", "target", "clauses", "title"),
              Listing::scenarios),
          new Listing(
              "races",
              List.of("name", "title", "scenarios"),
              Listing::races,
              Optional.of(() -> allRaces().page())),
          new Listing(
              "counterparts",
              List.of("name", "clauses", "title"),
              Listing::counterparts,
              Optional.of(() -> Counterparts.load(Catalogue.load()).page())));

  static Optional<Listing> named(String kind) {
    return ALL.stream().filter(listing -> listing.kind().equals(kind)).findFirst();
  }

  static List<String> kinds() {
    return ALL.stream().map(Listing::kind).toList();
  }

  /** The kinds that have a page. */
  static List<String> pages() {
    return ALL.stream().filter(each -> each.page().isPresent()).map(Listing::kind).toList();
  }

  /** A row of cells for each entry. */
  List<List<String>> rows(ArrayNode entries) {
    List<List<String>> rows = new ArrayList<>();
    entries.forEach(entry -> rows.add(columns.stream().map(c -> cell(entry.get(c))).toList()));
    return rows;
  }

  private static String cell(JsonNode value) {
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> words = new ArrayList<>();
    value.forEach(word -> words.add(word.asText()));
    return String.join(" ", words);
  }

  /** Those that have a name of their own; {@code mutant:} and {@code exec:} make further ones. */
  private static ArrayNode targets() {
    Targets targets = Targets.onClassPath();
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    Set<String> named = new HashSet<>();
    for (Layer layer : List.of(Layer.CORE, Layer.IOMMUFD, Layer.UNIT)) {
      for (String name : targets.names(layer.seam())) {
        if (named.add(name)) {
          Target target = targets.named(name, layer.seam());
          target(entries.addObject(), name, targets.seamsOf(name), target.title(), target.hwInfo());
        }
      }
    }
    target(
        entries.addObject(),
        LinuxTargets.NAME,
        List.of(Layer.IOMMUFD.seam()),
        LinuxTargets.TITLE,
        LinuxTargets.claims());
    for (String name : QemuTargets.names()) {
      ObjectNode entry = entries.addObject().put("name", name);
      strings(entry, "seams", List.of(Layer.UNIT.seam(), Layer.CORE.seam()));
      entry.put("title", "an IOMMU of QEMU, where QEMU is installed");
    }
    return entries;
  }

  private static ArrayNode clauses() {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    Catalogue.load().clauses().forEach(clause -> clause(entries.addObject(), clause));
    return entries;
  }

  private static ArrayNode models() {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    Models.load().all().forEach(model -> model(entries.addObject(), model));
    return entries;
  }

  private static ArrayNode mutants() {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    Targets.onClassPath().mutants().values().forEach(m -> mutant(entries.addObject(), m));
    return entries;
  }

  private static ArrayNode matrix() {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    MutantTable.load().rows().forEach(row -> cell(entries.addObject(), row));
    return entries;
  }

  private static ArrayNode scenarios() {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    new ScenarioLibrary(Catalogue.load()).all().forEach(s -> scenario(entries.addObject(), s));
    return entries;
  }

  private static ArrayNode races() {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    allRaces().all().forEach(race -> race(entries.addObject(), race));
    return entries;
  }

  private static Races allRaces() {
    return Races.load(Catalogue.load(), Targets.onClassPath());
  }

  /** The cases of Linux's self-test of iommufd. */
  private static ArrayNode counterparts() {
    ArrayNode entries = JsonNodeFactory.instance.arrayNode();
    Counterparts counterparts = Counterparts.load(Catalogue.load());
    counterparts.selftest().forEach(one -> counterpart(entries.addObject(), counterparts, one));
    return entries;
  }

  private static void target(
      ObjectNode entry, String name, List<Integer> seams, String title, HwInfo claims) {
    entry.put("name", name);
    strings(entry, "seams", seams);
    entry.put("title", title);
    entry.put("architecture", claims.architecture());
    strings(entry, "unit", claims.unit());
    strings(entry, "stimulus", claims.stimulus());
  }

  private static void clause(ObjectNode entry, ClauseDefinition clause) {
    entry.put("id", clause.id().toString()).put("level", clause.level().keyword());
    entry.put("check", clause.check().word()).put("title", clause.title());
    entry.put("statement", clause.statement());
    strings(entry, "seams", clause.seams());
    strings(entry, "needs", clause.needs());
  }

  private static void mutant(ObjectNode entry, Mutant mutant) {
    entry.put("name", mutant.name()).put("title", mutant.title());
    entry.put("base", mutant.base()).put("layer", mutant.layer());
    strings(entry, "violates", mutant.violates());
    strings(entry, "races", mutant.races());
  }

  private static void cell(ObjectNode entry, MutantTable.Row row) {
    MutantCell cell = row.cell();
    entry.put("name", cell.group() + " " + cell.subject() + ": " + cell.part());
    entry.put("title", cell.subject() + ": " + cell.part()).put("group", cell.group());
    entry.put("subject", cell.subject()).put("part", cell.part());
    strings(entry, "mutants", cell.mutants());
    strings(entry, "clauses", row.clauses());
    entry.put("reason", cell.reason());
  }

  private static void scenario(ObjectNode entry, ScenarioFile scenario) {
    entry.put("name", scenario.name()).put("title", scenario.title());
    entry.put("seam", scenario.seam()).put("target", scenario.target());
    strings(entry, "races", scenario.races());
    strings(entry, "clauses", scenario.clauses());
    strings(entry, "kills", scenario.kills());
  }

  private static void race(ObjectNode entry, Race race) {
    entry.put("name", race.id().toString()).put("title", race.title());
    strings(entry, "origin", race.origin().stream().map(Origin::at).toList());
    strings(entry, "scenarios", race.scenarios());
    strings(entry, "mutants", race.mutants().stream().map(Mutant::name).toList());
    strings(entry, "clauses", race.clauses());
    race.reason().ifPresent(reason -> entry.put("reason", reason));
  }

  private static void counterpart(ObjectNode entry, Counterparts counterparts, SelftestCase one) {
    entry.put("name", one.fullName()).put("title", one.shows());
    strings(entry, "clauses", one.clauses().stream().map(ClauseDefinition::id).toList());
    strings(
        entry,
        "cases",
        one.clauses().stream().flatMap(c -> counterparts.casesOf(c).stream()).toList());
  }

  private static void model(ObjectNode entry, Model model) {
    entry.put("name", model.name()).put("title", model.title());
    strings(entry, "faults", model.faults());
    ArrayNode configs = entry.putArray("configs");
    model.configs().forEach(config -> config(configs.addObject(), config));
  }

  private static void config(ObjectNode entry, ModelConfig config) {
    entry.put("config", config.name()).put("title", config.title());
    entry.put("tier", config.tier().toString()).put("expected", config.expected().toString());
    config.fault().ifPresent(fault -> entry.put("fault", fault));
    config.violated().ifPresent(violated -> entry.put("violated", violated));
  }

  private static void strings(ObjectNode entry, String field, Collection<?> values) {
    ArrayNode array = entry.putArray(field);
    values.forEach(value -> array.add(value.toString()));
  }
}
