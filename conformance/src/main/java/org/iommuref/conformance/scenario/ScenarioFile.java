package org.iommuref.conformance.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.iommuref.model.explore.StoreOrder;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.Origin;
import org.iommuref.spec.spi.RaceId;
import org.iommuref.spec.spi.Topology;

/**
 * A scenario as its file states it.
 *
 * @param name that of the file, without {@code .yaml}
 * @param title what it is about, in one line
 * @param story what races with what, and what goes wrong where the rule is broken
 * @param origin where the race was seen, or the rule is stated
 * @param races that it shows, by mutants that it gives away
 * @param seam 2 or 3: of which calls it is made
 * @param target that it is explored on unless the user names another
 * @param needs what the target must claim
 * @param topology the devices, all of them probed before the set-up; none at seam 3
 * @param allocationsFail whether each allocation of the race is a choice
 * @param stores when writes of the race's threads are seen by others
 * @param bound how far it is explored
 * @param values names of contents of memory, by which outcomes speak of them
 * @param setUp what is done before the race
 * @param threads that race
 * @param afterwards what is done when they have ended and hardware is at rest
 * @param outcomes what is said of outcomes
 * @param otherwise the clauses that an outcome violates of which nothing is said, or a schedule
 *     that does not come to its end
 * @param kills names of mutants that it gives away
 */
public record ScenarioFile(
    String name,
    String title,
    String story,
    List<Origin> origin,
    List<RaceId> races,
    int seam,
    String target,
    Set<Capability> needs,
    Topology topology,
    boolean allocationsFail,
    StoreOrder stores,
    Bound bound,
    Map<Long, String> values,
    List<Call> setUp,
    List<CallThread> threads,
    List<Call> afterwards,
    List<OutcomeRule> outcomes,
    List<ClauseId> otherwise,
    List<String> kills) {

  /** Copies all collections. */
  public ScenarioFile {
    origin = List.copyOf(origin);
    races = List.copyOf(races);
    needs = Set.copyOf(needs);
    values = Map.copyOf(values);
    setUp = List.copyOf(setUp);
    threads = List.copyOf(threads);
    afterwards = List.copyOf(afterwards);
    outcomes = List.copyOf(outcomes);
    otherwise = List.copyOf(otherwise);
    kills = List.copyOf(kills);
  }

  /** The same with writes of the race's threads seen by others in this order. */
  public ScenarioFile with(StoreOrder order) {
    return new ScenarioFile(
        name,
        title,
        story,
        origin,
        races,
        seam,
        target,
        needs,
        topology,
        allocationsFail,
        order,
        bound,
        values,
        setUp,
        threads,
        afterwards,
        outcomes,
        otherwise,
        kills);
  }

  /** The clauses that it shows, in order. */
  public List<ClauseId> clauses() {
    return Stream.concat(
            otherwise.stream(), outcomes.stream().flatMap(rule -> rule.shows().stream()))
        .distinct()
        .sorted()
        .toList();
  }

  /** The names of its results, in the order of the file. */
  List<String> results() {
    return Stream.concat(threads.stream().flatMap(t -> t.calls().stream()), afterwards.stream())
        .flatMap(call -> Stream.ofNullable(call.as()))
        .toList();
  }
}
