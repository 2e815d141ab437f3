package org.iommuref.tla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.tla.tlc.ScratchFolder;
import org.iommuref.tla.tlc.TlaException;
import org.junit.jupiter.api.Test;

class ModelsTest {

  private static final Models BUNDLED = Models.load();

  @Test
  void load_bundledLibrary_isFound() {
    assertThat(BUNDLED.all()).extracting(Model::name).contains("UnmapFlush");
  }

  @Test
  void of_twoModelsOfOneName_isRefused() {
    List<org.iommuref.spec.spi.ModelLibrary> twice = List.of(new TinyModels(), new TinyModels());

    assertThatThrownBy(() -> Models.of(twice))
        .isInstanceOf(TlaException.class)
        .hasMessage("manifest.json of tiny: there is another model Counter");
  }

  @Test
  void unpack_fileThatTheLibraryLacks_isNamed() {
    String manifest =
        TinyModels.manifest("ok", "\"distinctStates\": 3, \"depth\": 3")
            .replace("[\"Counter\"]", "[\"Counter\", \"Clock\"]");
    Models models = Models.of(List.of(new TinyModels().with("manifest.json", manifest)));

    try (ScratchFolder scratch = ScratchFolder.create()) {
      assertThatThrownBy(() -> models.unpack(models.named("Counter"), scratch.path()))
          .isInstanceOf(TlaException.class)
          .hasMessage("cannot read Counter/Clock.tla of tiny: no such file");
    }
  }

  @Test
  void bundledFolder_everyModuleAndConfig_isInTheManifest() throws IOException {
    for (Model model : BUNDLED.all()) {
      Set<String> listed = new TreeSet<>();
      model.modules().forEach(module -> listed.add(module + ".tla"));
      model.configs().forEach(config -> listed.add(config.name() + ".cfg"));
      model.traceModule().ifPresent(module -> listed.add(module + ".cfg"));

      assertThat(filesOf(model)).isEqualTo(listed);
    }
  }

  @Test
  void bundledConfig_firstComment_isTheManifestsTitle() {
    for (Model model : BUNDLED.all()) {
      for (ModelConfig config : model.configs()) {
        assertThat(text(model, config)).startsWith("\\* " + config.title() + ".\n");
      }
    }
  }

  @Test
  void bundledConfig_faults_areTheOneInItsName() {
    for (Model model : BUNDLED.all()) {
      for (ModelConfig config : model.configs()) {
        String faults = config.fault().map(fault -> "{\"" + fault + "\"}").orElse("{}");
        assertThat(text(model, config)).contains("Faults = " + faults + "\n");
        config
            .fault()
            .ifPresent(f -> assertThat(config.name()).isEqualTo("MC" + model.name() + "_" + f));
      }
    }
  }

  @Test
  void bundledModel_everyInvariant_citesAClauseAndIsBrokenByAFault() {
    for (Model model : BUNDLED.all()) {
      Set<String> cited =
          BUNDLED.citations(model).stream()
              .map(citation -> citation.element().replaceFirst(".*!", ""))
              .collect(Collectors.toSet());
      Set<String> broken =
          model.configs().stream()
              .filter(config -> config.fault().isPresent())
              .flatMap(config -> config.violated().stream())
              .collect(Collectors.toSet());
      Set<String> invariants = invariants(model, model.configs().get(0));

      assertThat(cited).isEqualTo(invariants);
      assertThat(broken).isEqualTo(invariants);
    }
  }

  @Test
  void bundledModel_everyFaultOfItsText_hasAConfig() {
    for (Model model : BUNDLED.all()) {
      Set<String> faults =
          Pattern.compile("Fault\\(\"(\\w+)\"\\)")
              .matcher(resource(model, model.name() + ".tla"))
              .results()
              .map(match -> match.group(1))
              .collect(Collectors.toSet());

      assertThat(model.faults()).containsExactlyInAnyOrderElementsOf(faults);
    }
  }

  /** The invariants of a config without TypeOK, which speaks of the model and not of a rule. */
  private static Set<String> invariants(Model model, ModelConfig config) {
    String text = text(model, config);
    return text.substring(text.indexOf("INVARIANTS\n") + "INVARIANTS\n".length())
        .lines()
        .map(String::strip)
        .filter(Predicate.not("TypeOK"::equals))
        .collect(Collectors.toSet());
  }

  private static String text(Model model, ModelConfig config) {
    return resource(model, config.name() + ".cfg");
  }

  private static String resource(Model model, String file) {
    try (var in = new BundledModels().open(model.name() + "/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<String> filesOf(Model model) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(model.name()))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(".tla") || file.endsWith(".cfg"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
