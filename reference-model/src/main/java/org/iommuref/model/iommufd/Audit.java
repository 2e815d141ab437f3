package org.iommuref.model.iommufd;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.eventq.EventQueue;
import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.kernel.AccountMode;
import org.iommuref.model.iommufd.kernel.Accounting;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.pages.PageRange;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;

/**
 * Counts a kernel's pins, charges and mappings anew, from its areas and accesses, and says where
 * they disagree with the counts that were kept.
 *
 * <p>To be asked between two calls, when nothing is half done, and beside what {@link Monitor}
 * finds at any time.
 */
final class Audit {

  private static final int PAGE_SHIFT = 12;

  private final Kernel kernel;
  private final Map<Pages, Use> uses = new LinkedHashMap<>();
  private final Map<Long, Integer> pins = new HashMap<>();
  private final Map<ProcessId, Long> pinned = new HashMap<>();
  private final Map<ProcessId, Long> locked = new HashMap<>();
  private final Map<Integer, Long> lockedByUser = new HashMap<>();
  private final List<String> complaints = new ArrayList<>();
  private int groups;

  /** Who uses pages: page tables by ranges, accesses by pins. */
  private static final class Use {
    private final BitSet needed = new BitSet();
    private long pins;

    private void need(long first, long last) {
      needed.set((int) first, (int) last + 1);
    }
  }

  Audit(Kernel kernel) {
    this.kernel = kernel;
  }

  List<String> complaints() {
    for (OpenFile file : kernel.files().all()) {
      if (file instanceof ContextFile opened) {
        examine(opened.context());
      }
    }
    uses.forEach(this::examine);
    compareCounts();
    int unanswered = kernel.core().pageFaults().seenUnanswered().size();
    complainIf(unanswered != groups, "IOPF-037: a group without an answer waits in no queue");
    return complaints;
  }

  private void examine(Context context) {
    for (ObjectBody body : context.objects().all()) {
      int lasting = body instanceof Device device && device.vdevice() != null ? 1 : 0;
      complainIf(
          body.object().waitCount() != 1 + lasting,
          "OBJ-013: held for short though no call is under way",
          body.object());
      if (body instanceof Ioas ioas) {
        examine(ioas.iopt());
      }
      if (body instanceof EventQueue queue) {
        groups += queue.seenGroups().size();
      }
    }
  }

  private void examine(IoPagetable table) {
    for (Area area : table.seenAreas()) {
      complainIf(!area.seen().finished(), "half built though no call is under way", area);
      if (area.seen().finished()) {
        examine(table, area);
      }
    }
  }

  @Clause({"PIN-001", "IOAS-086"})
  private void examine(IoPagetable table, Area area) {
    Use use = uses.computeIfAbsent(area.pages(), pages -> new Use());
    use.pins += area.seen().accesses();
    boolean stored = area.seenStorageDomain() != null;
    complainIf(stored == table.seenDomains().isEmpty(), "its frames are misplaced", area);
    if (stored) {
      use.need(area.firstIndex(), area.lastIndex());
      complainIf(
          !table.seenDomains().contains(area.seenStorageDomain()),
          "its frames are in a domain that is gone",
          area);
    }
    for (DomainId domain : table.seenDomains()) {
      examine(domain, area, area.iova());
      examine(domain, area, area.last());
      long behind = area.last() + 1;
      boolean free = behind != 0 && table.firstArea(behind, behind) == null;
      complainIf(free && physical(domain, behind) != 0, "MAP-019: mapped behind its end", area);
    }
  }

  private void examine(DomainId domain, Area area, long iova) {
    long index = area.indexOf(iova);
    long expected = 0;
    if (!area.pages().source().isRevoked() && area.pages().isPresent(index)) {
      long offset = area.startByte(iova) & (Processes.PAGE_SIZE - 1);
      expected = (area.pages().seenFrame(index) << PAGE_SHIFT) + offset;
    }
    complainIf(
        physical(domain, iova) != expected, "PIN-001: not mapped to its page", new Iova(iova));
  }

  private long physical(DomainId domain, long iova) {
    return kernel.core().iovaToPhys(domain, new Iova(iova)).bytes();
  }

  @Clause({"PIN-001", "IOAS-084"})
  private void examine(Pages pages, Use use) {
    List<PageRange> ofAccesses = pages.pinnedByAccesses();
    ofAccesses.forEach(range -> use.need(range.first(), range.last()));
    complainIf(ofAccesses.size() != use.pins, "areas and pages count pins of accesses apart");
    complainIf(
        use.needed.cardinality() != pages.present(), "PIN-001: present is not what is needed");
    boolean counted = pages.source().isCounted();
    long expected = counted ? pages.present() : 0;
    complainIf(pages.charged() != expected, "PIN-016: pages are pinned and not counted");
    for (int index = use.needed.nextSetBit(0); index >= 0; index = next(use, index)) {
      complainIf(!pages.isPresent(index), "PIN-001: a page is needed and not present", index);
      if (counted && pages.isPresent(index)) {
        pins.merge(pages.seenFrame(index), 1, Integer::sum);
      }
    }
    if (counted) {
      charge(pages);
    }
  }

  private static int next(Use use, int index) {
    return use.needed.nextSetBit(index + 1);
  }

  private void charge(Pages pages) {
    pinned.merge(pages.owner().process(), pages.charged(), Long::sum);
    if (pages.accountMode() == AccountMode.USER) {
      lockedByUser.merge(pages.owner().user(), pages.charged(), Long::sum);
    } else if (pages.accountMode() == AccountMode.MM) {
      locked.merge(pages.owner().process(), pages.charged(), Long::sum);
    }
  }

  private void compareCounts() {
    Accounting accounting = kernel.accounting();
    pins.forEach(
        (frame, count) ->
            complainIf(
                kernel.processes().pinsOf(frame) != count,
                "PIN-001: a frame has other pins than users",
                frame));
    pinned.forEach(
        (process, pages) ->
            complainIf(accounting.pinned(process) != pages, "PIN-016: VmPin", process));
    locked.forEach(
        (process, pages) ->
            complainIf(accounting.locked(process) != pages, "PIN-017: VmLck", process));
    lockedByUser.forEach(
        (user, pages) ->
            complainIf(accounting.lockedBy(user) != pages, "PIN-013: locked by a user", user));
    long all = pinned.values().stream().mapToLong(Long::longValue).sum();
    complainIf(accounting.allPinned() != all, "PIN-018: more is charged than pages are pinned");
  }

  private void complainIf(boolean wrong, String what) {
    if (wrong) {
      complaints.add(what);
    }
  }

  private void complainIf(boolean wrong, String what, Object where) {
    if (wrong) {
      complaints.add(what + ": " + where);
    }
  }
}
