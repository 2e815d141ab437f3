package org.iommuref.conformance.cases.vtd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.collections4.map.LRUMap;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;

/**
 * The registration of the cases of VT-d units, by what they are about. For units that tell the same
 * of themselves they are written once.
 */
public final class VtdUnitCases {

  private static final int KINDS = 8;

  private final Map<VtdFacts, List<Case>> written = new LRUMap<>(KINDS);

  /**
   * The cases for a unit, in the order in which they are run; one that its registers leave nothing
   * to show has no steps.
   *
   * @throws IllegalStateException if the unit does not answer
   */
  public List<Case> of(Target target) {
    return written.computeIfAbsent(facts(target), VtdUnitCases::write);
  }

  private static List<Case> write(VtdFacts facts) {
    List<Case> all = new ArrayList<>();
    for (Function<VtdFacts, Stream<Case>> subject : subjects()) {
      subject.apply(facts).forEach(all::add);
    }
    return List.copyOf(all);
  }

  /** A target that is lost over its first answer is asked again: that must not cost the run. */
  private static VtdFacts facts(Target target) {
    try {
      return factsOf(target);
    } catch (IllegalStateException lost) {
      return factsOf(target);
    }
  }

  private static VtdFacts factsOf(Target target) {
    SessionConfig config =
        new SessionConfig(
            Topology.oneDevice(), CachePolicy.REALISTIC, SessionConfig.PLAIN, Layer.UNIT);
    try (Session unit = target.open(config)) {
      return VtdFacts.of(unit, target);
    }
  }

  private static List<Function<VtdFacts, Stream<Case>>> subjects() {
    List<Function<VtdFacts, Stream<Case>>> subjects = new ArrayList<>();
    subjects.add(ContextEntryCases::all);
    subjects.add(SecondStageCases::all);
    subjects.add(FaultLogCases::all);
    subjects.add(MergingCases::all);
    subjects.add(RegisterCases::all);
    subjects.add(CacheCases::all);
    subjects.add(RegisterInvalidationCases::all);
    subjects.add(TagCases::all);
    subjects.add(EventCases::all);
    subjects.add(CauseCases::all);
    subjects.add(QueueCases::all);
    subjects.add(ScalableStructureCases::all);
    subjects.add(PasidEntryCases::all);
    subjects.add(FirstStageCases::all);
    subjects.add(ScalableSecondStageCases::all);
    subjects.add(NestedCases::all);
    subjects.add(NonAtomicMemoryCases::all);
    subjects.add(ScalableCacheCases::all);
    subjects.add(PasidInvalidationCases::all);
    subjects.add(DeviceTlbCases::all);
    subjects.add(LegacyDeviceTlbCases::all);
    subjects.add(PageRequestCases::all);
    subjects.add(RecordCases::all);
    subjects.add(InterruptCases::all);
    subjects.add(PostedCases::all);
    return subjects;
  }
}
