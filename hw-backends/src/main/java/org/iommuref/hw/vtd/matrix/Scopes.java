package org.iommuref.hw.vtd.matrix;

import java.util.function.BiPredicate;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.unit.ContextCacheEntry;
import org.iommuref.hw.vtd.unit.ContextInvalidation;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.FirstStagePointer;
import org.iommuref.hw.vtd.unit.InvalidationScopes;
import org.iommuref.hw.vtd.unit.IotlbEntry;
import org.iommuref.hw.vtd.unit.IotlbInvalidation;
import org.iommuref.hw.vtd.unit.PagingStructureEntry;
import org.iommuref.hw.vtd.unit.PasidCacheEntry;
import org.iommuref.hw.vtd.unit.PasidInvalidation;
import org.iommuref.hw.vtd.unit.PasidIotlbInvalidation;
import org.iommuref.hw.vtd.unit.PasidScopes;
import org.iommuref.hw.vtd.unit.ScalableContextCacheEntry;
import org.iommuref.hw.vtd.unit.ScalableIotlbEntry;

/**
 * What each invalidation has to take: for each granularity each kind of cached entry that stays,
 * and each kind of access that it does not wait for. Manual 6.5.2, tables of granularities.
 */
final class Scopes {

  private static final String FULL = VtdUnits.FULL;
  private static final int PAGE_SHIFT = 12;

  /** By code, as contexts and translations of domains have them. */
  private static final String[] ORDERS = {"", "global", "domain", "selective"};

  private Scopes() {}

  static Cells table() {
    Cells cells = new Cells("scope");
    for (int order = 1; order <= 3; order++) {
      legacy(cells, order);
      scalable(cells, order);
    }
    pasidCache(cells, PasidInvalidation.DOMAIN, "domain");
    pasidCache(cells, PasidInvalidation.PASID, "PASID");
    pasidCache(cells, PasidInvalidation.GLOBAL, "global");
    byPasid(cells, PasidIotlbInvalidation.PASID, "PASID");
    byPasid(cells, PasidIotlbInvalidation.PAGE, "pages");
    CommandScopes.addTo(cells);
    return cells;
  }

  private static void legacy(Cells cells, int order) {
    String contexts = "context cache, legacy: " + ORDERS[order];
    add(
        cells,
        contexts,
        "context entries stay",
        order == 3 ? "VTD-030" : "VTD-031",
        new InvalidationScopes() {
          @Override
          public boolean takes(ContextInvalidation of, ContextCacheEntry entry) {
            return of.granularity() != order && InvalidationScopes.super.takes(of, entry);
          }
        });
    String subject = "IOTLB, legacy: " + ORDERS[order];
    String clause = order == 3 ? "VTD-033" : "VTD-032";
    translations(cells, subject, clause, order, false);
    translations(cells, subject, clause, order, true);
    add(
        cells,
        subject,
        "pointers to tables stay",
        order == 3 ? "VTD-034" : "VTD-032",
        new InvalidationScopes() {
          @Override
          public boolean takes(IotlbInvalidation of, PagingStructureEntry entry) {
            return of.granularity() != order && InvalidationScopes.super.takes(of, entry);
          }
        });
    drains(cells, subject, order, true);
    drains(cells, subject, order, false);
  }

  private static void translations(
      Cells cells, String subject, String clause, int order, boolean large) {
    add(
        cells,
        subject,
        large ? "large pages stay" : "pages of 4 KiB stay",
        clause,
        new InvalidationScopes() {
          @Override
          public boolean takes(IotlbInvalidation of, IotlbEntry entry) {
            return !(of.granularity() == order && large == (entry.shift() > PAGE_SHIFT))
                && InvalidationScopes.super.takes(of, entry);
          }
        });
  }

  private static void drains(Cells cells, String subject, int order, boolean writes) {
    add(
        cells,
        subject,
        writes ? "writes not waited for" : "reads not waited for",
        "VTD-049",
        new InvalidationScopes() {
          @Override
          public boolean drains(IotlbInvalidation of, DmaRequest request) {
            return !(of.granularity() == order && writes == request.kind().needsWrite())
                && InvalidationScopes.super.drains(of, request);
          }
        });
  }

  private static void add(
      Cells cells, String subject, String part, String rule, InvalidationScopes scopes) {
    cells.add(subject, part, VtdProvider.NAME, rule, (parts, unit) -> parts.with(scopes));
  }

