package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListCommandTest {

  @Test
  void list_clauses_hasALineForEach() {
    assertThat(listed("clauses").lines())
        .hasSize(Catalogue.load().clauses().size())
        .anyMatch(
            line -> line.matches("INV-001 +2 +must +tested +No stale translation after sync"));
  }

  @Test
  void list_mutants_namesTargetsThatExist() {
    Targets targets = Targets.onClassPath();

    assertThat(listed("mutants").lines())
        .hasSize(targets.mutants().size())
        .allSatisfy(line -> targets.named("mutant:" + line.split(" ", 2)[0]));
  }

  @Test
  void list_scenarios_haveTheClausesThatTheyShow() {
    assertThat(listed("scenarios").lines())
        .hasSizeGreaterThanOrEqualTo(6)
        .anyMatch(line -> line.matches("unmap-against-dma +2 +vtd +.*INV-001 INV-002.* A page .*"));
  }

  @Test
  void list_targets_namesThem() {
    assertThat(listed("targets").lines())
        .anyMatch(line -> line.matches("ideal +2 3 +an IOMMU without caches.*"))
        .anyMatch(line -> line.matches("vtd +1 2 3 +Intel VT-d in legacy mode.*"))
        .anyMatch(line -> line.matches("vtd-full +1 +.+"))
        .anyMatch(line -> line.matches("mock +3 +.+"))
        .anyMatch(line -> line.matches("linux +3 +.+"))
        .anyMatch(line -> line.matches("qemu:intel-iommu +1 2 +.+"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "targets",
        "clauses",
        "models",
        "mutants",
        "matrix",
        "scenarios",
        "races",
        "counterparts"
      })
  void list_json_hasAnObjectForEachLine(String kind) throws Exception {
    JsonNode entries = new JsonMapper().readTree(listed(kind, "--json"));

    assertThat(entries).hasSize((int) listed(kind).lines().count());
    Set<String> names = new TreeSet<>();
    entries.forEach(
        entry -> {
          names.add(entry.path(kind.equals("clauses") ? "id" : "name").asText());
          assertThat(entry.path("title").asText()).isNotEmpty();
        });
    assertThat(names).as("names differ").hasSize(entries.size());
  }

  @Test
  void list_unknownKind_saysWhatThereIs() {
    CommandRun run = CommandRun.of("list", "things");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .isEqualTo(
            "iommuref: no list of 'things'; there is targets, clauses, models, mutants,"
                + " matrix, scenarios, races, counterparts\n");
  }

  @Test
  void list_markdownOfAnotherKind_isRefused() {
    CommandRun run = CommandRun.of("list", "clauses", "--markdown");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .isEqualTo(
            "iommuref: --markdown is for matrix, races, counterparts, and not with --json\n");
  }

  private static String listed(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "list";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    CommandRun run = CommandRun.of(all);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }
}
