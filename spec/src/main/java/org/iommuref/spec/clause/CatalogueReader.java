package org.iommuref.spec.clause;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the files of a catalogue and holds them to each other: areas, sources, ids, successors. */
final class CatalogueReader {

  private static final String FOLDER = "clauses/";
  private static final String AREAS = "AREAS.yaml";
  private static final String SOURCES = "SOURCES.yaml";

  private final Function<String, Optional<String>> files;
  private final Map<String, Area> areas = new TreeMap<>();
  private final Map<String, Source> sources = new TreeMap<>();
  private final Map<ClauseId, ClauseDefinition> clauses = new TreeMap<>();
  private final Map<ClauseId, WithdrawnClause> withdrawn = new TreeMap<>();
  private final Map<ClauseId, Position> used = new HashMap<>();

  private CatalogueReader(Function<String, Optional<String>> files) {
    this.files = files;
  }

  /**
   * Reads the registers, then every file that they name; {@code files} gives a file's content by
   * its plain name.
   */
  static Catalogue read(Function<String, Optional<String>> files) {
    CatalogueReader reader = new CatalogueReader(files);
    reader.readSources();
    reader.readAreas();
    reader.checkSuccessors();
    return new Catalogue(reader.areas, reader.sources, reader.clauses, reader.withdrawn);
  }

  static void refuseUnregistered(Collection<String> fileNames, Set<String> areas) {
    for (String name : new TreeSet<>(fileNames)) {
      String area = name.replaceFirst("\\.yaml$", "");
      if (!name.equals(AREAS) && !name.equals(SOURCES) && !areas.contains(area)) {
        throw new CatalogueException(
            FOLDER + name, "unknown area " + area + " (not registered in " + FOLDER + AREAS + ")");
      }
    }
  }

  private void readSources() {
    for (Entry entry : Entry.readAll(FOLDER + SOURCES, required(SOURCES))) {
      entry.allowOnly(Set.of("source", "title"));
      Source source = new Source(entry.text("source"), entry.text("title"));
      if (sources.put(source.name(), source) != null) {
        throw new CatalogueException(entry.position(), "source " + source.name() + " given twice");
      }
    }
  }

  private void readAreas() {
    for (Entry entry : Entry.readAll(FOLDER + AREAS, required(AREAS))) {
      entry.allowOnly(Set.of("area", "title", "seams"));
      Area area = new Area(entry.text("area"), entry.text("title"), Seams.of(entry));
      if (areas.put(area.name(), area) != null) {
        throw new CatalogueException(entry.position(), "area " + area.name() + " given twice");
      }
      readClauses(area, entry.position());
    }
  }

  private void readClauses(Area area, Position registered) {
    String file = area.name() + ".yaml";
    String yaml =
        files
            .apply(file)
            .orElseThrow(
                () ->
                    new CatalogueException(
                        registered, "area " + area.name() + " has no file " + FOLDER + file));
    for (Entry entry : Entry.readAll(FOLDER + file, yaml)) {
      ClauseEntry clause = new ClauseEntry(entry, sources);
      ClauseId id = clause.id(area.name());
      refuseUsed(id, entry.position());
      if (clause.isWithdrawn()) {
        withdrawn.put(id, clause.withdrawn(id));
      } else {
        clauses.put(id, clause.definition(id, area.seams()));
      }
    }
  }

  private void refuseUsed(ClauseId id, Position position) {
    Position first = used.putIfAbsent(id, position);
    if (first == null) {
      return;
    }
    throw new CatalogueException(
        position,
        withdrawn.containsKey(id)
            ? "reused id " + id + " (withdrawn at " + first + ")"
            : "duplicate id " + id + " (first at " + first + ")");
  }

  private void checkSuccessors() {
    for (WithdrawnClause gone : withdrawn.values()) {
      gone.successor()
          .filter(successor -> !clauses.containsKey(successor))
          .ifPresent(
              successor -> {
                throw new CatalogueException(
                    gone.position(), "successor " + successor + " is no clause in force");
              });
    }
  }

  private String required(String name) {
    return files
        .apply(name)
        .orElseThrow(() -> new CatalogueException(FOLDER + name, "no such file"));
  }
}
