package org.iommuref.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantCell;
import org.junit.jupiter.api.Test;

/** Every cell of the matrix is filled, and the page in the repository says so. */
class MutantTableTest {

  private final MutantTable table = MutantTable.load();

  @Test
  void page_isTheOneThatIsKept() throws IOException {
    assertThat(table.page())
        .as("write it anew with ./iommuref list matrix --markdown")
        .isEqualTo(Files.readString(Path.of("..", "hw-backends", "MUTANTS.md")));
  }

  @Test
  void cells_differ() {
    Set<String> seen = new HashSet<>();

    assertThat(table.rows().stream().map(MutantTable.Row::cell))
        .allMatch(cell -> seen.add(cell.group() + cell.subject() + cell.part()));
  }

  @Test
  void mutants_areThoseThatTheSuiteIsRunOn() {
    List<Mutant> mutants = table.rows().stream().flatMap(row -> row.mutants().stream()).toList();

    assertThat(Matrix.mutants()).containsAll(mutants);
    assertThat(mutants).extracting(Mutant::name).doesNotHaveDuplicates();
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
