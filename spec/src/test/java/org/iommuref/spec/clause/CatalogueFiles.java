package org.iommuref.spec.clause;

import java.util.HashMap;
import java.util.Map;

/** Small catalogues of one area, INV, and two sources, kernel and manual. */
final class CatalogueFiles {

  private static final String AREAS = "- {area: INV, title: Invalidation, seams: [2]}\n";
  private static final String SOURCES =
      "- {source: kernel, title: A kernel}\n- {source: manual, title: A manual}\n";

  private CatalogueFiles() {}

  /** The catalogue whose file INV.yaml has these entries. */
  static Catalogue of(String... entries) {
    return Catalogue.parse(files(entries));
  }

  /** The files of such a catalogue, to be changed further. */
  static Map<String, String> files(String... entries) {
    Map<String, String> files = new HashMap<>();
    files.put("AREAS.yaml", AREAS);
    files.put("SOURCES.yaml", SOURCES);
    files.put("INV.yaml", String.join("", entries));
    return files;
  }

  /** A complete entry of eight lines; {@code level} stands on the second. */
  static String clause(String id) {
    return """
    - id: %s
      level: must
      title: A title
      statement: A unit must do so.
      intent: A reason.
      origin: [{source: kernel, at: file.c function}]
      needs: []
      check: tested
    """
        .formatted(id);
  }

  /** An entry of four lines, and one more for each further field. */
  static String withdrawn(String id, String... fields) {
    StringBuilder entry = new StringBuilder();
    entry.append("- id: ").append(id).append("\n  status: withdrawn\n");
    entry.append("  title: A title\n  why: It was wrong.\n");
    for (String field : fields) {
      entry.append("  ").append(field).append('\n');
    }
    return entry.toString();
  }
}
