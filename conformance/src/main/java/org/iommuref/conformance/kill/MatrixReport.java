package org.iommuref.conformance.kill;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.iommuref.conformance.report.JsonText;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;

/**
 * The kill matrix as files: {@code kill-matrix.json} for programs and {@code kill-matrix.html}, one
 * page that needs no network, for readers.
 *
 * <p>The same matrix gives the same bytes.
 *
 * @param seed of the run
 * @param full whether all clauses were run for every mutant
 * @param kills in the order in which they were made
 */
public record MatrixReport(long seed, boolean full, List<Kill> kills) {

  private static final int FORMAT = 1;

  /** Copies the list. */
  public MatrixReport {
    kills = List.copyOf(kills);
  }

  /** What mutants say of one clause. */
  private record Row(List<String> namedBy, List<String> killed) {}

  /** How many were killed by a clause that they name. */
  public long killed() {
    return kills.stream().filter(Kill::byNamedClause).count();
  }

  /**
   * Writes both files; the folder need not exist.
   *
   * @throws IOException if a file cannot be written
   */
  public void write(Path folder, Catalogue catalogue) throws IOException {
    Files.createDirectories(folder);
    ObjectNode json = json(catalogue);
    Files.write(folder.resolve("kill-matrix.json"), JsonText.bytes(json));
    Files.write(folder.resolve("kill-matrix.html"), MatrixPage.of(json));
  }

  private ObjectNode json(Catalogue catalogue) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT);
    json.put("seed", Long.toString(seed));
    json.put("full", full);
    json.put("killed", killed());
    ArrayNode mutants = json.putArray("mutants");
    kills.forEach(kill -> mutants.add(mutant(kill)));
    ObjectNode clauses = json.putObject("clauses");
    rows().forEach((id, row) -> clauses.set(id.toString(), clause(catalogue, id, row)));
    return json;
  }

  private static ObjectNode mutant(Kill kill) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("name", kill.mutant().name());
    json.put("title", kill.mutant().title());
    json.put("layer", kill.mutant().layer());
    json.put("base", kill.mutant().base());
    json.put("verdict", kill.word());
    json.set("names", texts(kill.mutant().violates()));
    json.set("killers", texts(kill.killers()));
    json.set("harness", texts(kill.harness()));
    return json;
  }

  /** Every clause that a mutant names or fails, sorted. */
  private Map<ClauseId, Row> rows() {
    Map<ClauseId, Row> rows = new TreeMap<>();
    for (Kill kill : kills) {
      String name = kill.mutant().name();
      kill.mutant().violates().forEach(id -> row(rows, id).namedBy().add(name));
      kill.killers().forEach(id -> row(rows, id).killed().add(name));
    }
    return rows;
  }

  private static Row row(Map<ClauseId, Row> rows, ClauseId id) {
    return rows.computeIfAbsent(id, key -> new Row(new ArrayList<>(), new ArrayList<>()));
  }

  private static ObjectNode clause(Catalogue catalogue, ClauseId id, Row row) {
    ClauseDefinition definition = catalogue.cited(id.toString());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("title", definition.title());
    json.put("level", definition.level().keyword());
    json.put("check", definition.check().word());
    json.set("named_by", texts(row.namedBy()));
    json.set("killed", texts(row.killed()));
    return json;
  }

  private static ArrayNode texts(Collection<?> values) {
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> texts.add(value.toString()));
    return texts;
  }
}
