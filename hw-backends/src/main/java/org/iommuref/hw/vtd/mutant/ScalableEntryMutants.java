package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.hw.vtd.unit.CacheRules;
import org.iommuref.hw.vtd.unit.Check;
import org.iommuref.hw.vtd.unit.Checks;
import org.iommuref.hw.vtd.unit.EntryRules;
import org.iommuref.hw.vtd.unit.ScalableChecks;
import org.iommuref.hw.vtd.unit.ScalableParts;
import org.iommuref.hw.vtd.unit.ScalableWalk;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/** Flags that are kept wrongly, and caches of scalable mode that are found by too little. */
final class ScalableEntryMutants {

  private static final VtdParts UNIT = VtdParts.standard();
  private static final ScalableParts PARTS = UNIT.scalable();

  private ScalableEntryMutants() {}

  /** All of them: no driver uses scalable mode. */
  static List<UnitMutant> seenAtRegisters() {
    return Stream.of(flags(), caches()).flatMap(List::stream).toList();
  }

  /** A supervisor never needs R/W. */
  private static UnitMutant wpeIgnored() {
    Checks list = PARTS.checks().firstStageRights();
    Check check = list.inOrder().get(1);
    Check wrong =
        new Check(
            check.name(),
            check.clause(),
            (request, low, high, unit) ->
                !request.walk().isPrivileged() && check.test().refuses(request, low, high, unit),
            check.reason());
    return UnitMutant.of(
        "vtd-unit-ignores-wpe",
        "a supervisor request writes without R/W whatever WPE says",
        with(PARTS.checks().with(list.with(1, wrong))),
        "VTD-135");
  }

  /** Accessed and dirty flags. */
  private static List<UnitMutant> flags() {
    return List.of(
        wpeIgnored(),
        of(
            "vtd-unit-never-dirty",
            "a write leaves D of the first stage clear",
            new EntryRules() {
              @Override
              public long firstStageFlags(ScalableWalk walk, boolean writtenLeaf) {
                return EntryRules.super.firstStageFlags(walk, false);
              }
            },
            "VTD-136"),
        of(
            "vtd-unit-ignores-eafe",
            "EA is never set",
            new EntryRules() {
              @Override
              public long firstStageFlags(ScalableWalk walk, boolean writtenLeaf) {
                long all = EntryRules.super.firstStageFlags(walk, writtenLeaf);
                return all & ~FirstStageEntry.EA.mask();
              }
            },
            "VTD-137"),
        of(
            "vtd-unit-second-stage-never-dirty",
            "a write leaves D of the second stage clear",
            new EntryRules() {
              @Override
              public long secondStageFlags(ScalableWalk walk, boolean writtenLeaf) {
                return EntryRules.super.secondStageFlags(walk, false);
              }
            },
            "VTD-146"),
        of(
            "vtd-unit-ignores-ssade",
            "the second stage keeps its flags without SSADE",
            new EntryRules() {
              @Override
              public long secondStageFlags(ScalableWalk walk, boolean writtenLeaf) {
                return walk.has(PasidEntry.SSADE)
                    ? EntryRules.super.secondStageFlags(walk, writtenLeaf)
                    : SecondStageEntry.A.mask();
              }
            },
            "VTD-146"));
  }

  /** Caches that are found by too little. */
  private static List<UnitMutant> caches() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-pasid-cache-without-pasid",
            "a cached PASID entry is used for any PASID of the device",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public long pasidTag(int sourceId, int pasid) {
                    return sourceId;
                  }
                }),
            "VTD-157"),
        UnitMutant.of(
            "vtd-unit-pasid-cache-without-requester",
            "a cached PASID entry is used for any device",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public long pasidTag(int sourceId, int pasid) {
                    return pasid;
                  }
                }),
            "VTD-157"),
        UnitMutant.of(
            "vtd-unit-scalable-contexts-by-device-number",
            "a cached context entry is used for any device of the bus",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public int contextTag(int sourceId) {
                    return sourceId >>> 8;
                  }
                }),
            "VTD-156"),
        UnitMutant.of(
            "vtd-unit-iotlb-without-pasid",
            "a cached translation is used for any PASID of the device",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public long iotlbTag(int sourceId, int pasid) {
                    return sourceId;
                  }
                }),
            "VTD-158"),
        UnitMutant.of(
            "vtd-unit-first-stage-pointers-without-pasid",
            "a cached pointer of a first stage is used for any PASID of the domain",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public long firstStageTag(int domainId, int pasid) {
                    return domainId;
                  }
                }),
            "VTD-160"),
        UnitMutant.of(
            "vtd-unit-second-stage-pointers-without-domain",
            "a cached pointer of a second stage is used for any domain",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public int pagingStructureTag(int domainId) {
                    return 0;
                  }
                }),
            "VTD-161"),
        UnitMutant.of(
            "vtd-unit-keeps-absent-pasids",
            "a PASID entry that is not present is cached without caching mode",
            UNIT.with(
                new CacheRules() {
                  @Override
                  public boolean keepsAbsence(VtdConfiguration unit) {
                    return true;
                  }
                }),
            "VTD-163"));
  }

  private static UnitMutant of(String name, String title, EntryRules rules, String... clauses) {
    return UnitMutant.of(name, title, UNIT.with(PARTS.with(rules)), clauses);
  }

  private static VtdParts with(ScalableChecks checks) {
    return UNIT.with(PARTS.with(checks));
  }
}
