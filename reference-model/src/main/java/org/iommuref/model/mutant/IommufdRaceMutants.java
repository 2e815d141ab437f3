package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.WithoutLock.Who.ALL;
import static org.iommuref.model.mutant.WithoutLock.Who.READERS;
import static org.iommuref.model.mutant.WithoutLock.Who.WRITERS;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.iommuref.model.core.FaultStep;
import org.iommuref.model.iommufd.SteppedMock;
import org.iommuref.model.iommufd.access.Access;
import org.iommuref.model.iommufd.access.AccessStep;
import org.iommuref.model.iommufd.device.DeviceStep;
import org.iommuref.model.iommufd.device.IommufdGroup;
import org.iommuref.model.iommufd.eventq.EventQueue;
import org.iommuref.model.iommufd.eventq.EventStep;
import org.iommuref.model.iommufd.eventq.GroupDelivery;
import org.iommuref.model.iommufd.file.FileStep;
import org.iommuref.model.iommufd.ioas.IoasChangeProcess;
import org.iommuref.model.iommufd.object.CountStep;
import org.iommuref.model.iommufd.object.ObjectTable;
import org.iommuref.model.iommufd.object.WaitForHolders;
import org.iommuref.model.iommufd.pages.BufferStep;
import org.iommuref.model.iommufd.pages.PageStep;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.pagetable.AreaOnRemoval;
import org.iommuref.model.iommufd.pagetable.AreaStep;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.model.iommufd.viommu.MmapRegions;
import org.iommuref.model.mock.MockStep;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;

/**
 * The races of iommufd, each as the order of steps or the missing lock that makes it; {@code
 * scenarios/README.md} says what the numbers stand for.
 */
public final class IommufdRaceMutants implements MutantProvider {

  @Override
  public List<Mutant> mutants() {
    return List.of();
  }

  @Override
  public List<Mutant> raceMutants() {
    return Stream.of(objects(), queues(), accesses(), areas()).flatMap(List::stream).toList();
  }

  private static List<Mutant> objects() {
    return List.of(
        mutant(
            "r105-wait-count-first",
            "whoever lets go of an object drops its short hold before its reference",
            "OBJ-013 OBJ-050",
            RacyIommufd.late(CountStep.DropShort.class, CountStep.EndWait.class)),
        mutant(
            "r106-free-without-waiting",
            "an object is freed while somebody still lets go of it",
            "OBJ-013 OBJ-050",
            RacyIommufd.without(WaitForHolders.class)),
        mutant(
            "r108-lookup-without-lock",
            "an object is looked up and destroyed without the lock of the table",
            "OBJ-008 OBJ-050",
            RacyIommufd.without(ObjectTable.XA_LOCK, ALL)),
        mutant(
            "r108-put-before-lock",
            "the last user lets go of an object before it locks the table to destroy it",
            "OBJ-011 OBJ-050",
            RacyIommufd.split(ObjectTable.XA_LOCK, CountStep.Drop.class)),
        mutant(
            "r108-hold-after-put",
            "an attach refers to its page table after it has let go of it",
            "OBJ-029 OBJ-050",
            RacyIommufd.late(CountStep.Hold.class, CountStep.EndWait.class)),
        mutant(
            "r109-file-released-under-a-call",
            "a call does not hold the file that it is made on",
            "UAPI-021 OBJ-050",
            RacyIommufd.without(FileStep.HoldFile.class, FileStep.EndCall.class)),
        mutant(
            "r110-mmap-without-lock",
            "a region is found and its owner held without a lock",
            "UAPI-078 OBJ-050",
            RacyIommufd.without(MmapRegions.MT_LOCK, ALL)),
        mutant(
            "r111-publish-before-complete",
            "an id names its object before the object is complete",
            "OBJ-005 IOAS-061 OBJ-050",
            RacyIommufd.keeping(EarlyTable::new)));
  }

