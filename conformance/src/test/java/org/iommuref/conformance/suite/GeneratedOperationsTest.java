package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.iommuref.conformance.cases.Cases;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.oracle.Branch;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.spi.CachePolicy;
import org.junit.jupiter.api.Test;

/** Generated sequences reach what they are made for, and not only the refusal of it. */
class GeneratedOperationsTest {

  private static final int SEQUENCES = 400;
  private static final long SEED = 1;

  /** Of 400 sequences, in how many each operation must succeed at least once. */
  private static final Map<String, Integer> LEAST =
      Map.ofEntries(
          Map.entry("access", 200),
          Map.entry("map", 300),
          Map.entry("unmap", 300),
          Map.entry("sync", 300),
          Map.entry("pasid.set", 150),
          Map.entry("domain.alloc_paging", 140),
          Map.entry("domain.alloc_nested", 70),
          Map.entry("nested.invalidate", 55),
          Map.entry("mem.write", 70),
          Map.entry("dirty.track", 70),
          Map.entry("dirty.read", 40),
          Map.entry("page_request.expect", 70),
          Map.entry("page_request.raise", 70),
          Map.entry("page_request.take", 45),
          Map.entry("page_request.respond", 35),
          Map.entry("page_request.answers", 55),
          Map.entry("device.behave", 60),
          Map.entry("device.control", 50),
          Map.entry("device.translate", 60),
          Map.entry("domain.enforce_coherency", 50),
          Map.entry("command.damage", 55),
          Map.entry("release", 35),
          Map.entry("domain.free", 5));

  @Test
  void eachOperation_succeedsInASensibleShareOfSequences() {
    Map<String, Integer> succeeded = succeeded("vtd-scalable");
    List<String> rare =
        LEAST.entrySet().stream()
            .filter(least -> succeeded.getOrDefault(least.getKey(), 0) < least.getValue())
            .map(Map.Entry::getKey)
            .toList();
    assertThat(rare).as("too rare in%s", table(succeeded)).isEmpty();
  }

  private static String table(Map<String, Integer> succeeded) {
    return succeeded.entrySet().stream()
        .map(one -> "%-24s %3d of %d".formatted(one.getKey(), one.getValue(), SEQUENCES))
        .collect(Collectors.joining("\n", "\n", "\n"));
  }

  /** In how many sequences each operation did what it is for: the oracle's word, not the reply. */
  private static Map<String, Integer> succeeded(String name) {
    Map<String, Integer> succeeded = new TreeMap<>();
    try (Target target = Targets.onClassPath().named(name)) {
      CaseRunner runner = new CaseRunner(target);
      List<Case> cases = Cases.generated(target.hwInfo(), target.dataMemory(), SEQUENCES, SEED);
      for (int i = 0; i < cases.size(); i++) {
        Case one = cases.get(i);
        var config = new SessionConfig(one.topology(), CachePolicy.ADVERSARIAL, i, one.layer());
        for (String op : succeeding(one, (CaseResult.Allowed) runner.run(one, config))) {
          succeeded.merge(op, 1, Integer::sum);
        }
      }
    }
    return succeeded;
  }

  private static Set<String> succeeding(Case one, CaseResult.Allowed result) {
    Set<String> ops = new HashSet<>();
    for (int i = 0; i < one.steps().size(); i++) {
      Operation<?> operation = one.steps().get(i).operation();
      if (result.judgements().get(i).branch() == Branch.MUST_SUCCEED) {
        ops.add(operation.op());
      }
    }
    return ops;
  }
}
