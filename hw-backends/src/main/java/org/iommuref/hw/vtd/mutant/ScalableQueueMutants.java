package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.unit.ContextInvalidation;
import org.iommuref.hw.vtd.unit.DeviceTlbRules;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.FirstStagePointer;
import org.iommuref.hw.vtd.unit.IotlbInvalidation;
import org.iommuref.hw.vtd.unit.PagingStructureEntry;
import org.iommuref.hw.vtd.unit.PasidCacheEntry;
import org.iommuref.hw.vtd.unit.PasidInvalidation;
import org.iommuref.hw.vtd.unit.PasidIotlbInvalidation;
import org.iommuref.hw.vtd.unit.PasidScopes;
import org.iommuref.hw.vtd.unit.QueueRules;
import org.iommuref.hw.vtd.unit.ScalableContextCacheEntry;
import org.iommuref.hw.vtd.unit.ScalableIotlbEntry;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/** Invalidations of scalable mode that take too little or wait for too little. */
final class ScalableQueueMutants {

  private static final VtdParts UNIT = VtdParts.standard();

  private ScalableQueueMutants() {}

  /** All of them: no driver uses scalable mode. */
  static List<UnitMutant> seenAtRegisters() {
    return Stream.of(scopes(), byPasid(), errors(), devices()).flatMap(List::stream).toList();
  }

  /** Scopes of the descriptors of every mode. */
  private static List<UnitMutant> scopes() {
    return List.of(
        of(
            "vtd-unit-context-by-domain-of-0",
            "a domain-selective context invalidation takes nothing in scalable mode",
            new PasidScopes() {
              @Override
              public boolean takes(ContextInvalidation order, ScalableContextCacheEntry entry) {
                return order.granularity() != 2 && PasidScopes.super.takes(order, entry);
              }
            },
            "VTD-172"),
        of(
            "vtd-unit-context-function-mask-ignored",
            "the function mask says nothing in scalable mode",
            new PasidScopes() {
              @Override
              public boolean takes(ContextInvalidation order, ScalableContextCacheEntry entry) {
                return order.granularity() != 3 || order.sourceId() == entry.sourceId();
              }
            },
            "VTD-172"),
        pasids("keeps-pasids-of-domain", (order, entry) -> order.granularity() != 0),
        pasids("keeps-pasids-globally", (order, entry) -> order.granularity() != 3),
        pasids("keeps-single-pasids", (order, entry) -> order.granularity() != 1),
        of(
            "vtd-unit-first-stage-by-guest-address",
            "a page-selective invalidation takes a translation of a first stage by its address",
            new PasidScopes() {
              @Override
              public boolean takes(IotlbInvalidation order, ScalableIotlbEntry entry) {
                return PasidScopes.super.takes(order, entry)
                    && entry.overlaps(order.first(), order.last());
              }
            },
            "VTD-173"),
        of(
            "vtd-unit-first-stage-pointers-stay",
            "an invalidation of a domain keeps pointers of a first stage",
            new PasidScopes() {
              @Override
              public boolean takes(IotlbInvalidation order, FirstStagePointer entry) {
                return false;
              }
            },
            "VTD-173"),
        of(
            "vtd-unit-second-stage-pointers-stay",
            "an invalidation of a domain keeps pointers of a second stage",
            new PasidScopes() {
              @Override
              public boolean takes(IotlbInvalidation order, PagingStructureEntry entry) {
                return false;
              }
            },
            "VTD-173"));
  }

  private static UnitMutant pasids(
      String name, BiPredicate<PasidInvalidation, PasidCacheEntry> also) {
    return of(
        "vtd-unit-" + name,
        "a PASID-cache invalidation takes too little: " + name,
        new PasidScopes() {
          @Override
          public boolean takes(PasidInvalidation order, PasidCacheEntry entry) {
            return PasidScopes.super.takes(order, entry) && also.test(order, entry);
          }
        },
        "VTD-171");
  }