  private static List<Mutant> queues() {
    return List.of(
        mutant(
                "r93-answer-without-mutex",
                "a group of page requests is answered without the mutex of its queue",
                "IOPF-020 IOPF-037",
                RacyIommufd.without(EventQueue.MUTEX, ALL))
            .ofRaces("R91", "R93"),
        mutant(
            "r112-read-goes-on",
            "a read goes on with the group that it could not write to its buffer",
            "IOPF-018 IOPF-020",
            RacyIommufd.unchecked(GroupDelivery.ENDS, "IOPF-018")),
        mutant(
            "r112-group-not-put-back",
            "a group that could not be written to its reader is forgotten",
            "IOPF-018 IOPF-037",
            RacyIommufd.without(EventStep.PutBack.class)),
        mutant(
            "r114-one-lock",
            "a page request waits for the mutex of readers",
            "IOPF-040",
            RacyIommufd.ordered(
                steps -> new OneLock(steps, Set.of(EventQueue.LOCK, EventQueue.MUTEX)))),
        mutant(
            "r115-answer-before-drain",
            "a detach answers page requests while others are still on their way",
            "IOPF-031 IOPF-032",
            RacyIommufd.without(FaultStep.DrainReports.class)),
        mutant(
                "r116-without-group-lock",
                "virtual devices and attachments go without the lock of their device's group",
                "VIOMMU-021 DEV-024 OBJ-050",
                RacyIommufd.without(IommufdGroup.LOCK, ALL))
            .ofRaces("R116", "R120"),
        mutant(
            "r116-unbind-without-mark",
            "a device that is being unbound still takes a virtual device",
            "VIOMMU-016 OBJ-013",
            RacyIommufd.without(DeviceStep.MarkDestroying.class)),
        mutant(
            "r117-count-without-lock",
            "events are queued, taken and counted without a lock",
            "VEVENTQ-019 VEVENTQ-029",
            RacyIommufd.without(EventQueue.LOCK, ALL)));
  }

  private static List<Mutant> accesses() {
    return List.of(
        mutant(
            "r118-ioas-without-lock",
            "an access looks at its IOAS without its lock",
            "ACC-009 OBJ-050",
            RacyIommufd.without(Access.IOAS_LOCK, ALL)),
        mutant(
            "r119-pins-stopped-late",
            "an access that moves is closed only when others may use it again",
            "ACC-009 ACC-010 OBJ-050",
            RacyIommufd.late(AccessStep.StopPins.class, Access.IOAS_LOCK)),
        mutant(
            "r121-pin-counted-late",
            "a pin of an access is counted when its area can be removed again",
            "ACC-021 IOAS-124 OBJ-050",
            RacyIommufd.late(AreaStep.CountPin.class, IoPagetable.IOVA_RWSEM)));
  }

  private static List<Mutant> areas() {
    return List.of(
        mutant(
            "r122-pages-without-mutex",
            "pages are pinned and unpinned without their mutex",
            "PIN-001 PIN-005 PIN-006",
            RacyIommufd.without(Pages.MUTEX, ALL)),
        mutant(
            "r124-cut-without-mutex",
            "others look at pages while the range of an area that is cut is not in their index",
            "VFIO-035 PIN-005 PIN-006",
            RacyIommufd.split(Pages.MUTEX, PageStep.TakeRangeOut.class)),
        mutant(
            "r133-dirty-cleared-later",
            "an entry that is dirty is asked in one step and cleared in another",
            "DIRTY-019 DIRTY-029",
            RacyIommufd.ordered(SplitClear::new)),
        mutant(
            "r122-unpinned-before-unmap",
            "a page table forgets a mapping when its pages are unpinned already",
            "PIN-005",
            RacyIommufd.late(MockStep.UnmapRange.class, PageStep.DropUnneeded.class)),
        mutant(
            "r128-revocation-marked-late",
            "a buffer that is revoked is marked when its pages can be mapped again",
            "IOAS-086 IOAS-088",
            RacyIommufd.late(BufferStep.MarkRevoked.class, Pages.MUTEX)),
        mutant(
            "r125-change-of-incomplete-area",
            "a change of process takes areas for complete that are in the making",
            "PIN-026 IOAS-060",
            RacyIommufd.unchecked(IoasChangeProcess.AREA, "PIN-026")),
        mutant(
            "r125-unmap-of-incomplete-area",
            "an unmap takes areas for complete that are in the making",
            "IOAS-059 IOAS-060",
            RacyIommufd.unchecked(AreaOnRemoval.CHECKS, "IOAS-059")),
        mutant(
            "r125-fill-without-domains-rwsem",
            "an area is filled into the page tables of its map without their lock",
            "IOAS-056 IOAS-061",
            RacyIommufd.without(IoPagetable.DOMAINS_RWSEM, READERS)),
        mutant(
            "r125-insert-without-iova-rwsem",
            "areas and reserved ranges are inserted without the lock of the map",
            "IOAS-040 IOAS-134 OPT-019 OPT-023",
            RacyIommufd.without(IoPagetable.IOVA_RWSEM, WRITERS)),
        mutant(
            "r126-area-without-iova-rwsem",
            "an area is found and used without the lock of the map",
            "IOAS-121 PIN-018 OBJ-050",
            RacyIommufd.without(IoPagetable.IOVA_RWSEM, READERS)));
  }

  private static Mutant mutant(String name, String title, String clauses, RacyIommufd iommufd) {
    return new Mutant.OfSteppedIommufd(
            "iommufd-" + name, title, IdealMutants.clauses(clauses), SteppedMock.NAME, iommufd)
        .ofRaces(name.substring(0, name.indexOf('-')).toUpperCase(Locale.ROOT));
  }
}
