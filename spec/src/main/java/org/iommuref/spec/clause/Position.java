package org.iommuref.spec.clause;

/**
 * A line of a file of the catalogue, written {@code clauses/INV.yaml:12}.
 *
 * @param file name as the user knows it, with forward slashes
 * @param line counted from 1
 */
public record Position(String file, int line) {

  /** The written form, {@code clauses/INV.yaml:12}. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
