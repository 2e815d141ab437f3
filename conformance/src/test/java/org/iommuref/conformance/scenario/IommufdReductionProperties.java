package org.iommuref.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.explore.Ending;
import org.iommuref.model.explore.Exploration;
import org.iommuref.model.explore.Explorer;
import org.iommuref.model.schedule.DfsScheduler;
import org.iommuref.model.schedule.ExhaustiveScheduler;
import org.iommuref.model.schedule.Scheduler;
import org.iommuref.spec.clause.Catalogue;

/**
 * What the reduced search leaves out of two calls of iommufd ends in no way that it does not see.
 */
class IommufdReductionProperties {

  private static final Targets TARGETS = Targets.onClassPath();
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final long MANY = 8_000;

  /** The calls, which are short: two of them have few orders. */
  private static final List<String> CALLS =
      List.of(
          "{ioctl: IOMMU_DESTROY, set: {id: ioas}",
          "{ioctl: IOMMU_DESTROY, set: {id: queue}",
          "{ioctl: IOMMU_IOAS_ALLOC, show: out_ioas_id",
          "{ioctl: IOMMU_OPTION, set: {option_id: 1, op: 1, object_id: ioas}, show: val64",
          "{ioctl: IOMMU_OPTION, set: {option_id: 1, object_id: ioas}",
          "{ioctl: IOMMU_IOAS_ALLOW_IOVAS, set: {ioas_id: ioas}",
          "{ioctl: IOMMU_IOAS_UNMAP, set: {ioas_id: ioas, iova: \"0x1000\", length: \"0x1000\"}",
          "{read: faults, length: 40",
          "{poll: faults",
          "{close: faults");

  /** Targets: the right one, and some in which a lock or a step is missing. */
  private static final List<String> IOMMUFD =
      List.of(
          "mock",
          "mutant:iommufd-r106-free-without-waiting",
          "mutant:iommufd-r108-lookup-without-lock",
          "mutant:iommufd-r109-file-released-under-a-call",
          "mutant:iommufd-r125-insert-without-iova-rwsem");

  @Provide
  Arbitrary<String> calls() {
    return Arbitraries.of(CALLS);
  }

  @Provide
  Arbitrary<String> targets() {
    return Arbitraries.of(IOMMUFD);
  }

  @Property(tries = 32, seed = "1996", shrinking = ShrinkingMode.OFF)
  void reducedSearch_endsAsTheFullEnumerationDoes(
      @ForAll("calls") String one,
      @ForAll("calls") String other,
      @ForAll("targets") String target) {
    Explorer<Outcome> explorer = explorer(one, other, target);
    Ends full = ends(explorer, DfsScheduler.unbounded());
    Assume.that(full.exploration.complete());
    Ends reduced = ends(explorer, new ExhaustiveScheduler());
    assertThat(reduced.exploration.complete()).isTrue();
    assertThat(reduced.endings)
        .as("%s against %s on %s", one, other, target)
        .isEqualTo(full.endings);
  }

  private record Ends(TreeSet<String> endings, Exploration<Outcome> exploration) {}

  private static Ends ends(Explorer<Outcome> explorer, Scheduler scheduler) {
    TreeSet<String> endings = new TreeSet<>();
    Exploration<Outcome> exploration =
        explorer.explore(
            scheduler,
            MANY,
            execution -> {
              if (!(execution.ending() instanceof Ending.Repeating<Outcome>)) {
                endings.add(execution.ending().toString());
              }
              return true;
            });
    return new Ends(endings, exploration);
  }

  private static Explorer<Outcome> explorer(String one, String other, String target) {
    String yaml =
        """
        name: two-calls
        title: Two calls at once
        story: Each of two threads makes one call.
        origin: [{source: linux, at: drivers/iommu/iommufd/main.c}]
        seam: 3
        target: mock
        bound: {preemptions: 0, choices: 0}
        set_up:
          - {ioctl: IOMMU_IOAS_ALLOC, keep: {out_ioas_id: ioas}}
          - {ioctl: IOMMU_FAULT_QUEUE_ALLOC, keep: {out_fault_id: queue, out_fault_fd: faults}}
        threads:
          - {name: first, do: [%s, as: one}]}
          - {name: second, do: [%s, as: other}]}
        outcomes:
          - {verdict: allowed, when: {}, why: any may be}
        otherwise: [OBJ-050]
        """
            .formatted(one, other);
    ScenarioFile file = ScenarioReader.read(CATALOGUE, "two-calls.yaml", "two-calls", yaml);
    return Explorer.of(new PlayedIommufd(file, TARGETS.iommufdNamed(target).iommufd()));
  }
}
