package org.iommuref.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.explore.Ending;
import org.iommuref.model.explore.Execution;
import org.iommuref.spec.clause.Catalogue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What must hold after every step of iommufd can fail: for each of it a mutant shows that. */
class InvariantsTest {

  private static final Targets TARGETS = Targets.onClassPath();
  private static final List<ScenarioFile> SCENARIOS = new ScenarioLibrary(Catalogue.load()).all();

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource({
    "a group of page requests has one answer, fault-answer-against-detach,"
        + " iommufd-r93-answer-without-mutex, IOPF-037",
    "a group of page requests waits at one place, fault-read-to-bad-buffer,"
        + " iommufd-r112-group-not-put-back, IOPF-037",
    "nothing is used that was freed, destroy-against-lookup,"
        + " iommufd-r106-free-without-waiting, OBJ-050",
    "what is needed is pinned, cut-against-unmap, iommufd-r122-pages-without-mutex, PIN-006",
    "what is mapped is pinned, cut-against-unmap, iommufd-r124-cut-without-mutex, PIN-005",
    "pins and charges are exact at rest, unmap-against-pin,"
        + " iommufd-r126-area-without-iova-rwsem, PIN-018",
    "an area that is seen is complete, map-against-unmap,"
        + " iommufd-r125-unmap-of-incomplete-area, IOAS-060",
    "an area is in every page table, replace-against-map,"
        + " iommufd-r125-fill-without-domains-rwsem, IOAS-061",
    "areas do not overlap, two-maps, iommufd-r125-insert-without-iova-rwsem, IOAS-134",
    "areas are where nothing is reserved, reserve-against-map,"
        + " iommufd-r125-insert-without-iova-rwsem, IOAS-040",
    "areas are aligned, huge-pages-against-map,"
        + " iommufd-r125-insert-without-iova-rwsem, OPT-023",
  })
  void find_mutantThatBreaksIt_violatesItBeforeAnyOutcome(
      String invariant, String scenario, String mutant, String clause) {
    ScenarioFile file = named(scenario);
    Optional<Execution<Outcome>> found =
        ScenarioExploration.of(file, TARGETS, "mutant:" + mutant)
            .find(Search.within(file.bound(), 1));
    assertThat(found).as(clause + ": " + invariant).isPresent();
    assertThat(cause(found.get().ending())).as(invariant).startsWith(clause + ": ");
  }

  private static String cause(Ending<Outcome> ending) {
    Throwable cause = null;
    if (ending instanceof Ending.Violated<Outcome> violated) {
      cause = violated.cause();
    } else if (ending instanceof Ending.Thrown<Outcome> thrown) {
      cause = thrown.cause();
    }
    return String.valueOf(Objects.requireNonNull(cause, ending.toString()).getMessage());
  }

  private static ScenarioFile named(String name) {
    return SCENARIOS.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
