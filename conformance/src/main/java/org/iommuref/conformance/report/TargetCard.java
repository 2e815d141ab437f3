package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A target on the page: its outcome, its counts, what it claims. */
record TargetCard(
    String name,
    String title,
    HtmlReport.Outcome outcome,
    String problem,
    List<Count> counts,
    List<Fact> facts,
    List<String> remarks) {

  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
  private static final int UNIT_BITS = 10;

  /** How many clauses have a verdict; the share is in hundredths of those that were judged. */
  record Count(String word, long count, boolean judged, String share) {}

  /** One line of what a target is. */
  record Fact(String name, String value) {}

  boolean judged() {
    return problem.isEmpty();
  }

  static TargetCard of(JsonNode target) {
    return new TargetCard(
        target.path("target").asText(),
        target.path("title").asText(),
        target.has("problem")
            ? new HtmlReport.Outcome("not judged", Verdict.BROKEN.word())
            : HtmlReport.Outcome.of(target.path("exit").asInt()),
        target.path("problem").asText(),
        counts(target.path("counts")),
        facts(target),
        remarks(target));
  }

  private static List<Count> counts(JsonNode counts) {
    long judged =
        Arrays.stream(Verdict.values())
            .filter(Verdict::isJudged)
            .mapToLong(verdict -> counts.path(verdict.word()).asLong())
            .sum();
    List<Count> shown = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = counts.path(verdict.word()).asLong();
      if (count > 0) {
        String share = String.format(Locale.ROOT, "%.2f", 100.0 * count / Math.max(1, judged));
        shown.add(new Count(verdict.word(), count, verdict.isJudged(), share));
      }
    }
    return shown;
  }

  private static List<Fact> facts(JsonNode target) {
    JsonNode claims = target.path("claims");
    int pasids = claims.path("max_pasids").asInt();
    return List.of(
        new Fact("architecture", claims.path("architecture").asText()),
        new Fact("addresses", claims.path("address_bits").asInt() + " bits"),
        new Fact("pages", pageSizes(claims.path("page_sizes").asText())),
        new Fact("PASIDs", pasids == 0 ? "none" : "below " + pasids),
        new Fact("unit", words(claims.path("unit"))),
        new Fact("requester", words(claims.path("stimulus"))),
        new Fact(
            "run",
            target.path("cases").asInt()
                + " cases, "
                + target.path("operations").asLong()
                + " operations"));
  }

  private static String words(JsonNode capabilities) {
    return String.join(", ", HtmlReport.texts(capabilities))
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ');
  }

  private static String pageSizes(String bitmap) {
    if (bitmap.isEmpty()) {
      return "";
    }
    long sizes = Long.parseUnsignedLong(bitmap.substring(2), 16);
    List<String> words = new ArrayList<>();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if ((sizes >>> bit & 1) != 0) {
        words.add((1L << bit % UNIT_BITS) + " " + UNITS[bit / UNIT_BITS]);
      }
    }
    return String.join(", ", words);
  }

  private static List<String> remarks(JsonNode target) {
    List<String> remarks = new ArrayList<>();
    for (JsonNode known : target.path("known")) {
      String problem = known.path("problem").asText();
      if (!problem.isEmpty()) {
        remarks.add(known.path("clause").asText() + " " + problem);
      }
    }
    target.path("harness_errors").forEach(line -> remarks.add(line.asText()));
    return remarks;
  }
}
