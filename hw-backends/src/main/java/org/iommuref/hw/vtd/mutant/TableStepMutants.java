package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.Map;
import org.iommuref.hw.radix.TableStep;
import org.iommuref.hw.radix.TableStep.AllocTable;
import org.iommuref.hw.radix.TableStep.ClearPte;
import org.iommuref.hw.radix.TableStep.FreeTable;
import org.iommuref.hw.radix.TableStep.LinkTable;
import org.iommuref.hw.radix.TableStep.ReadEntry;
import org.iommuref.hw.radix.TableStep.SetDirty;
import org.iommuref.hw.radix.TableStep.TakePage;
import org.iommuref.hw.radix.TableStep.UnlinkTable;
import org.iommuref.hw.radix.TableStep.WritePte;
import org.iommuref.spec.backend.Prot;

/** Page tables changed wrongly: of each step of {@link TableStep}, what a device can tell. */
final class TableStepMutants {

  /** The steps that no mutant touches, and why. */
  static final Map<Class<? extends TableStep>, String> UNTOUCHED =
      Map.of(
          TakePage.class, "without a page every map fails, whatever else is right",
          AllocTable.class, "it names the page and changes nothing",
          ReadEntry.class, "an entry that is never found is linked for ever",
          FreeTable.class, "a page that is never freed is missed by nobody",
          SetDirty.class, "the suite at seam 3 alone marks pages as a device would");

  private static final int LARGE_LEVEL = 2;
  private static final long SMALL_PAGE = 1L << 12;
  private static final long LARGE_PAGE = 1L << 21;

  private TableStepMutants() {}

  static List<StepMutant> all() {
    return List.of(
        StepMutant.drop(
            LinkTable.class,
            "drop-link-table",
            "a new table is never linked",
            "MAP-001",
            "MAP-014"),
        StepMutant.drop(
            WritePte.class, "drop-write-pte", "a leaf is never written", "MAP-001", "MAP-014"),
        StepMutant.change(
            WritePte.class,
            pte -> withProt(pte, Prot.READ_WRITE),
            "leaf-with-every-right",
            "every leaf admits reads and writes",
            "MAP-003",
            "MAP-005"),
        StepMutant.change(
            WritePte.class,
            pte -> withProt(pte, pte.prot().write() ? Prot.READ : pte.prot()),
            "leaf-without-write-right",
            "no leaf admits writes",
            "MAP-004"),
        StepMutant.change(
            WritePte.class,
            pte -> withProt(pte, exchanged(pte.prot())),
            "leaf-rights-exchanged",
            "a leaf for reads admits writes and a leaf for writes reads",
            "MAP-003",
            "MAP-005"),
        StepMutant.change(
            WritePte.class,
            pte -> pte.level() == 1 ? withPage(pte, pte.page() ^ SMALL_PAGE) : pte,
            "leaf-to-next-page",
            "a leaf leads to the page beside the one that was asked for",
            "MAP-001"),
        StepMutant.change(
            WritePte.class,
            pte -> pte.level() == LARGE_LEVEL ? withPage(pte, pte.page() ^ LARGE_PAGE) : pte,
            "large-leaf-to-next-page",
            "a large leaf leads to the large page beside the one that was asked for",
            "MAP-009"),
        StepMutant.change(
            WritePte.class,
            pte -> new WritePte(pte.iova(), pte.page(), pte.prot(), 1, pte.slot()),
            "large-leaf-without-size",
            "a large leaf does not say that it is one",
            "MAP-009"),
        StepMutant.change(
            WritePte.class,
            pte -> withSlot(pte, beside(pte.slot())),
            "leaf-in-next-entry",
            "a leaf is written into the entry beside its own",
            "MAP-001",
            "MAP-002"),
        StepMutant.again(
            WritePte.class,
            pte -> withSlot(pte, beside(pte.slot())),
            "leaf-twice",
            "a leaf is written into the entry beside its own as well",
            "MAP-002"),
        StepMutant.drop(
            ClearPte.class,
            "drop-clear-pte",
            "an unmap leaves its leaves in the table",
            "INV-001",
            "MAP-020"),
        StepMutant.change(
            ClearPte.class,
            pte -> new ClearPte(pte.iova(), pte.level(), beside(pte.slot())),
            "clear-next-pte",
            "an unmap empties the entry beside the leaf",
            "INV-001",
            "MAP-019"),
        StepMutant.again(
            ClearPte.class,
            pte -> new ClearPte(pte.iova(), pte.level(), beside(pte.slot())),
            "clear-two-ptes",
            "an unmap empties the entry beside the leaf as well",
            "MAP-019"),
        StepMutant.drop(
            UnlinkTable.class,
            "drop-unlink-table",
            "a table stays linked although its page is freed",
            "INV-007"),
        StepMutant.again(
            UnlinkTable.class,
            table ->
                new UnlinkTable(table.iova(), table.page(), table.level(), beside(table.slot())),
            "unlink-two-tables",
            "the table beside the one that is unlinked is unlinked as well",
            "MAP-019"));
  }

  private static WritePte withProt(WritePte pte, Prot prot) {
    return new WritePte(pte.iova(), pte.page(), prot, pte.level(), pte.slot());
  }

  private static WritePte withPage(WritePte pte, long page) {
    return new WritePte(pte.iova(), page, pte.prot(), pte.level(), pte.slot());
  }

  private static WritePte withSlot(WritePte pte, long slot) {
    return new WritePte(pte.iova(), pte.page(), pte.prot(), pte.level(), slot);
  }

  private static Prot exchanged(Prot prot) {
    return switch (prot) {
      case READ -> Prot.WRITE;
      case WRITE -> Prot.READ;
      case NONE, READ_WRITE -> prot;
    };
  }

  /** The other entry of a pair. */
  private static long beside(long slot) {
    return slot ^ Long.BYTES;
  }
}
