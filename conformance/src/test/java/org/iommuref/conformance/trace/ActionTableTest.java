package org.iommuref.conformance.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.conformance.trace.Meaning.Action;
import org.iommuref.conformance.trace.Meaning.Either;
import org.iommuref.conformance.trace.Meaning.Noted;
import org.iommuref.conformance.trace.Meaning.Outside;
import org.iommuref.conformance.trace.Meaning.Stutter;
import org.iommuref.spec.step.Step;
import org.iommuref.tla.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActionTableTest {

  private static final Pattern EXPLAINED = Pattern.compile("Is\\(\"(\\w+)\", \\{([^}]*)\\}\\)");

  @Test
  void rows_recordsOfDriverAndUnit_haveOneEach() {
    assertThat(ActionTable.ROWS.keySet())
        .as("a record without a row would be an error in every trace, a row without one is stale")
        .containsExactlyInAnyOrderElementsOf(stepNames());
  }

  @Test
  void rows_actions_areExplainedByTheTraceModuleWithTheirArguments(@TempDir Path folder)
      throws IOException {
    Map<String, Set<Set<String>>> explained = explained(folder);
    actions()
        .forEach(
            (name, arguments) ->
                assertThat(explained.getOrDefault(name, Set.of())).as(name).contains(arguments));
  }

  @Test
  void rows_actionsOfTheTraceModule_areLoggedOrSaidNotToBe(@TempDir Path folder)
      throws IOException {
    Set<String> known = new TreeSet<>(actions().keySet());
    known.addAll(ActionTable.NOT_LOGGED.keySet());
    assertThat(known).isEqualTo(explained(folder).keySet());
  }

  @Test
  void rows_whatIsNoAction_saysWhy() {
    assertThat(ActionTable.ROWS.values().stream().flatMap(ActionTableTest::leaves))
        .allSatisfy(
            meaning -> {
              if (meaning instanceof Stutter stutter) {
                assertThat(stutter.why()).isNotBlank();
              } else if (meaning instanceof Noted noted) {
                assertThat(noted.why()).isNotBlank();
              } else if (meaning instanceof Outside outside) {
                assertThat(outside.why()).isNotBlank();
              }
            });
  }

  /** The simple names of all steps and events that hardware and the race bring along. */
  private static List<String> stepNames() {
    List<String> names = new ArrayList<>();
    for (String root : List.of("org.iommuref.hw", "org.iommuref.conformance.trace")) {
      for (JavaClass found : new ClassFileImporter().importPackages(root)) {
        boolean production =
            found
                .getSource()
                .map(source -> !source.getUri().toString().contains("test-classes"))
                .orElse(false);
        if (production && found.isRecord() && found.isAssignableTo(Step.class)) {
          names.add(found.getSimpleName());
        }
      }
    }
    return names;
  }

  private static Map<String, Set<String>> actions() {
    Map<String, Set<String>> actions = new TreeMap<>();
    ActionTable.ROWS.forEach(
        (name, row) ->
            leaves(row)
                .filter(Action.class::isInstance)
                .forEach(
                    action ->
                        actions.put(
                            name,
                            ((Action) action)
                                .arguments().stream()
                                    .map(Argument::name)
                                    .collect(Collectors.toSet()))));
    return actions;
  }

  private static Stream<Meaning> leaves(Meaning row) {
    return row instanceof Either either
        ? Stream.of(either.met(), either.otherwise()).flatMap(ActionTableTest::leaves)
        : Stream.of(row);
  }

  /** Which arguments the trace module takes with each action. */
  private static Map<String, Set<Set<String>>> explained(Path folder) throws IOException {
    Models models = Models.load();
    models.unpack(models.named(TraceValidation.MODEL), folder);
    Matcher matcher = EXPLAINED.matcher(Files.readString(folder.resolve("TraceUnmapFlush.tla")));
    Map<String, Set<Set<String>>> explained = new TreeMap<>();
    while (matcher.find()) {
      Set<String> arguments =
          Stream.of(matcher.group(2).split(","))
              .map(argument -> argument.replace('"', ' ').strip())
              .filter(argument -> !argument.isEmpty())
              .collect(Collectors.toSet());
      explained.computeIfAbsent(matcher.group(1), any -> new HashSet<>()).add(arguments);
    }
    return explained;
  }
}
