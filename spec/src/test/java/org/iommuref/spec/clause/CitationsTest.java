package org.iommuref.spec.clause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CitationsTest {

  private static final Citation UNMAP =
      new Citation(ClauseId.parse("INV-001"), "model", "method", "a.Core#unmap()");
  private static final Citation SYNC =
      new Citation(ClauseId.parse("INV-001"), "tla", "operator", "UnmapFlush!Sync");
  private static final Citation ATTACH =
      new Citation(ClauseId.parse("ATT-001"), "model", "type", "a.Attach");

  private final Path folder;

  CitationsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private ClassLoader classPath(Path... roots) throws IOException {
    URL[] urls = new URL[roots.length];
    for (int i = 0; i < roots.length; i++) {
      urls[i] = roots[i].toUri().toURL();
    }
    return new URLClassLoader(urls, null);
  }

  private Path root(String name, String module, String lines) throws IOException {
    Path root = folder.resolve(name);
    Path file = root.resolve(Citations.resource(module));
    Files.createDirectories(file.getParent());
    Files.writeString(file, lines);
    return root;
  }

  @Test
  void lines_citations_areSortedAndWrittenOnce() {
    assertThat(Citations.lines(List.of(UNMAP, ATTACH, UNMAP)))
        .isEqualTo("ATT-001\ttype\ta.Attach\nINV-001\tmethod\ta.Core#unmap()\n");
  }

  @Test
  void load_severalModulesAndRoots_areMerged() throws IOException {
    ClassLoader classPath =
        classPath(
            root("main", "model", Citations.lines(List.of(UNMAP))),
            root("test", "model", Citations.lines(List.of(ATTACH))),
            root("tla", "tla", Citations.lines(List.of(SYNC))));
    Citations citations = Citations.load(classPath, List.of("tla", "model"));
    assertThat(citations.all()).containsExactly(ATTACH, UNMAP, SYNC);
    assertThat(citations.of(ClauseId.parse("INV-001"))).containsExactly(UNMAP, SYNC);
  }

  @Test
  void load_aModuleWithoutCitations_isTold() throws IOException {
    ClassLoader classPath = classPath(root("main", "model", ""));
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> Citations.load(classPath, List.of("model", "tla")))
        .withMessage("META-INF/iommuref/citations-tla.txt: not on the class path");
  }

  @Test
  void load_aLineOfAnotherForm_isToldWithItsNumber() throws IOException {
    ClassLoader classPath = classPath(root("main", "model", "INV-001\ttype\ta.B\nINV-002 type\n"));
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> Citations.load(classPath, List.of("model")))
        .withMessage(
            "META-INF/iommuref/citations-model.txt:2: a line wants clause, kind and element");
  }

  @Test
  void citation_aNameThatBreaksTheLine_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Citation(ClauseId.parse("INV-001"), "model", "type", "a\tb"));
  }
}
