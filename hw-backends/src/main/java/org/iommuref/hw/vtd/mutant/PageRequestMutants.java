package org.iommuref.hw.vtd.mutant;

import java.util.List;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.IotlbInvalidation;
import org.iommuref.hw.vtd.unit.PageRequestRules;
import org.iommuref.hw.vtd.unit.PasidIotlbInvalidation;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.PageRequestMessage;
import org.jspecify.annotations.Nullable;

/** Page requests that are queued, dropped or answered wrongly. */
final class PageRequestMutants {

  private static final VtdParts UNIT = VtdParts.standard();

  private PageRequestMutants() {}

  /** All of them: no driver uses page requests. */
  static List<UnitMutant> seenAtRegisters() {
    return List.of(
        of(
            "vtd-unit-queues-no-group",
            "the descriptor of a page request leaves out group and address",
            new PageRequestRules() {
              @Override
              public Atom descriptor(PageRequestMessage request) {
                return new Atom(PageRequestRules.super.descriptor(request).low(), 0);
              }
            },
            "VTD-185"),
        of(
            "vtd-unit-serves-page-requests-in-legacy-mode",
            "a page request walks the tables of legacy mode",
            new PageRequestRules() {
              @Override
              public boolean isServed(long mode) {
                return true;
              }
            },
            "VTD-187"),
        of(
            "vtd-unit-overwrites-page-requests",
            "a page request that finds no room takes that of the oldest",
            new PageRequestRules() {
              @Override
              public boolean isFull(long head, long tail, long bytes) {
                return false;
              }
            },
            "VTD-188"),
        of(
            "vtd-unit-queues-while-overflown",
            "page requests are queued while PRO is set",
            new PageRequestRules() {
              @Override
              public boolean isDropped(boolean overflow) {
                return false;
              }
            },
            "VTD-188"),
        of(
            "vtd-unit-answers-every-page-request",
            "the unit answers requests that are not the last of their group",
            new PageRequestRules() {
              @Override
              public boolean isAnswered(PageRequestMessage request) {
                return true;
              }
            },
            "VTD-188"),
        of(
            "vtd-unit-page-request-keeps-pasid",
            "a page request leaves the translation of a first stage in the IOTLB",
            new PageRequestRules() {
              @Override
              public @Nullable PasidIotlbInvalidation invalidatedOfPasid(DmaRequest request) {
                return null;
              }
            },
            "VTD-189"),
        of(
            "vtd-unit-page-request-keeps-domain",
            "a page request leaves the translation of a second stage in the IOTLB",
            new PageRequestRules() {
              @Override
              public @Nullable IotlbInvalidation invalidatedOfDomain(DmaRequest request) {
                return null;
              }
            },
            "VTD-189"),
        of(
            "vtd-unit-drains-no-page-request",
            "a wait with PD completes before page requests are queued",
            new PageRequestRules() {
              @Override
              public boolean delaysWait(int pending, boolean halfWritten) {
                return false;
              }
            },
            "VTD-190"),
        of(
            "vtd-unit-drains-half-a-page-request",
            "a wait with PD completes when the first half of a descriptor is written",
            new PageRequestRules() {
              @Override
              public boolean delaysWait(int pending, boolean halfWritten) {
                return pending > (halfWritten ? 1 : 0);
              }
            },
            "VTD-190"),
        of(
            "vtd-unit-drains-one-page-request",
            "a wait with PD completes when one page request is left",
            new PageRequestRules() {
              @Override
              public boolean delaysWait(int pending, boolean halfWritten) {
                return pending > 1;
              }
            },
            "VTD-190"));
  }

  private static UnitMutant of(String name, String title, PageRequestRules rules, String clause) {
    return UnitMutant.of(name, title, UNIT.with(UNIT.scalable().with(rules)), clause);
  }
}
