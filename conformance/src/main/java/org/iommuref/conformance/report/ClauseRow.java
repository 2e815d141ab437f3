package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A clause in the table: what it says, and its verdict on each target. */
record ClauseRow(
    String id,
    String level,
    String title,
    String statement,
    String intent,
    List<String> origins,
    List<Cell> cells) {

  private static final Set<Verdict> NOTED = EnumSet.of(Verdict.UNVERIFIED, Verdict.BROKEN);

  /** The verdict on one target; {@code anchor} is that of its failure, or empty. */
  record Cell(String target, String word, String reason, String seen, String anchor) {

    boolean hasFailure() {
      return !anchor.isEmpty();
    }

    boolean hasReason() {
      return !reason.isEmpty();
    }
  }

  boolean has(String word) {
    return cells.stream().anyMatch(cell -> cell.word().equals(word));
  }

  /** Where the row says at once why there is no verdict, though the target claims the clause. */
  List<Cell> notes() {
    return cells.stream()
        .filter(cell -> NOTED.stream().anyMatch(verdict -> verdict.word().equals(cell.word())))
        .toList();
  }

  /** The verdicts, for the filter. */
  String words() {
    return String.join(" ", cells.stream().map(Cell::word).distinct().toList());
  }

  /** What the filter looks into. */
  String text() {
    return String.join(" ", id, level, title, statement, intent).toLowerCase(Locale.ROOT);
  }

  static ClauseRow of(String id, JsonNode clause, JsonNode targets) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      if (targets.path(i).has("verdicts")) {
        cells.add(cell(i, targets.path(i), id));
      }
    }
    return new ClauseRow(
        id,
        clause.path("level").asText(),
        clause.path("title").asText(),
        clause.path("statement").asText(),
        clause.path("intent").asText(),
        HtmlReport.origins(clause),
        cells);
  }

  private static Cell cell(int index, JsonNode target, String id) {
    for (JsonNode verdict : target.path("verdicts")) {
      if (verdict.path("clause").asText().equals(id)) {
        String word = verdict.path("verdict").asText();
        return new Cell(
            target.path("target").asText(),
            word,
            verdict.path("reason").asText(),
            seen(verdict),
            word.equals(Verdict.FAIL.word()) ? FailureCard.anchor(index, id) : "");
      }
    }
    throw new IllegalArgumentException("no verdict on " + id);
  }

  private static String seen(JsonNode verdict) {
    JsonNode witnesses = verdict.path("witnesses");
    return String.format(
        Locale.ROOT,
        "%d cases; had to succeed and did %d, had to fail and did %d, stale use %d, other allowed %d",
        verdict.path("cases").asInt(),
        witnesses.path("must_succeed").asLong(),
        witnesses.path("must_fault").asLong(),
        witnesses.path("stale_used").asLong(),
        witnesses.path("may").asLong());
  }
}
