package org.iommuref.model.iommufd;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.iommuref.model.core.PageFaultGroup;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.eventq.EventQueue;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.iommufd.Processes;

/** Looks on, between any two steps, for what must never be; {@link Audit} counts what rests. */
final class Monitor {

  private final Kernel kernel;
  private final List<Context> contexts = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  Monitor(Kernel kernel) {
    this.kernel = kernel;
  }

  void watch(Context context) {
    contexts.add(context);
  }

  /**
   * Objects that ids name exist; areas are complete where they are seen, and sound; what domains
   * map is pinned; each group of page requests has one owner. Empty if so.
   */
  List<String> complaints() {
    complaints.clear();
    Set<Pages> pages = new LinkedHashSet<>();
    for (Context context : contexts) {
      for (ObjectBody body : context.objects().all()) {
        require(!body.object().lifetime().hasEnded(), "OBJ-008", body.object(), "is freed");
        if (body instanceof Ioas ioas) {
          requireSound(ioas.iopt(), pages);
        }
        if (body instanceof EventQueue queue) {
          requireOwned(queue.seenGroups());
        }
      }
    }
    requirePinned(pages);
    return List.copyOf(complaints);
  }

  /** A group waits at one place, and only until it is answered. */
  @Clause("IOPF-037")
  private void requireOwned(List<PageFaultGroup> groups) {
    for (PageFaultGroup group : groups) {
      require(!group.isAnswered(), "IOPF-037", group, "is answered and waits still");
      int places = Collections.frequency(groups, group);
      require(places == 1, "IOPF-037", group, "has " + places + " owners");
    }
  }

  /** Each frame has at least as many pins as there are pages that need it. */
  private void requirePinned(Set<Pages> all) {
    Map<Long, Integer> needed = new TreeMap<>();
    for (Pages pages : all) {
      if (pages.source().isCounted()) {
        pages.seenNeeds().values().forEach(frame -> needed.merge(frame, 1, Integer::sum));
      }
    }
    needed.forEach(
        (frame, pins) -> {
          require(frame >= 0, "PIN-006", "a page", "is needed and not pinned");
          int seen = kernel.processes().pinsOf(frame);
          require(seen >= pins, "PIN-002", "frame " + frame, "has " + seen + " pins of " + pins);
        });
  }

  private void requireSound(IoPagetable table, Set<Pages> pages) {
    for (Area area : table.seenAreas()) {
      if (area.seen().finished()) {
        pages.add(area.pages());
      }
      require(!area.isFreed(), "IOAS-134", area, "is freed and still in the tree");
      require(table.suits(area), "OPT-023", area, "is not a multiple of the map's alignment");
      require(!table.isSeenReserved(area), "IOAS-040", area, "is where IOVAs are reserved");
      for (DomainId domain : table.seenDomains()) {
        requireMapped(area, domain);
      }
    }
  }

  private void requireMapped(Area area, DomainId domain) {
    long address = kernel.core().iovaToPhys(domain, new Iova(area.iova())).bytes();
    boolean finished = area.seen().finished();
    if (finished && !area.pages().source().isDmabuf()) {
      require(address != 0, "IOAS-061", area, "is not mapped by every page table of its map");
    }
    if (finished && area.pages().source().isSeenRevoked()) {
      require(address == 0, "IOAS-086", area, "is mapped though its buffer is revoked");
    }
    if (address != 0 && area.isSeenCounted()) {
      int pins = kernel.processes().pinsOf(address / Processes.PAGE_SIZE);
      require(pins > 0, "PIN-005", area, "leads to memory that is not pinned");
    }
  }

  /** Every file is closed: no object, pin, charge, page request or warning is left. */
  List<String> complaintsOfWhatIsLeft() {
    complaints.clear();
    int files = kernel.files().count();
    require(files == 0, "OBJ-042", files + " files", "are open when everything is closed");
    require(kernel.warnings().all().isEmpty(), "OBJ-050", kernel.warnings().all(), "is warned of");
    require(kernel.accounting().isEmpty(), "OBJ-042", "a charge", "is left");
    for (Context context : contexts) {
      List<ObjectBody> left = context.objects().all();
      require(left.isEmpty(), "OBJ-042", left.size() + " objects", "are left");
    }
    List<PageFaultGroup> unanswered = kernel.core().pageFaults().seenUnanswered();
    require(unanswered.isEmpty(), "IOPF-037", unanswered, "has no answer");
    return List.copyOf(complaints);
  }

  private void require(boolean holds, String clause, Object what, String wrong) {
    if (!holds) {
      complaints.add(clause + ": " + what + " " + wrong);
    }
  }
}
