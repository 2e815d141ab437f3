package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.unit.CacheRules;
import org.iommuref.hw.vtd.unit.ContextInvalidation;
import org.iommuref.hw.vtd.unit.IotlbInvalidation;
import org.iommuref.hw.vtd.unit.QueueRules;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/** Caches with the wrong tags, and a queue that does or waits for too little. */
final class CacheMutants {

  private static final VtdParts UNIT = VtdParts.standard();
  private static final int NO_DOMAIN = -1;

  private CacheMutants() {}

  static List<UnitMutant> seenByDevices() {
    return Stream.of(tags(), waits(), orders()).flatMap(List::stream).toList();
  }

  /** Entries that are found by too little, and one that should not be kept. */
  private static List<UnitMutant> tags() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-iotlb-without-requester",
            "a cached translation is used for any requester",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public int iotlbTag(int sourceId) {
                    return 0;
                  }
                }),
            "ATT-007",
            "DOM-006"),
        UnitMutant.of(
            "vtd-unit-context-cache-without-bus",
            "a cached context entry is used for the same function on any bus",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public int contextTag(int sourceId) {
                    return sourceId & 0xff;
                  }
                }),
            "ATT-007",
            "DOM-006"),
        UnitMutant.of(
            "vtd-unit-table-pointers-without-domain",
            "a cached table pointer is used for any domain",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public int pagingStructureTag(int domainId) {
                    return 0;
                  }
                }),
            "DOM-006"));
  }

  /** Waits and hints. */
  private static List<UnitMutant> waits() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-caches-absence",
            "the unit caches entries that are not present although it reports no caching mode",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public boolean keepsAbsence(VtdConfiguration unit) {
                    return true;
                  }
                }),
            "MAP-014",
            "VTD-042"),
        UnitMutant.of(
            "vtd-unit-waits-without-drain",
            "a wait descriptor completes while an access that has to be drained is under way",
            UNIT.with(
                new QueueRules() {
                  @Override
                  public boolean mayComplete(boolean draining) {
                    return true;
                  }
                }),
            "INV-002"),
        UnitMutant.of(
            "vtd-unit-takes-every-hint",
            "every invalidation is carried out as if only leaves had changed",
            UNIT.with(new EveryHint()),
            "INV-009",
            "INV-007",
            "VTD-034"));
  }

  /** Orders that are not carried out as given. */
  private static List<UnitMutant> orders() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-ignores-address-mask",
            "an invalidation of several pages is carried out for one",
            UNIT.with(new MaskIgnored()),
            "INV-005",
            "VTD-033"),
        UnitMutant.of(
            "vtd-unit-skips-iotlb-descriptors",
            "IOTLB descriptors count as done without being carried out",
            UNIT.with(new IotlbSkipped()),
            "INV-001",
            "VTD-035"),
        UnitMutant.of(
            "vtd-unit-skips-context-descriptors",
            "context-cache descriptors count as done without being carried out",
            UNIT.with(new ContextSkipped()),
            "ATT-002",
            "ATT-005",
            "VTD-035"));
  }

  static List<UnitMutant> seenAtRegisters() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-no-completion-flag",
            "a wait descriptor never sets IWC",
            UNIT.with(
                new QueueRules() {
                  @Override
                  public boolean setsCompletion(boolean asked) {
                    return false;
                  }
                }),
            "VTD-036"),
        UnitMutant.of(
            "vtd-unit-always-completion-flag",
            "a wait descriptor sets IWC whether IF asks for it or not",
            UNIT.with(
                new QueueRules() {
                  @Override
                  public boolean setsCompletion(boolean asked) {
                    return true;
                  }
                }),
            "VTD-036"));
  }

  private static IotlbInvalidation order(
      IotlbInvalidation of, int granularity, int domainId, int addressMask, boolean leafOnly) {
    return new IotlbInvalidation(
        granularity,
        domainId,
        of.address(),
        addressMask,
        leafOnly,
        of.drainsReads(),
        of.drainsWrites());
  }

  private static final class EveryHint implements QueueRules {
    @Override
    public IotlbInvalidation carriedOut(IotlbInvalidation order) {
      return order(order, order.granularity(), order.domainId(), order.addressMask(), true);
    }
  }

  private static final class MaskIgnored implements QueueRules {
    @Override
    public IotlbInvalidation carriedOut(IotlbInvalidation order) {
      return order(order, order.granularity(), order.domainId(), 0, order.leafOnly());
    }
  }

  private static final class IotlbSkipped implements QueueRules {
    @Override
    public IotlbInvalidation carriedOut(IotlbInvalidation order) {
      return order(order, Granularity.DOMAIN, NO_DOMAIN, 0, true);
    }
  }

  private static final class ContextSkipped implements QueueRules {
    @Override
    public ContextInvalidation carriedOut(ContextInvalidation order) {
      return new ContextInvalidation(Granularity.DOMAIN, NO_DOMAIN, 0, 0);
    }
  }
}
