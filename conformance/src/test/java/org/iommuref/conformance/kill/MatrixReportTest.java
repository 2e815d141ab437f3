package org.iommuref.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.iommuref.conformance.report.ReportSchemas;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixReportTest {

  private static Kill kill(String name, List<String> killers, List<String> harness) {
    Mutant mutant = Objects.requireNonNull(Matrix.TARGETS.mutants().get(name), name);
    return new Kill(mutant, killers.stream().map(ClauseId::parse).toList(), harness);
  }

  private static MatrixReport report() {
    return new MatrixReport(
        7,
        true,
        List.of(
            kill("ideal-never-writable", List.of("MAP-004", "MAP-018"), List.of()),
            kill("ideal-free-attached", List.of(), List.of()),
            kill("ideal-map-overwrites", List.of("DOM-005"), List.of()),
            kill("ideal-map-tells-no-part", List.of("MAP-006"), List.of("ideal itself fails"))));
  }

  private static JsonNode written(Path folder) throws IOException {
    report().write(folder, Matrix.CATALOGUE);
    return ReportSchemas.fitting("kill-matrix", folder.resolve("kill-matrix.json"));
  }

  @Test
  void json_eachMutant_hasItsVerdict(@TempDir Path folder) throws IOException {
    JsonNode json = written(folder);
    assertThat(json.path("killed").asInt()).isEqualTo(1);
    assertThat(json.path("seed").asText()).isEqualTo("7");
    assertThat(json.path("mutants"))
        .extracting(m -> m.path("name").asText() + " " + m.path("verdict").asText())
        .containsExactly(
            "ideal-never-writable killed",
            "ideal-free-attached survived",
            "ideal-map-overwrites misnamed",
            "ideal-map-tells-no-part broken");
    assertThat(json.path("mutants").get(0).path("killers").toString())
        .isEqualTo("[\"MAP-004\",\"MAP-018\"]");
  }

  @Test
  void json_eachClause_hasWhoNamesItAndWhomItKills(@TempDir Path folder) throws IOException {
    JsonNode clauses = written(folder).path("clauses");
    assertThat(clauses.path("MAP-006").path("named_by").toString())
        .isEqualTo("[\"ideal-map-overwrites\",\"ideal-map-tells-no-part\"]");
    assertThat(clauses.path("MAP-006").path("killed").toString())
        .isEqualTo("[\"ideal-map-tells-no-part\"]");
    assertThat(clauses.path("DOM-005").path("named_by")).isEmpty();
    assertThat(clauses.path("MAP-004").path("title").asText())
        .isEqualTo(Matrix.CATALOGUE.cited("MAP-004").title());
  }

  @Test
  void page_survivors_standFirst(@TempDir Path folder) throws IOException {
    written(folder);
    String page = Files.readString(folder.resolve("kill-matrix.html"));
    assertThat(page)
        .contains("1 of 4 mutants killed by a clause that they name", "all clauses, seed 7")
        .contains("<span class=\"chip survived\">survived</span></td><td>ideal-free-attached")
        .contains("<p class=\"soft\">ideal itself fails</p>")
        .contains("<li class=\"chip killed\"><a href=\"#MAP-004\">MAP-004</a></li>")
        .contains("<li class=\"chip beside\"><a href=\"#MAP-018\">MAP-018</a></li>")
        .contains("<li class=\"chip missed\"><a href=\"#DOM-004\">DOM-004</a></li>");
    assertThat(page.indexOf("ideal-free-attached"))
        .isLessThan(page.indexOf("ideal-never-writable"));
    assertThat(page).doesNotContain("http://", "https://", "src=");
  }

  @Test
  void write_twice_givesTheSameBytes(@TempDir Path folder) throws IOException {
    written(folder);
    byte[] json = Files.readAllBytes(folder.resolve("kill-matrix.json"));
    byte[] page = Files.readAllBytes(folder.resolve("kill-matrix.html"));
    written(folder);
    assertThat(Files.readAllBytes(folder.resolve("kill-matrix.json"))).isEqualTo(json);
    assertThat(Files.readAllBytes(folder.resolve("kill-matrix.html"))).isEqualTo(page);
  }
}
