package org.iommuref.spec.clause;

/**
 * A file of the catalogue or of citations cannot be used.
 *
 * <p>The message is one line, {@code clauses/INV.yaml:12: duplicate id INV-001 (first at
 * clauses/INV.yaml:3)}: file, line where there is one, and what is wrong there.
 */
public final class CatalogueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CatalogueException(String file, String problem) {
    super(file + ": " + problem);
  }

  CatalogueException(Position position, String problem) {
    super(position + ": " + problem);
  }
}
