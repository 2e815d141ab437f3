package org.iommuref.hw.vtd.mutant;

import java.util.List;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.TranslationAnswer;
import org.iommuref.hw.vtd.unit.DeviceTlbRules;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.FaultRules;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/** Translation requests that are answered wrongly. */
final class DeviceTlbMutants {

  private static final VtdParts UNIT = VtdParts.standard();

  private DeviceTlbMutants() {}

  /** All of them: no driver uses device-TLBs. */
  static List<UnitMutant> seenAtRegisters() {
    return List.of(
        of(
            "vtd-unit-answers-without-write",
            "no translation request is given the right to write",
            new DeviceTlbRules() {
              @Override
              public boolean asksToWrite(DmaRequest request, VtdConfiguration unit) {
                return false;
              }
            },
            "VTD-179"),
        of(
            "vtd-unit-answers-without-snoop-in-legacy-mode",
            "SNP of a leaf says nothing to a device in legacy mode",
            new DeviceTlbRules() {
              @Override
              public boolean isSnooped(DmaRequest request) {
                return request.isScalable() && DeviceTlbRules.super.isSnooped(request);
              }
            },
            "VTD-179"),
        of(
            "vtd-unit-answers-with-snoop-of-pasid-alone",
            "SNP of a second-stage leaf says nothing to a device in scalable mode",
            new DeviceTlbRules() {
              @Override
              public boolean isSnooped(DmaRequest request) {
                return request.isScalable()
                    ? request.walk().has(PasidEntry.PGSNP)
                    : DeviceTlbRules.super.isSnooped(request);
              }
            },
            "VTD-179"),
        of(
            "vtd-unit-answers-with-snoop-always",
            "each translation is said to be snooped",
            new DeviceTlbRules() {
              @Override
              public boolean isSnooped(DmaRequest request) {
                return true;
              }
            },
            "VTD-179"),
        of(
            "vtd-unit-ignores-no-write",
            "NW of a translation request says nothing",
            new DeviceTlbRules() {
              @Override
              public boolean asksToWrite(DmaRequest request, VtdConfiguration unit) {
                return true;
              }
            },
            "VTD-181"),
        of(
            "vtd-unit-answers-misses-with-ur",
            "a translation request for a page that is not mapped is an unsupported request",
            new DeviceTlbRules() {
              @Override
              public TranslationAnswer answer(FaultReason reason) {
                return TranslationAnswer.UNSUPPORTED;
              }
            },
            "VTD-180"),
        of(
            "vtd-unit-records-misses",
            "a translation request for a page that is not mapped is recorded",
            new DeviceTlbRules() {
              @Override
              public boolean records(FaultReason reason) {
                return true;
              }
            },
            "VTD-180"),
        of(
            "vtd-unit-records-no-translation-request",
            "no refusal of a translation request is recorded",
            new DeviceTlbRules() {
              @Override
              public boolean records(FaultReason reason) {
                return false;
              }
            },
            "VTD-180"),
        of(
            "vtd-unit-records-answered-requests-never",
            "a translation request that is told of no right is not recorded, 91h or not",
            new DeviceTlbRules() {
              @Override
              public boolean records(FaultReason reason) {
                return reason.answer() != TranslationAnswer.NO_RIGHTS
                    && DeviceTlbRules.super.records(reason);
              }
            },
            "VTD-180"),
        of(
            "vtd-unit-translates-interrupt-range",
            "a translation request without PASID for the interrupt range walks the tables",
            new DeviceTlbRules() {
              @Override
              public boolean answersAsInterruptRange(DmaRequest request) {
                return false;
              }
            },
            "VTD-182"),
        UnitMutant.of(
            "vtd-unit-records-no-address-type",
            "a record leaves out the address type",
            UNIT.with(
                new FaultRules() {
                  @Override
                  public long addressType(DmaRequest request, VtdConfiguration unit) {
                    return 0;
                  }
                }),
            "VTD-184"));
  }

  private static UnitMutant of(String name, String title, DeviceTlbRules rules, String clause) {
    return UnitMutant.of(name, title, UNIT.with(UNIT.scalable().with(rules)), clause);
  }
}
