package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.unit.ContextCacheEntry;
import org.iommuref.hw.vtd.unit.ContextInvalidation;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.InvalidationScopes;
import org.iommuref.hw.vtd.unit.IotlbEntry;
import org.iommuref.hw.vtd.unit.IotlbInvalidation;
import org.iommuref.hw.vtd.unit.PagingStructureEntry;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.access.AccessKind;

/** Invalidations that take too little. */
final class InvalidationMutants {

  private static final VtdParts UNIT = VtdParts.standard();
  private static final long PAGE = 0x1000;
  private static final int PAGE_SHIFT = 12;

  private InvalidationMutants() {}

  static List<UnitMutant> seenByDevices() {
    return Stream.of(kept(), taken(), pointersAndDrains()).flatMap(List::stream).toList();
  }

  /** Entries of a kind that stay. */
  private static List<UnitMutant> kept() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-keeps-context-of-device",
            "a device-selective invalidation leaves the context cache as it is",
            UNIT.with(new ContextsKeptBut(Granularity.DEVICE)),
            "ATT-002",
            "ATT-005"),
        UnitMutant.of(
            "vtd-unit-keeps-translations-of-domain",
            "a domain-selective invalidation leaves the IOTLB as it is",
            UNIT.with(new TranslationsKept(Granularity.DOMAIN)),
            "INV-006",
            "INV-012",
            "ATT-002",
            "ATT-005"),
        UnitMutant.of(
            "vtd-unit-keeps-translations-of-pages",
            "a page-selective invalidation leaves the IOTLB as it is",
            UNIT.with(new TranslationsKept(Granularity.PAGE)),
            "INV-001"),
        UnitMutant.of(
            "vtd-unit-invalidates-first-page",
            "a page-selective invalidation takes the first page of its range alone",
            UNIT.with(new FirstPageAlone()),
            "INV-005",
            "VTD-033"));
  }

  /** Translations of which some stay. */
  private static List<UnitMutant> taken() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-keeps-last-page",
            "a page-selective invalidation of several pages leaves the last one",
            UNIT.with(new LastPageKept()),
            "INV-005",
            "VTD-033"),
        UnitMutant.of(
            "vtd-unit-keeps-large-pages",
            "a page-selective invalidation leaves large pages",
            UNIT.with(new LargePagesKept()),
            "INV-016"),
        UnitMutant.of(
            "vtd-unit-invalidates-one-bus",
            "an IOTLB invalidation takes what devices of bus 1 filled alone",
            UNIT.with(new OneBusAlone()),
            "INV-004"),
        UnitMutant.of(
            "vtd-unit-invalidates-by-requester",
            "an IOTLB invalidation compares its domain id with the requester of an entry",
            UNIT.with(new ByRequester()),
            "INV-001",
            "VTD-032"));
  }

  /** Pointers that stay, and accesses under way. */
  private static List<UnitMutant> pointersAndDrains() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-keeps-table-pointers",
            "a page-selective invalidation leaves the paging-structure caches as they are",
            UNIT.with(new PointersKept(Granularity.PAGE)),
            "INV-009",
            "INV-007",
            "MAP-017",
            "VTD-034"),
        UnitMutant.of(
            "vtd-unit-keeps-table-pointers-of-domain",
            "a domain-selective invalidation leaves the paging-structure caches as they are",
            UNIT.with(new PointersKept(Granularity.DOMAIN)),
            "DOM-007",
            "INV-012"),
        UnitMutant.of(
            "vtd-unit-drains-nothing",
            "an invalidation does not wait for accesses that are already translated",
            UNIT.with(new Draining(false)),
            "INV-002"),
        UnitMutant.of(
            "vtd-unit-drains-reads-alone",
            "an invalidation does not wait for writes that are already translated",
            UNIT.with(new Draining(true)),
            "INV-002"));
  }

  static List<UnitMutant> seenAtRegisters() {
    return Stream.of(granularities(), walks()).flatMap(List::stream).toList();
  }

  /** Granularities that a driver hardly uses. */
  private static List<UnitMutant> granularities() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-function-mask-ignored",
            "a device-selective invalidation takes one function whatever its mask",
            UNIT.with(new FunctionMaskIgnored()),
            "VTD-030"),
        UnitMutant.of(
            "vtd-unit-keeps-context-of-domain",
            "a domain-selective invalidation leaves the context cache as it is",
            UNIT.with(new ContextsKeptBut(Granularity.DOMAIN)),
            "VTD-031"),
        UnitMutant.of(
            "vtd-unit-keeps-context-globally",
            "a global invalidation leaves the context cache as it is",
            UNIT.with(new ContextsKeptBut(Granularity.GLOBAL)),
            "VTD-031"),
        UnitMutant.of(
            "vtd-unit-keeps-translations-globally",
            "a global invalidation leaves the IOTLB as it is",
            UNIT.with(new TranslationsKept(Granularity.GLOBAL)),
            "VTD-032"),
        UnitMutant.of(
            "vtd-unit-takes-large-pages-at-their-start",
            "a large page stays unless its first page is named",
            UNIT.with(new LargePagesAtTheirStart()),
            "VTD-033"));
  }

  /** Walks that go on. */
  static List<UnitMutant> walks() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-walk-outlives-invalidation",
            "a walk that holds an invalidated pointer goes on",
            UNIT.with(
                new InvalidationScopes() {
                  @Override
                  public boolean restarts(IotlbInvalidation order, DmaRequest walk) {
                    return false;
                  }
                }),
            "INV-009",
            "VTD-034"),
        UnitMutant.of(
            "vtd-unit-walk-outlives-context-invalidation",
            "a walk that holds an invalidated context entry goes on",
            UNIT.with(
                new InvalidationScopes() {
                  @Override
                  public boolean restarts(ContextInvalidation order, DmaRequest walk) {
                    return false;
                  }
                }),
            "ATT-002",
            "VTD-030"));
  }

  private record ContextsKeptBut(int granularity) implements InvalidationScopes {
    @Override
    public boolean takes(ContextInvalidation order, ContextCacheEntry entry) {
      return order.granularity() != granularity && InvalidationScopes.super.takes(order, entry);
    }
  }

  private record TranslationsKept(int granularity) implements InvalidationScopes {
    @Override
    public boolean takes(IotlbInvalidation order, IotlbEntry entry) {
      return order.granularity() != granularity && InvalidationScopes.super.takes(order, entry);
    }
  }

  private record PointersKept(int granularity) implements InvalidationScopes {
    @Override
    public boolean takes(IotlbInvalidation order, PagingStructureEntry entry) {
      return order.granularity() != granularity && InvalidationScopes.super.takes(order, entry);
    }
  }

  private static final class FirstPageAlone implements InvalidationScopes {
    @Override
    public boolean takes(IotlbInvalidation order, IotlbEntry entry) {
      long last = order.namesPages() ? order.first() + PAGE - 1 : order.last();
      return order.names(entry.domainId()) && entry.overlaps(order.first(), last);
    }
  }

  private static final class LastPageKept implements InvalidationScopes {
    @Override
    public boolean takes(IotlbInvalidation order, IotlbEntry entry) {
      boolean several = order.namesPages() && order.addressMask() > 0;
      long last = several ? order.last() - PAGE : order.last();
      return order.names(entry.domainId()) && entry.overlaps(order.first(), last);
    }
  }

  private static final class LargePagesKept implements InvalidationScopes {
    @Override
    public boolean takes(IotlbInvalidation order, IotlbEntry entry) {
      return !(order.namesPages() && entry.shift() > PAGE_SHIFT)
          && InvalidationScopes.super.takes(order, entry);
    }
  }

  private static final class LargePagesAtTheirStart implements InvalidationScopes {
    @Override
    public boolean takes(IotlbInvalidation order, IotlbEntry entry) {
      return InvalidationScopes.super.takes(order, entry)
          && Long.compareUnsigned(entry.base(), order.first()) >= 0;
    }
  }

  private static final class OneBusAlone implements InvalidationScopes {
    @Override
    public boolean takes(IotlbInvalidation order, IotlbEntry entry) {
      return entry.tag() >>> 8 == 1 && InvalidationScopes.super.takes(order, entry);
    }
  }

  private static final class ByRequester implements InvalidationScopes {
    @Override
    public boolean takes(IotlbInvalidation order, IotlbEntry entry) {
      return order.names((int) entry.tag()) && entry.overlaps(order.first(), order.last());
    }
  }

  private static final class FunctionMaskIgnored implements InvalidationScopes {
    @Override
    public boolean takes(ContextInvalidation order, ContextCacheEntry entry) {
      return InvalidationScopes.super.takes(order, entry)
          && (order.granularity() != Granularity.DEVICE || entry.sourceId() == order.sourceId());
    }
  }

  private record Draining(boolean reads) implements InvalidationScopes {
    @Override
    public boolean drains(IotlbInvalidation order, DmaRequest request) {
      return reads && request.kind() == AccessKind.READ;
    }
  }
}
