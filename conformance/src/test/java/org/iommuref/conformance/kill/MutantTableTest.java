package org.iommuref.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantCell;
import org.junit.jupiter.api.Test;

/** The matrix as a page, and that the repository keeps it as it is. */
class MutantTableTest {

  private static final String ANEW = "write it anew with ./iommuref list matrix --markdown";

  private final MutantTable table = MutantTable.load();

  @Test
  void page_isTheOneThatIsKept() throws IOException {
    List<String> made = table.page().lines().toList();
    List<String> kept = Files.readAllLines(Path.of("..", "hw-backends", "MUTANTS.md"));
    for (int i = 0; i < Math.min(made.size(), kept.size()); i++) {
      assertThat(kept.get(i)).as("%s; line %d", ANEW, i + 1).isEqualTo(made.get(i));
    }
    assertThat(kept.size()).as("%s; its lines", ANEW).isEqualTo(made.size());
  }

  @Test
  void row_hasTheClausesOfItsMutant() {
    MutantCell cell = MutantCell.of("group", "subject", "part", "vtd-unit-one-reason");
    Mutant mutant = Matrix.TARGETS.mutant("vtd-unit-one-reason").orElseThrow();
    MutantTable.Row row = new MutantTable.Row(cell, List.of(mutant));

    assertThat(row.clauses()).isEqualTo(mutant.violates());
    assertThat(new MutantTable(List.of(row)).page())
        .contains("1 cells: 1 with a mutant, 0 without.")
        .contains("| subject | part | `vtd-unit-one-reason` | VTD-013 |");
  }

  @Test
  void row_withoutMutant_saysWhy() {
    MutantCell cell = MutantCell.without("group", "subject", "part", "nobody could tell");
    MutantTable.Row row = new MutantTable.Row(cell, List.of());

    assertThat(new MutantTable(List.of(row)).page())
        .contains("| subject | part | *nobody could tell* |  |");
  }
}
