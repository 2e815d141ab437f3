package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.DrivenUnits.MIDDLE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is mapped, unmapped with its sync, and attached, in any order, under any behaviour of
 * the caches: devices see what a plain map says.
 */
class VtdBackendProperties {

  private static final int DOMAINS = 3;
  private static final long FRAMES = 1L << 32;
  private static final long WINDOW = 4 * MIDDLE;

  /** One operation; what a number means depends on the operation. */
  record Operation(Kind kind, int domain, int device, long page, boolean large, long count) {

    enum Kind {
      MAP,
      UNMAP,
      ATTACH,
      READ
    }

    long size() {
      return large ? MIDDLE : PAGE;
    }

    /** Near the borders of tables, so that unmaps cover them whole now and then. */
    long iova() {
      return (page * 128 * PAGE) & -size();
    }
  }

  private record Leaf(long paddr, long size) {}

  @Provide
  Arbitrary<List<Operation>> operations() {
    Arbitrary<Operation> operation =
        Combinators.combine(
                Arbitraries.of(
                    Operation.Kind.MAP,
                    Operation.Kind.UNMAP,
                    Operation.Kind.ATTACH,
                    Operation.Kind.READ,
                    Operation.Kind.READ),
                Arbitraries.integers().between(0, DOMAINS),
                Arbitraries.integers().between(0, 1),
                Arbitraries.longs().between(0, 15),
                Arbitraries.of(true, false),
                Arbitraries.of(1L, 2L, 128L, 512L))
            .as(Operation::new);
    return operation.list().ofMinSize(10).ofMaxSize(50);
  }

  @Property(tries = 60)
  @Clause({"MAP-001", "MAP-019", "INV-001", "INV-008", "ATT-001", "ATT-002", "DOM-006"})
  void devicesSeeWhatIsMapped(
      @ForAll("operations") List<Operation> operations,
      @ForAll long seed,
      @ForAll boolean twoUnits,
      @ForAll boolean cachingMode) {
    Topology topology = twoUnits ? Topology.twoUnits() : Topology.twoDevices();
    VtdConfiguration configuration =
        VtdConfiguration.standard().withCapability(Capability.CM, cachingMode ? 1 : 0);
    new Run(new DrivenUnits(topology, configuration, DirectSteps.seeded(seed)).probed())
        .perform(operations);
  }

  private static final class Run {

    private final DrivenUnits machine;
    private final List<DomainId> domains = new ArrayList<>();
    private final List<NavigableMap<Long, Leaf>> leaves = new ArrayList<>();
    private final Map<Rid, Integer> attached = new HashMap<>();
    private long nextFrame = FRAMES;

    Run(DrivenUnits machine) {
      this.machine = machine;
      for (int n = 0; n < DOMAINS; n++) {
        domains.add(machine.paging(n));
        leaves.add(new TreeMap<>());
      }
      domains.add(machine.domain(DOMAINS, DomainType.BLOCKED));
      leaves.add(new TreeMap<>());
    }

    void perform(List<Operation> operations) {
      for (Operation operation : operations) {
        switch (operation.kind) {
          case MAP -> map(operation);
          case UNMAP -> unmap(operation);
          case ATTACH -> attach(operation);
          case READ -> {}
        }
        for (Rid device : List.of(DrivenUnits.FIRST, DrivenUnits.SECOND)) {
          probe(device, operation.iova());
          probe(device, operation.iova() + operation.size() * operation.count - PAGE);
          probe(device, operation.iova() + operation.size() * operation.count);
        }
      }
    }

    private void map(Operation operation) {
      NavigableMap<Long, Leaf> table = leaves.get(operation.domain);
      long count = operation.large ? 1 : operation.count;
      Result<Long> result =
          machine.map(
              domains.get(operation.domain), operation.iova(), nextFrame, operation.size(), count);
      Long mapped = result.isOk() ? result.value() : partial(result);
      for (long at = 0; at < (mapped == null ? 0 : mapped); at += operation.size()) {
        assertThat(leafAt(table, operation.iova() + at)).isNull();
        table.put(operation.iova() + at, new Leaf(nextFrame + at, operation.size()));
      }
      nextFrame += WINDOW;
    }

    private static @Nullable Long partial(Result<Long> result) {
      return ((Result.Err<Long>) result).partial();
    }

    private void unmap(Operation operation) {
      NavigableMap<Long, Leaf> table = leaves.get(operation.domain);
      long removed =
          machine.unmapNow(
              domains.get(operation.domain),
              operation.iova(),
              operation.size(),
              operation.large ? 1 : operation.count);
      long expected = 0;
      while (expected < removed) {
        Leaf leaf = table.remove(operation.iova() + expected);
        assertThat(leaf).as("removed at 0x%x", operation.iova() + expected).isNotNull();
        expected += leaf.size;
      }
      assertThat(removed).isEqualTo(expected);
    }

    private void attach(Operation operation) {
      Rid device = operation.device == 0 ? DrivenUnits.FIRST : DrivenUnits.SECOND;
      Integer old = attached.put(device, operation.domain);
      machine.attach(device, domains.get(operation.domain), old == null ? null : domains.get(old));
    }

    /** Writes through the unit where the page is mapped; is refused where it is not. */
    private void probe(Rid device, long iova) {
      Integer domain = attached.get(device);
      Map.Entry<Long, Leaf> leaf = domain == null ? null : leafAt(leaves.get(domain), iova);
      AccessOutcome outcome = machine.write(device, iova, iova + 1);
      if (leaf == null) {
        assertThat(outcome).as("0x%x", iova).isEqualTo(AccessOutcome.blocked());
        return;
      }
      assertThat(outcome).as("0x%x", iova).isEqualTo(AccessOutcome.completed(0));
      long paddr = leaf.getValue().paddr + (iova - leaf.getKey());
      assertThat(machine.memory.readLong(paddr)).as("0x%x", iova).isEqualTo(iova + 1);
      machine.memory.writeLong(paddr, 0);
    }

    private static Map.@Nullable Entry<Long, Leaf> leafAt(
        NavigableMap<Long, Leaf> table, long iova) {
      Map.Entry<Long, Leaf> leaf = table.floorEntry(iova);
      return leaf == null || iova >= leaf.getKey() + leaf.getValue().size ? null : leaf;
    }
  }
}