  /** Scopes of the invalidation by PASID. */
  private static List<UnitMutant> byPasid() {
    return List.of(
        of(
            "vtd-unit-pasid-pages-keep-translations",
            "an invalidation of pages of a PASID keeps the translations",
            new PasidScopes() {
              @Override
              public boolean takes(PasidIotlbInvalidation order, ScalableIotlbEntry entry) {
                return !order.namesPages() && PasidScopes.super.takes(order, entry);
              }
            },
            "VTD-159"),
        of(
            "vtd-unit-pasid-keeps-pointers",
            "an invalidation of a PASID keeps pointers of its first stage",
            new PasidScopes() {
              @Override
              public boolean takes(PasidIotlbInvalidation order, FirstStagePointer entry) {
                return false;
              }
            },
            "VTD-159"),
        of(
            "vtd-unit-pasid-keeps-translations",
            "an invalidation of a PASID keeps the translations",
            new PasidScopes() {
              @Override
              public boolean takes(PasidIotlbInvalidation order, ScalableIotlbEntry entry) {
                return order.namesPages() && PasidScopes.super.takes(order, entry);
              }
            },
            "VTD-159"),
        of(
            "vtd-unit-pasid-drains-nothing",
            "an invalidation of a PASID waits for no request",
            new PasidScopes() {
              @Override
              public boolean drains(PasidIotlbInvalidation order, DmaRequest request) {
                return false;
              }
            },
            "VTD-162"),
        of(
            "vtd-unit-first-stage-not-drained",
            "an invalidation of a domain waits for no request through a first stage",
            new PasidScopes() {
              @Override
              public boolean drains(IotlbInvalidation order, DmaRequest request) {
                return !request.walk().hasFirstStage() && PasidScopes.super.drains(order, request);
              }
            },
            "VTD-162"));
  }

  /** Errors of the queue that go unseen. */
  private static List<UnitMutant> errors() {
    return Stream.of(
            QueueRegisters.IQEI_INVALID_WIDTH,
            QueueRegisters.IQEI_MISALIGNED_TAIL,
            QueueRegisters.IQEI_INVALID_MODE)
        .map(ScalableQueueMutants::without)
        .toList();
  }

  private static UnitMutant without(int error) {
    return UnitMutant.of(
        "vtd-unit-queue-error-" + error + "-unseen",
        "the queue does not see error " + error,
        UNIT.with(
            new QueueRules() {
              @Override
              public int registerError(
                  long mode, boolean wide, long tail, long bytes, VtdConfiguration unit) {
                int found = QueueRules.super.registerError(mode, wide, tail, bytes, unit);
                return found == error ? 0 : found;
              }
            }),
        "VTD-165");
  }

  /** Device-TLBs that are not waited for. */
  private static List<UnitMutant> devices() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-waits-for-no-device",
            "a wait descriptor completes before the devices do",
            UNIT.with(
                new QueueRules() {
                  @Override
                  public boolean waitsForDevices() {
                    return false;
                  }
                }),
            "VTD-167"),
        UnitMutant.of(
            "vtd-unit-responds-with-success",
            "every page group response says success",
            UNIT.with(
                new QueueRules() {
                  @Override
                  public int responseCode(int code) {
                    return 0;
                  }
                }),
            "VTD-170"),
        of(
            "vtd-unit-never-times-out",
            "a device has for ever to complete an invalidation",
            new DeviceTlbRules() {
              @Override
              public long timeout() {
                return Long.MAX_VALUE;
              }
            },
            "VTD-168"),
        of(
            "vtd-unit-completes-aborted-waits",
            "a wait completes although an invalidation before it has timed out",
            new DeviceTlbRules() {
              @Override
              public boolean abortsWaits() {
                return false;
              }
            },
            "VTD-168"),
        of(
            "vtd-unit-takes-any-completion",
            "a completion counts whichever device sends it",
            new DeviceTlbRules() {
              @Override
              public boolean isUnexpected(boolean waited, boolean fromItsDevice) {
                return !waited;
              }
            },
            "VTD-169"));
  }

  private static UnitMutant of(String name, String title, PasidScopes scopes, String clause) {
    return UnitMutant.of(name, title, UNIT.with(UNIT.scalable().with(scopes)), clause);
  }

  private static UnitMutant of(String name, String title, DeviceTlbRules rules, String clause) {
    return UnitMutant.of(name, title, UNIT.with(UNIT.scalable().with(rules)), clause);
  }
}
