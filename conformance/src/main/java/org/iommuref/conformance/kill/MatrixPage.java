package org.iommuref.conformance.kill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.iommuref.conformance.report.Template;

/**
 * {@code kill-matrix.html}: the matrix from both sides, drawn from the JSON alone.
 *
 * @param summary the result in one line
 * @param style the class of the summary in the style sheet
 * @param settings what was run
 * @param open the mutants that no clause they name killed
 * @param mutants all mutants
 * @param clauses what each clause kills
 */
record MatrixPage(
    String summary,
    String style,
    String settings,
    List<MutantRow> open,
    List<MutantRow> mutants,
    List<ClauseRow> clauses) {

  private static final Template TEMPLATE =
      Template.beside(MatrixPage.class, "kill-matrix.html.mustache");

  /** A clause beside a mutant, or a mutant beside a clause. */
  record Cell(String name, String style) {}

  /** One mutant. */
  record MutantRow(
      String name,
      String title,
      String layer,
      String verdict,
      List<Cell> cells,
      List<String> harness) {}

  /** One clause. */
  record ClauseRow(String id, String title, String check, List<Cell> cells) {}

  /** The file that a matrix comes to. */
  static byte[] of(ObjectNode json) {
    List<MutantRow> mutants = new ArrayList<>();
    json.path("mutants").forEach(mutant -> mutants.add(mutantRow(mutant)));
    List<ClauseRow> clauses = new ArrayList<>();
    for (Map.Entry<String, JsonNode> clause : json.path("clauses").properties()) {
      clauses.add(clauseRow(clause.getKey(), clause.getValue()));
    }
    int killed = json.path("killed").asInt();
    return TEMPLATE.with(
        new MatrixPage(
            killed + " of " + mutants.size() + " mutants killed by a clause that they name",
            killed == mutants.size() ? "killed" : "survived",
            (json.path("full").asBoolean() ? "all clauses" : "the clauses that each mutant names")
                + ", seed "
                + json.path("seed").asText(),
            mutants.stream().filter(mutant -> !mutant.verdict().equals("killed")).toList(),
            mutants,
            clauses));
  }

  boolean hasOpen() {
    return !open.isEmpty();
  }

  private static MutantRow mutantRow(JsonNode mutant) {
    return new MutantRow(
        mutant.path("name").asText(),
        mutant.path("title").asText(),
        mutant.path("layer").asText(),
        mutant.path("verdict").asText(),
        cells(texts(mutant.path("names")), texts(mutant.path("killers"))),
        texts(mutant.path("harness")));
  }

  private static ClauseRow clauseRow(String id, JsonNode clause) {
    return new ClauseRow(
        id,
        clause.path("title").asText(),
        clause.path("check").asText(),
        cells(texts(clause.path("named_by")), texts(clause.path("killed"))));
  }

  /** First what is named, killed or not, then what was killed beside it. */
  private static List<Cell> cells(List<String> named, List<String> killed) {
    List<Cell> cells = new ArrayList<>();
    named.forEach(name -> cells.add(new Cell(name, killed.contains(name) ? "killed" : "missed")));
    killed.stream()
        .filter(name -> !named.contains(name))
        .forEach(name -> cells.add(new Cell(name, "beside")));
    return cells;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }
}
