package org.iommuref.hw.vtd.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.unit.Check;
import org.iommuref.hw.vtd.unit.Checks;
import org.iommuref.hw.vtd.unit.CommandRules;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.EntryRules;
import org.iommuref.hw.vtd.unit.FaultRules;
import org.iommuref.hw.vtd.unit.Rights;
import org.iommuref.hw.vtd.unit.ScalableChecks;
import org.iommuref.hw.vtd.unit.ScalableParts;
import org.iommuref.hw.vtd.unit.ScalableWalk;
import org.iommuref.hw.vtd.unit.TableGeometry;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/**
 * Walks of scalable mode that go wrong: each declared condition left out or with another reason,
 * and entries and caches that are read wrongly.
 */
final class ScalableMutants {

  private static final VtdParts UNIT = VtdParts.standard();
  private static final ScalableParts PARTS = UNIT.scalable();

  private ScalableMutants() {}

  /** All of them: no driver uses scalable mode. */
  static List<UnitMutant> seenAtRegisters() {
    return Stream.of(conditions(), structures(), tables()).flatMap(List::stream).toList();
  }

  private static List<UnitMutant> conditions() {
    ScalableChecks checks = PARTS.checks();
    List<UnitMutant> mutants = new ArrayList<>();
    for (Checks list : checks.all()) {
      for (int i = 0; i < list.inOrder().size(); i++) {
        Check check = list.inOrder().get(i);
        String subject = list.subject() + " " + check.name();
        FaultReason other = otherThan(check.reason());
        mutants.add(
            UnitMutant.of(
                slug("vtd-unit-drops " + subject),
                "the unit does not look at: " + subject,
                with(checks.with(list.without(i))),
                check.clause()));
        mutants.add(
            UnitMutant.of(
                slug("vtd-unit-misreports " + subject),
                "the unit tells reason " + Integer.toHexString(other.code()) + "h of: " + subject,
                with(checks.with(list.with(i, check.because(other)))),
                check.clause()));
      }
    }
    return mutants;
  }

  private static FaultReason otherThan(FaultReason reason) {
    return reason == FaultReason.SFS_10 ? FaultReason.SSS_6 : FaultReason.SFS_10;
  }

  /** The interrupt range is one for requests with PASID too. */
  private static UnitMutant rangeForAll() {
    Check check =
        new Check(
            "interrupt range",
            "VTD-127",
            (request, low, high, unit) -> request.iova() >>> 20 == 0xfee,
            FaultReason.INTERRUPT_RANGE);
    return UnitMutant.of(
        "vtd-unit-interrupt-range-for-pasids",
        "a request with PASID to the interrupt range is taken for an interrupt",
        UNIT.with(UNIT.checks().with(UNIT.checks().request().startingWith(check))),
        "VTD-127");
  }

  /** Structures on the way to the PASID entry. */
  private static List<UnitMutant> structures() {
    return List.of(
        rangeForAll(),
        of(
            "vtd-unit-lower-half-for-all",
            "the lower half of the root entry serves every device",
            new EntryRules() {
              @Override
              public boolean usesUpperHalf(int sourceId) {
                return false;
              }
            },
            "VTD-101"),
        of(
            "vtd-unit-rid-pasid-zero",
            "a request without PASID uses PASID 0 whatever RID_PASID says",
            new EntryRules() {
              @Override
              public int ridPasid(ScalableWalk walk) {
                return 0;
              }
            },
            "VTD-117"),
        of(
            "vtd-unit-ignores-rid-privilege",
            "a request without PASID is never privileged",
            new EntryRules() {
              @Override
              public boolean ridPrivilege(ScalableWalk walk) {
                return false;
              }
            },
            "VTD-118"),
        of(
            "vtd-unit-takes-last-fpd-alone",
            "FPD of the last structure alone silences a request",
            new EntryRules() {
              @Override
              public boolean silences(boolean soFar, boolean fpd) {
                return fpd;
              }
            },
            "VTD-124"),
        of(
            "vtd-unit-one-access-error",
            "every structure without memory is told as the context entry",
            new EntryRules() {
              @Override
              public FaultReason accessError(FaultReason standard) {
                return FaultReason.SCT_1;
              }
            },
            "VTD-116",
            "VTD-132",
            "VTD-144"),
        UnitMutant.of(
            "vtd-unit-off-keeps-caches",
            "turning translation off keeps what was cached",
            UNIT.with(
                new CommandRules() {
                  @Override
                  public boolean emptiesCachesWhenOff(VtdConfiguration unit) {
                    return false;
                  }
                }),
            "VTD-164"),
        UnitMutant.of(
            "vtd-unit-records-no-pasid",
            "a record leaves out the PASID",
            UNIT.with(
                new FaultRules() {
                  @Override
                  public long pasid(DmaRequest request, VtdConfiguration unit) {
                    return 0;
                  }
                }),
            "VTD-125"));
  }

  /** Levels, rights and sizes. */
  private static List<UnitMutant> tables() {
    return List.of(
        of(
            "vtd-unit-first-stage-of-four-levels",
            "FSPM does not give the number of levels",
            new EntryRules() {
              @Override
              public int firstStageLevels(ScalableWalk walk) {
                return 4;
              }
            },
            "VTD-140"),
        of(
            "vtd-unit-first-stage-leaf-rights-alone",
            "only the leaf decides the rights of the first stage",
            new EntryRules() {
              @Override
              public int narrowFirst(int soFar, long entry) {
                return EntryRules.super.narrowFirst(-1, entry);
              }
            },
            "VTD-133"),
        of(
            "vtd-unit-second-stage-leaf-rights-alone",
            "only the leaf decides the rights of the second stage",
            new EntryRules() {
              @Override
              public int narrowSecond(int soFar, long entry) {
                return (int) entry & (Rights.READ | Rights.WRITE);
              }
            },
            "VTD-145"),
        of(
            "vtd-unit-nested-page-of-first-stage",
            "a nested translation is cached with the page size of the first stage",
            new EntryRules() {
              @Override
              public int nestedShift(int firstShift, int secondShift) {
                return firstShift;
              }
            },
            "VTD-154"),
        of(
            "vtd-unit-nested-tables-of-host",
            "the tables of a nested first stage are looked for in host memory",
            new EntryRules() {
              @Override
              public boolean tablesOfGuest(ScalableWalk walk) {
                return false;
              }
            },
            "VTD-150"),
        UnitMutant.of(
            "vtd-unit-scalable-levels-always-four",
            "AW of a PASID entry does not give the number of levels",
            UNIT.with(
                new TableGeometry() {
                  @Override
                  public int levels(int addressWidth) {
                    return 4;
                  }
                }),
            "VTD-149"),
        UnitMutant.of(
            "vtd-unit-first-stage-page-offset-cut",
            "a large page of a first stage translates every offset to its first 4 KiB",
            UNIT.with(
                new TableGeometry() {
                  @Override
                  public long output(long page, int shift, long address) {
                    return TableGeometry.super.output(page, 12, address);
                  }
                }),
            "VTD-141"));
  }

  private static UnitMutant of(String name, String title, EntryRules rules, String... clauses) {
    return UnitMutant.of(name, title, UNIT.with(PARTS.with(rules)), clauses);
  }

  private static VtdParts with(ScalableChecks checks) {
    return UNIT.with(PARTS.with(checks));
  }

  private static String slug(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
