package org.iommuref.spec.clause;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import javax.annotation.processing.Processor;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The processor as the compiler runs it, over sources held in memory. */
class CitationProcessorTest {

  private final Path classes;

  CitationProcessorTest(@TempDir Path classes) {
    this.classes = classes;
  }

  /** Errors as {@code line: message}, in order; none if the compilation succeeded. */
  private List<String> compile(String source, String... options) throws URISyntaxException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> all = new ArrayList<>(List.of(options));
    Path spec = Path.of(Clause.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    all.addAll(List.of("-d", classes.toString(), "-classpath", spec.toString(), "--release", "17"));
    JavaFileObject file = new Source(source);
    JavaCompiler.CompilationTask task =
        compiler.getTask(new StringWriter(), null, found, all, null, List.of(file));
    task.setProcessors(List.of(new CitationProcessor()));
    boolean succeeded = task.call();
    List<String> errors =
        found.getDiagnostics().stream()
            .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
            .map(error -> error.getLineNumber() + ": " + error.getMessage(null))
            .toList();
    assertThat(succeeded).isEqualTo(errors.isEmpty());
    return errors;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///a/Core.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private Path citations() {
    return classes.resolve("META-INF/iommuref/citations-model.txt");
  }

  @Test
  void process_knownClauses_writesSortedCitations() throws Exception {
    List<String> errors =
        compile(
            """
            package a;
            import java.util.List;
            import org.iommuref.spec.clause.Clause;
            @Clause({"INV-001", "ATT-001"})
            class Core<T> {
              @Clause("MAP-001") final int field = 1;
              @Clause("MAP-001") Core() {}
              @Clause("INV-002") void sync(long[] range, List<String> tags, T domain) {}
              enum Kind { @Clause("DOM-001") BLOCKED }
            }
            """,
            "-Aiommuref.module=model");
    assertThat(errors).isEmpty();
    assertThat(Files.readString(citations()))
        .isEqualTo(
            """
            ATT-001\ttype\ta.Core
            DOM-001\tfield\ta.Core.Kind#BLOCKED
            INV-001\ttype\ta.Core
            INV-002\tmethod\ta.Core#sync(long[],java.util.List,java.lang.Object)
            MAP-001\tconstructor\ta.Core#<init>()
            MAP-001\tfield\ta.Core#field
            """);
  }

  @Test
  void process_anUnknownClause_isAnErrorAtItsElement() throws Exception {
    assertThat(
            compile(
                """
                package a;
                class Core {
                  @org.iommuref.spec.clause.Clause({"INV-001", "INV-999"})
                  void sync() {}
                }
                """,
                "-Aiommuref.module=model"))
        .containsExactly("4: unknown clause INV-999");
    assertThat(citations()).doesNotExist();
  }

  @Test
  void process_aTextThatIsNoId_isAnError() throws Exception {
    assertThat(
            compile(
                "package a; @org.iommuref.spec.clause.Clause(\"INV1\") class Core {}",
                "-Aiommuref.module=model"))
        .containsExactly("1: 'INV1' is not a clause id (AREA-NNN, as INV-001)");
  }

  @Test
  void process_anAnnotationWithoutIds_isAnError() throws Exception {
    assertThat(
            compile(
                "package a; @org.iommuref.spec.clause.Clause({}) class Core {}",
                "-Aiommuref.module=model"))
        .containsExactly("1: no clause is cited");
  }

  @Test
  void process_withoutTheModulesName_isAnError() throws Exception {
    assertThat(compile("package a; @org.iommuref.spec.clause.Clause(\"INV-001\") class Core {}"))
        .containsExactly("1: citations want the option -Aiommuref.module=<name of the module>");
  }

  @Test
  void process_withoutCitations_writesAnEmptyFile() throws Exception {
    assertThat(compile("package a; class Core {}", "-Aiommuref.module=model")).isEmpty();
    assertThat(citations()).isEmptyFile();
  }

  @Test
  void process_withoutCitationsAndName_writesNothing() throws Exception {
    assertThat(compile("package a; class Core {}")).isEmpty();
    assertThat(citations()).doesNotExist();
  }

  @Test
  void processor_isRegisteredForTheCompiler() throws IOException {
    assertThat(ServiceLoader.load(Processor.class).stream().map(ServiceLoader.Provider::type))
        .anyMatch(CitationProcessor.class::equals);
  }
}
