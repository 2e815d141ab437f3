package org.iommuref.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.report.ReportSchemas;
import org.iommuref.spec.clause.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioLibraryTest {

  private static final Path FOLDER = Path.of("scenarios");
  private static final ScenarioLibrary LIBRARY = new ScenarioLibrary(Catalogue.load());

  static Stream<String> names() {
    return LIBRARY.names().stream();
  }

  @Test
  void names_index_listsEveryFileOfTheFolder() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<String> found =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".yaml") && !file.equals("RACES.yaml"))
              .map(file -> file.replace(".yaml", ""))
              .sorted()
              .toList();
      assertThat(LIBRARY.names()).isEqualTo(found).hasSizeGreaterThanOrEqualTo(6);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void file_ofEachScenario_fitsTheSchema(String name) throws IOException {
    JsonNode file = new YAMLMapper().readTree(Files.readString(FOLDER.resolve(name + ".yaml")));
    assertThat(ReportSchemas.problems("scenario", file)).isEmpty();
    if (file.path("seam").asInt(2) == 3) {
      return; // the calls of seam 3 are described in the schema of scenarios itself
    }
    for (String list : List.of("set_up", "afterwards")) {
      file.path(list).forEach(ScenarioLibraryTest::requireRequest);
    }
    file.path("threads").forEach(t -> t.path("do").forEach(ScenarioLibraryTest::requireRequest));
  }

  /** An operation is a request of seam 2 but for its id and the name of its result. */
  private static void requireRequest(JsonNode call) {
    ObjectNode request = call.deepCopy();
    request.remove("as");
    request.put("id", 1);
    assertThat(ReportSchemas.problems("seam2-request", request)).as(call.toString()).isEmpty();
  }

  @Test
  void named_pathOfAFile_isRead(@TempDir Path folder) throws IOException {
    Path copy = folder.resolve("neighbouring-maps.yaml");
    Files.copy(FOLDER.resolve("neighbouring-maps.yaml"), copy);
    assertThat(LIBRARY.named(copy.toString())).isEqualTo(LIBRARY.named("neighbouring-maps"));
  }

  @Test
  void named_nothing_isRefusedInOneLine(@TempDir Path folder) {
    assertThatThrownBy(() -> LIBRARY.named("unmap"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("unknown scenario 'unmap'; there is access-move-against-pin, ");
    Path absent = folder.resolve("absent.yaml");
    assertThatThrownBy(() -> LIBRARY.named(absent.toString()))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("cannot read " + absent);
  }
}