  private static void scalable(Cells cells, int order) {
    add(
        cells,
        "context cache, scalable: " + ORDERS[order],
        "context entries stay",
        "VTD-172",
        new PasidScopes() {
          @Override
          public boolean takes(ContextInvalidation of, ScalableContextCacheEntry entry) {
            return of.granularity() != order && PasidScopes.super.takes(of, entry);
          }
        });
    String subject = "IOTLB, scalable: " + ORDERS[order];
    for (int type = PasidEntry.PGTT_FIRST_STAGE; type <= PasidEntry.PGTT_PASS_THROUGH; type++) {
      translations(cells, subject, order, type);
    }
    add(
        cells,
        subject,
        "pointers of a first stage stay",
        "VTD-173",
        new PasidScopes() {
          @Override
          public boolean takes(IotlbInvalidation of, FirstStagePointer entry) {
            return of.granularity() != order && PasidScopes.super.takes(of, entry);
          }
        });
    add(
        cells,
        subject,
        "pointers of a second stage stay",
        "VTD-173",
        new PasidScopes() {
          @Override
          public boolean takes(IotlbInvalidation of, PagingStructureEntry entry) {
            return of.granularity() != order && PasidScopes.super.takes(of, entry);
          }
        });
    add(
        cells,
        subject,
        "accesses not waited for",
        "VTD-162",
        new PasidScopes() {
          @Override
          public boolean drains(IotlbInvalidation of, DmaRequest request) {
            return of.granularity() != order && PasidScopes.super.drains(of, request);
          }
        });
  }

  private static void translations(Cells cells, String subject, int order, int type) {
    add(
        cells,
        subject,
        words(type) + " stay",
        "VTD-173",
        new PasidScopes() {
          @Override
          public boolean takes(IotlbInvalidation of, ScalableIotlbEntry entry) {
            return !(of.granularity() == order && entry.content().type() == type)
                && PasidScopes.super.takes(of, entry);
          }
        });
  }

  private static String words(int type) {
    return switch (type) {
      case PasidEntry.PGTT_FIRST_STAGE -> "translations of a first stage";
      case PasidEntry.PGTT_SECOND_STAGE -> "translations of a second stage";
      case PasidEntry.PGTT_NESTED -> "nested translations";
      default -> "translations that pass through";
    };
  }

  private static void pasidCache(Cells cells, int order, String words) {
    add(
        cells,
        "PASID cache: " + words,
        "PASID entries stay",
        "VTD-171",
        new PasidScopes() {
          @Override
          public boolean takes(PasidInvalidation of, PasidCacheEntry entry) {
            return of.granularity() != order && PasidScopes.super.takes(of, entry);
          }
        });
  }

  private static void byPasid(Cells cells, int order, String words) {
    String subject = "PASID IOTLB: " + words;
    boolean pages = order == PasidIotlbInvalidation.PAGE;
    for (int type = PasidEntry.PGTT_FIRST_STAGE; type <= PasidEntry.PGTT_PASS_THROUGH; type++) {
      int kept = type;
      boolean ofFirstStage = type == PasidEntry.PGTT_FIRST_STAGE || type == PasidEntry.PGTT_NESTED;
      String rule =
          pages && !ofFirstStage
              ? Cells.NONE + "pages of a PASID are those of a first stage"
              : "VTD-159";
      stays(
          cells,
          subject,
          words(type),
          rule,
          (of, entry) -> of.granularity() == order && entry.content().type() == kept);
    }
    add(
        cells,
        subject,
        "pointers of a first stage stay",
        "VTD-159",
        new PasidScopes() {
          @Override
          public boolean takes(PasidIotlbInvalidation of, FirstStagePointer entry) {
            return of.granularity() != order && PasidScopes.super.takes(of, entry);
          }
        });
    add(
        cells,
        subject,
        "accesses not waited for",
        "VTD-162",
        new PasidScopes() {
          @Override
          public boolean drains(PasidIotlbInvalidation of, DmaRequest request) {
            return of.granularity() != order && PasidScopes.super.drains(of, request);
          }
        });
  }

  private static void stays(
      Cells cells,
      String subject,
      String what,
      String rule,
      BiPredicate<PasidIotlbInvalidation, ScalableIotlbEntry> kept) {
    add(
        cells,
        subject,
        what + " stay",
        rule,
        new PasidScopes() {
          @Override
          public boolean takes(PasidIotlbInvalidation of, ScalableIotlbEntry entry) {
            return !kept.test(of, entry) && PasidScopes.super.takes(of, entry);
          }
        });
  }

  private static void add(
      Cells cells, String subject, String part, String rule, PasidScopes scopes) {
    cells.add(
        subject, part, FULL, rule, (parts, unit) -> parts.with(parts.scalable().with(scopes)));
  }
}
