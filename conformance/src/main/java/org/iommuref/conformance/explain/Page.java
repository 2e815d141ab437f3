package org.iommuref.conformance.explain;

import java.util.List;

/** A text of a heading, labelled lines and lists; lines end with {@code \n}. */
final class Page {

  private static final int LABEL = 11;

  private final StringBuilder text = new StringBuilder();

  Page(String name, String title) {
    text.append(name).append("  ").append(title).append('\n');
  }

  /** A label and what belongs to it. */
  Page field(String label, String value) {
    text.append(("  %-" + LABEL + "s%s").formatted(label, value)).append('\n');
    return this;
  }

  /** A label and several lines that belong to it; nothing if there are none. */
  Page field(String label, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      field(i == 0 ? label : "", values.get(i));
    }
    return this;
  }

  /** A heading and a line for each of several things; {@code none} if there are none. */
  Page list(String heading, List<String> rows) {
    text.append('\n').append(heading).append('\n');
    (rows.isEmpty() ? List.of("none") : rows)
        .forEach(row -> text.append("  ").append(row).append('\n'));
    return this;
  }

  /** Rows of two cells, the second ones below each other. */
  Page table(String heading, List<List<String>> rows) {
    int width = rows.stream().mapToInt(row -> row.get(0).length()).max().orElse(0);
    return list(
        heading, rows.stream().map(row -> padded(row.get(0), width) + "  " + row.get(1)).toList());
  }

  private static String padded(String cell, int width) {
    return cell + " ".repeat(width - cell.length());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
