package org.iommuref.spec.clause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One entry of an area's file, read field by field. */
final class ClauseEntry {

  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "level",
          "title",
          "statement",
          "intent",
          "origin",
          "since",
          "seams",
          "needs",
          "check",
          "why");
  private static final Set<String> WITHDRAWN_FIELDS =
      Set.of("id", "status", "title", "why", "successor");
  private static final Pattern KEYWORD = Pattern.compile("\\b(must|should|may)\\b");
  private static final Pattern ONE_SENTENCE = Pattern.compile("(?s)[A-Za-z].*\\.");
  private static final Pattern SENTENCE_BREAK = Pattern.compile("[.;]\\s+[A-Z]");

  private final Entry entry;
  private final Map<String, Source> sources;

  ClauseEntry(Entry entry, Map<String, Source> sources) {
    this.entry = entry;
    this.sources = sources;
  }

  /** The entry's id, which belongs to the area whose file it stands in. */
  ClauseId id(String area) {
    ClauseId id = idIn("id");
    if (!id.area().equals(area)) {
      throw wrong("id", "id " + id + " does not belong to area " + area + ", whose file this is");
    }
    return id;
  }

  boolean isWithdrawn() {
    if (!entry.has("status")) {
      return false;
    }
    if (!entry.text("status").equals("withdrawn")) {
      throw wrong("status", "unknown status '" + entry.text("status") + "' (wants withdrawn)");
    }
    return true;
  }

  WithdrawnClause withdrawn(ClauseId id) {
    entry.allowOnly(WITHDRAWN_FIELDS);
    return new WithdrawnClause(
        id,
        entry.position(),
        entry.text("title"),
        entry.text("why"),
        entry.has("successor") ? Optional.of(idIn("successor")) : Optional.empty());
  }

  /** The clause; the seams are those of its area where it does not say otherwise. */
  ClauseDefinition definition(ClauseId id, Set<Integer> seamsOfArea) {
    entry.allowOnly(FIELDS);
    Level level = oneOf("level", Level.values(), Level::keyword);
    Check check = oneOf("check", Check.values(), Check::word);
    return new ClauseDefinition(
        id,
        entry.position(),
        level,
        entry.text("title"),
        statement(level),
        entry.text("intent"),
        origins(),
        entry.optionalText("since"),
        entry.has("seams") ? Seams.of(entry) : seamsOfArea,
        needs(),
        check,
        why(check));
  }

  private String statement(Level level) {
    String statement = entry.text("statement");
    if (!ONE_SENTENCE.matcher(statement).matches() || SENTENCE_BREAK.matcher(statement).find()) {
      throw wrong("statement", "statement is not one sentence");
    }
    List<String> keywords =
        KEYWORD.matcher(statement).results().map(match -> match.group()).toList();
    if (!keywords.equals(List.of(level.keyword()))) {
      throw wrong(
          "statement",
          "statement wants '"
              + level.keyword()
              + "' once, as its only keyword, and has "
              + keywords);
    }
    return statement;
  }

  private List<Origin> origins() {
    List<Origin> origins = new ArrayList<>();
    for (Entry origin : entry.entries("origin")) {
      origin.allowOnly(Set.of("source", "at"));
      String source = origin.text("source");
      if (!sources.containsKey(source)) {
        throw new CatalogueException(
            origin.positionOf("source"),
            "unknown source '" + source + "' (not registered in clauses/SOURCES.yaml)");
      }
      origins.add(new Origin(source, origin.text("at")));
    }
    return origins;
  }

  private Set<Capability> needs() {
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    for (String name : entry.texts("needs")) {
      needs.add(
          Arrays.stream(Capability.values())
              .filter(capability -> capability.name().equals(name))
              .findFirst()
              .orElseThrow(() -> wrong("needs", "unknown capability '" + name + "'")));
    }
    return needs;
  }

  /**
   * A reason is due where nothing establishes the clause, and has no place where a case always
   * does.
   */
  private Optional<String> why(Check check) {
    if (check == Check.UNTESTED && !entry.has("why")) {
      throw wrong("check", "an untested clause wants the field 'why'");
    }
    if (check == Check.TESTED && entry.has("why")) {
      throw wrong("why", "a tested clause has no field 'why'");
    }
    return entry.optionalText("why");
  }

  private <T> T oneOf(String field, T[] values, Function<T, String> word) {
    String text = entry.text(field);
    return Arrays.stream(values)
        .filter(value -> word.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    field,
                    "unknown " + field + " '" + text + "' (wants " + words(values, word) + ")"));
  }

  private static <T> String words(T[] values, Function<T, String> word) {
    return Arrays.stream(values).map(word).collect(Collectors.joining(", "));
  }

  private ClauseId idIn(String field) {
    try {
      return ClauseId.parse(entry.text(field));
    } catch (IllegalArgumentException e) {
      throw wrong(field, String.valueOf(e.getMessage()));
    }
  }

  private CatalogueException wrong(String field, String problem) {
    return new CatalogueException(entry.positionOf(field), problem);
  }
}
