package org.iommuref.conformance.cases.vtd;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.suite.CaseStep;
import org.iommuref.conformance.suite.Claim;
import org.iommuref.conformance.target.Layer;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitCall.ReadMemory;
import org.iommuref.spec.unit.call.UnitCall.WriteMemory;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a case in the order in which they are written down, and what they leave in memory.
 *
 * <p>Until {@link #shows} every call leads to what the case shows; from then on each answer that is
 * looked at shows its clause.
 */
final class Script {

  /** The bytes of a page. */
  static final long PAGE = 0x1000;

  private static final long STRUCTURES = 0x10_0000;

  private final ClauseId clause;
  private final String name;
  private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
  private final Set<Capability> lacks = EnumSet.noneOf(Capability.class);
  private final List<CaseStep> steps = new ArrayList<>();
  private final Map<Long, Long> stored = new HashMap<>();
  private long next;
  private boolean showing;
  private boolean applies = true;

  Script(String clause, String name, VtdFacts facts) {
    this.clause = ClauseId.parse(clause);
    this.name = clause + " " + name;
    this.next = facts.memory().base() + STRUCTURES;
  }

  /** The case; without steps if the unit has nothing that it could show. */
  Case end() {
    Topology topology =
        needs.contains(Capability.TWO_DEVICES) ? Topology.twoDevices() : Topology.oneDevice();
    return new Case(
        name, clause, needs, lacks, topology, Layer.UNIT, false, applies ? steps : List.of());
  }

  void needs(Capability capability) {
    needs.add(capability);
  }

  void lacks(Capability capability) {
    lacks.add(capability);
  }

  /** The case shows nothing of a unit for which this is false. */
  void only(boolean condition) {
    applies &= condition;
  }

  void shows() {
    showing = true;
  }

  void add(UnitCall<?> call) {
    Expect expect = call.expect();
    if (showing && expect != null && !expect.equals(Expect.ANY)) {
      steps.add(new CaseStep(call, clause, claim(expect)));
    } else {
      steps.add(CaseStep.of(call));
    }
  }

  private static @Nullable Claim claim(Expect expect) {
    if (expect.stale() != null) {
      return Claim.MAY_BE_STALE;
    }
    return expect.isRefusal() ? Claim.FAULTS : null;
  }

  /** An empty page. */
  long page() {
    long page = next;
    next += PAGE;
    return page;
  }

  /** Pages one behind the other, on a boundary of their size. */
  long pages(int count) {
    long size = count * PAGE;
    next = next + size - 1 & -size;
    long first = next;
    next += size;
    return first;
  }

  /** Writes 8 bytes. */
  void put(long address, long value) {
    stored.put(address, value);
    add(new WriteMemory(new PhysAddr(address), value, Expect.ANY));
  }

  /** What was written there last by the case itself. */
  long at(long address) {
    return stored.getOrDefault(address, 0L);
  }

  /** Sets and clears bits of what was written. */
  void change(long address, long set, long clear) {
    put(address, (at(address) | set) & ~clear);
  }

  /** The bits of 8 bytes must hold this. */
  void holds(long address, long mask, long value) {
    add(new ReadMemory(new PhysAddr(address), Expect.bits(mask, value)));
  }
}
