package org.iommuref.model.mutant;

import static org.iommuref.model.iommufd.object.Holder.ATTACHMENT;
import static org.iommuref.model.iommufd.object.Holder.PAGE_TABLE;
import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongSteps.changing;
import static org.iommuref.model.mutant.WrongSteps.keeping;
import static org.iommuref.model.mutant.WrongSteps.without;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.iommufd.ioas.IoasStep;
import org.iommuref.model.iommufd.object.CountStep;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.model.iommufd.object.TableStep;
import org.iommuref.model.iommufd.pages.BufferStep;
import org.iommuref.model.iommufd.pages.PageStep;
import org.iommuref.model.iommufd.pagetable.AreaStep;
import org.iommuref.model.iommufd.pagetable.RangeStep;
import org.iommuref.model.iommufd.viommu.ViommuStep;
import org.iommuref.model.mock.MockStep;
import org.iommuref.spec.spi.Mutant;

/** Work that calls leave undone: one step of each is missing, or is another. */
final class WrongWork {

  private WrongWork() {}

  static List<Mutant> mutants() {
    List<Mutant> all = new ArrayList<>(ofObjects());
    all.addAll(ofAddresses());
    all.addAll(ofMappings());
    all.addAll(ofPageTables());
    return all;
  }

  private static List<Mutant> ofObjects() {
    return List.of(
        mutant(
            "ids-never-given-back",
            "leaves the id of what has gone, or was not completed, taken",
            without(TableStep.EraseObject.class),
            "OBJ-004",
            "OBJ-018",
            "OBJ-019",
            "MOCK-002"),
        mutant(
            "tombstone-without-stone",
            "leaves nothing in the place of what must not be named again",
            changing(
                TableStep.EraseObject.class, step -> new TableStep.EraseObject(step.id(), false)),
            "OBJ-016",
            "VIOMMU-020"),
        mutant(
            "close-finds-nothing",
            "finds no object of a context that goes",
            without(TableStep.NextObject.class),
            "OBJ-042",
            "OBJ-049"),
        mutant(
            "unused-never-found",
            "takes no object for unused",
            without(CountStep.RetireIfUnused.class),
            "OBJ-010"),
        mutant(
            "table-keeps-its-ioas",
            "does not let go of the IOAS of a page table, and of its fault queue",
            keeping(PAGE_TABLE, ObjectType.IOAS, ObjectType.FAULT),
            "OBJ-038"),
        mutant(
            "nested-keeps-its-parent",
            "does not let go of the parent of a nested page table, or of its unit",
            keeping(PAGE_TABLE, ObjectType.HWPT_PAGING, ObjectType.VIOMMU),
            "OBJ-039"),
        mutant(
            "unit-keeps-its-table",
            "does not let go of the page table of a virtual unit",
            keeping(Holder.VIOMMU, ObjectType.HWPT_PAGING),
            "OBJ-040"),
        mutant(
            "virtual-id-never-free",
            "does not free the virtual id of a virtual device",
            without(ViommuStep.EraseVdevice.class),
            "OBJ-041"),
        mutant(
            "pins-never-dropped",
            "keeps the pins of pages that nobody needs",
            without(PageStep.DropUnneeded.class),
            "OBJ-037",
            "OBJ-038"));
  }

  private static List<Mutant> ofAddresses() {
    return List.of(
        mutant(
            "reserved-unseen",
            "finds no reserved address",
            without(RangeStep.LookForReserved.class),
            "IOAS-018",
            "IOAS-128"),
        mutant(
            "allowed-unseen",
            "finds no allowed range",
            without(RangeStep.LookForAllowed.class),
            "IOAS-129"),
        mutant(
            "reserved-for-ever",
            "gives no reserved address back",
            without(RangeStep.ReleaseRanges.class),
            "IOAS-133"),
        mutant(
            "alignment-as-it-was",
            "never changes the alignment of an IOAS",
            without(RangeStep.SetAlignment.class),
            "IOAS-022",
            "IOAS-024"),
        mutant(
            "alignment-of-a-page",
            "has an alignment of at least a page",
            changing(
                RangeStep.SetAlignment.class,
                step -> new RangeStep.SetAlignment(Math.max(step.alignment(), 4096))),
            "IOAS-022",
            "HWPT-038"));
  }

  private static List<Mutant> ofMappings() {
    return List.of(
        mutant(
            "failed-map-stays",
            "leaves the range of a map that fails in use",
            without(AreaStep.RemoveArea.class),
            "IOAS-034"),
        mutant(
            "mappings-unseen",
            "finds no mapping by its range",
            without(AreaStep.FirstArea.class),
            "IOAS-115",
            "HWPT-034"),
        mutant(
            "translations-stay",
            "leaves the translations of what is unmapped in page tables",
            without(MockStep.UnmapRange.class),
            "IOAS-121"),
        mutant(
            "pins-unseen",
            "does not see that a mapping is pinned",
            without(AreaStep.LookAtArea.class),
            "IOAS-122",
            "IOAS-124"),
        mutant(
            "revocation-untold",
            "tells no mapping of a buffer that it is revoked",
            without(BufferStep.NoteMapping.class),
            "IOAS-087"),
        mutant(
            "revocation-unnoted",
            "does not note that a buffer is revoked",
            without(BufferStep.SetRevoked.class),
            "IOAS-083"));
  }

  private static List<Mutant> ofPageTables() {
    return List.of(
        mutant(
            "new-table-empty",
            "fills a new page table with no mapping that there is",
            without(AreaStep.ListAreas.class),
            "IOAS-023",
            "IOAS-130",
            "IOAS-131"),
        mutant(
            "table-unlisted",
            "forgets the page tables of an IOAS",
            without(IoasStep.AddHwpt.class),
            "HWPT-027",
            "HWPT-028"),
        mutant(
            "automatic-table-stays",
            "keeps the page table that an attach made",
            keeping(ATTACHMENT, ObjectType.HWPT_PAGING),
            "HWPT-032"));
  }
}
