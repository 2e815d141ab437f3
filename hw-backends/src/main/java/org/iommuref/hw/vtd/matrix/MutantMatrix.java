package org.iommuref.hw.vtd.matrix;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantCell;

/** All cells of the matrix, table by table, and the mutants in them. */
public final class MutantMatrix {

  private static final List<Cells> TABLES =
      Stream.of(
              EntryFields.table(),
              DescriptorFields.table(),
              RegisterFields.table(),
              ReportedFields.table(),
              RecordFields.table(),
              Reasons.table(),
              Scopes.table())
          .toList();

  private MutantMatrix() {}

  /** Every cell, in the order of the tables. */
  public static List<MutantCell> cells() {
    return TABLES.stream().flatMap(table -> table.cells().stream()).toList();
  }

  /** The mutants of the cells, in the same order. */
  public static List<Mutant> mutants() {
    return TABLES.stream().flatMap(table -> table.mutants().stream()).toList();
  }
}
