package org.iommuref.spec.clause;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All clauses of the specification.
 *
 * <p>Read from one YAML file per area, {@code clauses/<AREA>.yaml}; {@code clauses/AREAS.yaml}
 * registers the areas and {@code clauses/SOURCES.yaml} the documents that clauses come from.
 * Immutable; every listing is ordered by id.
 */
public final class Catalogue {

  private static final String RESOURCES = "/org/iommuref/spec/clauses/";

  private final SortedMap<String, Area> areas;
  private final SortedMap<String, Source> sources;
  private final SortedMap<ClauseId, ClauseDefinition> clauses;
  private final SortedMap<ClauseId, WithdrawnClause> withdrawn;

  Catalogue(
      Map<String, Area> areas,
      Map<String, Source> sources,
      Map<ClauseId, ClauseDefinition> clauses,
      Map<ClauseId, WithdrawnClause> withdrawn) {
    this.areas = Collections.unmodifiableSortedMap(new TreeMap<>(areas));
    this.sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    this.clauses = Collections.unmodifiableSortedMap(new TreeMap<>(clauses));
    this.withdrawn = Collections.unmodifiableSortedMap(new TreeMap<>(withdrawn));
  }

  /**
   * Reads the catalogue that this module carries as resources.
   *
   * @throws CatalogueException if a file is absent or wrong
   */
  public static Catalogue load() {
    return CatalogueReader.read(Catalogue::resource);
  }

  /**
   * Reads a catalogue from the given files alone.
   *
   * @param filesByName contents by plain file name, as {@code INV.yaml}; {@code AREAS.yaml} and
   *     {@code SOURCES.yaml} included
   * @throws CatalogueException if a file is absent, wrong, or of an area that is not registered
   */
  public static Catalogue parse(Map<String, String> filesByName) {
    Catalogue catalogue = CatalogueReader.read(name -> Optional.ofNullable(filesByName.get(name)));
    CatalogueReader.refuseUnregistered(filesByName.keySet(), catalogue.areas.keySet());
    return catalogue;
  }

  /** The registered areas. */
  public List<Area> areas() {
    return List.copyOf(areas.values());
  }

  /** The registered documents. */
  public List<Source> sources() {
    return List.copyOf(sources.values());
  }

  /**
   * The document of that short name, as an {@link Origin} gives it; empty if it is not registered.
   */
  public Optional<Source> source(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  /** The clauses in force. */
  public List<ClauseDefinition> clauses() {
    return List.copyOf(clauses.values());
  }

  /**
   * Whether an implementation of a seam shows if it keeps a clause.
   *
   * @param clause in force
   * @param seam 1 to 3
   */
  public boolean isShownAt(ClauseId clause, int seam) {
    ClauseDefinition definition = clauses.get(clause);
    return definition != null && definition.seams().contains(seam);
  }

  /** The clauses in force of one area; none if the area is not registered. */
  public List<ClauseDefinition> clausesOf(String area) {
    return clauses.values().stream().filter(clause -> clause.id().area().equals(area)).toList();
  }

  /** The clauses that no longer hold. */
  public List<WithdrawnClause> withdrawn() {
    return List.copyOf(withdrawn.values());
  }

  /** The clause in force of that id; empty if there is none or it was withdrawn. */
  public Optional<ClauseDefinition> find(ClauseId id) {
    return Optional.ofNullable(clauses.get(id));
  }

  /**
   * The clause in force that a citation names.
   *
   * @throws IllegalArgumentException if the text is no id, names no clause, or names a withdrawn
   *     one; its message is one line
   */
  public ClauseDefinition cited(String text) {
    ClauseId id = ClauseId.parse(text);
    WithdrawnClause gone = withdrawn.get(id);
    if (gone != null) {
      String successor = gone.successor().map(next -> "; its successor is " + next).orElse("");
      throw new IllegalArgumentException("clause " + id + " was withdrawn" + successor);
    }
    return find(id).orElseThrow(() -> new IllegalArgumentException("unknown clause " + id));
  }

  private static Optional<String> resource(String name) {
    try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCES + name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
