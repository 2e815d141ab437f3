package org.iommuref.spec.clause;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Holds every {@link Clause} of a compilation to the catalogue, and writes the module's citations.
 *
 * <p>An unknown, withdrawn or malformed id is an error at the annotated element. The citations go
 * to the class output as {@link Citations#resource}; the module's name is the option {@code
 * -Aiommuref.module=<name>}.
 */
@SupportedAnnotationTypes("*")
@SupportedOptions(CitationProcessor.MODULE)
public final class CitationProcessor extends AbstractProcessor {

  static final String MODULE = "iommuref.module";

  private final SortedSet<Citation> citations = new TreeSet<>();
  private Optional<Catalogue> catalogue = Optional.empty();

  /** Made by the compiler. */
  public CitationProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    round.getElementsAnnotatedWith(Clause.class).forEach(this::cite);
    if (round.processingOver() && !round.errorRaised()) {
      module().ifPresent(this::write);
    }
    return false;
  }

  private void cite(Element element) {
    Optional<String> module = module();
    if (module.isEmpty()) {
      error("citations want the option -A" + MODULE + "=<name of the module>", element);
      return;
    }
    Clause clause = element.getAnnotation(Clause.class);
    if (clause.value().length == 0) {
      error("no clause is cited", element);
    }
    for (String id : clause.value()) {
      try {
        ClauseId cited = catalogue().cited(id).id();
        citations.add(new Citation(cited, module.get(), kindOf(element), nameOf(element)));
      } catch (IllegalArgumentException | CatalogueException e) {
        error(String.valueOf(e.getMessage()), element);
      }
    }
  }

  private Optional<String> module() {
    return Optional.ofNullable(processingEnv.getOptions().get(MODULE))
        .filter(name -> !name.isBlank());
  }

  private Catalogue catalogue() {
    if (catalogue.isEmpty()) {
      catalogue = Optional.of(Catalogue.load());
    }
    return catalogue.get();
  }

  private static String kindOf(Element element) {
    return switch (element.getKind()) {
      case METHOD -> "method";
      case CONSTRUCTOR -> "constructor";
      case FIELD, ENUM_CONSTANT -> "field";
      default -> "type";
    };
  }

  private String nameOf(Element element) {
    if (element instanceof TypeElement type) {
      return type.getQualifiedName().toString();
    }
    String owner = String.valueOf(element.getEnclosingElement());
    return element instanceof ExecutableElement method
        ? owner + "#" + method.getSimpleName() + parametersOf(method)
        : owner + "#" + element.getSimpleName();
  }

  private String parametersOf(ExecutableElement method) {
    return method.getParameters().stream()
        .map(parameter -> erased(parameter.asType()))
        .collect(Collectors.joining(",", "(", ")"));
  }

  private String erased(TypeMirror type) {
    return processingEnv.getTypeUtils().erasure(type).toString();
  }

  private void write(String module) {
    try (OutputStream out =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", Citations.resource(module))
            .openOutputStream()) {
      out.write(Citations.lines(citations).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      String problem = "cannot write " + Citations.resource(module) + ": " + e.getMessage();
      processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, problem);
    }
  }

  private void error(String problem, Element element) {
    processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, problem, element);
  }
}
