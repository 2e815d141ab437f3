package org.iommuref.model.iommufd.access;

import java.util.Arrays;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.pages.PagesSource;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.model.iommufd.pagetable.ContiguousAreas;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** Moves bytes through an access, area by area. Linux: iommufd_access_rw, iopt_pages_rw_access. */
final class AccessRw {

  private static final int PAGE_SHIFT = 12;

  private final Kernel kernel;
  private final Processes processes;
  private final IoPagetable iopt;
  private final AccessRange range;
  private final AccessTransfer transfer;
  private int moved;

  AccessRw(Kernel kernel, IoPagetable iopt, AccessRange range, AccessTransfer transfer) {
    this.kernel = kernel;
    this.processes = kernel.processes();
    this.iopt = iopt;
    this.range = range;
    this.transfer = transfer;
  }

  @Clause({"ACC-013", "ACC-021", "ACC-022", "ACC-024"})
  @Nullable Errno run() {
    iopt.iovaRwsem().downRead();
    try {
      ContiguousAreas areas = new ContiguousAreas(iopt, range.iova(), range.last());
      for (Area area = areas.first(); area != null; area = areas.next()) {
        AreaOnAccess reached = new AreaOnAccess(area, areas, transfer.write());
        Errno failure = AreaOnAccess.RW.refusal(kernel, reached);
        if (failure == null) {
          int length = (int) (areas.lastIn() - areas.iova() + 1);
          failure = move(area.pages(), area.startByte(areas.iova()), length);
        }
        if (failure != null) {
          return failure;
        }
      }
      return areas.isDone() ? null : Errno.ENOENT;
    } finally {
      iopt.iovaRwsem().upRead();
    }
  }

  /** iopt_pages_rw_access. */
  @Clause({"ACC-023", "ACC-025", "ACC-026", "ACC-027"})
  private @Nullable Errno move(Pages pages, long startByte, int length) {
    PagesSource source = pages.source();
    ProcessId owner = pages.owner().process();
    if (source.isFile()) {
      return moveSlowly(pages, startByte, length);
    }
    if (!transfer.slow() && transfer.caller().equals(owner)) {
      return moveInMemory(owner, source.base() + startByte, length);
    }
    boolean onePage = startByte >>> PAGE_SHIFT == (startByte + length - 1) >>> PAGE_SHIFT;
    return onePage && processes.isAlive(owner)
        ? movePage(owner, source.base() + startByte, length)
        : moveSlowly(pages, startByte, length);
  }

  /** Through the address space of the caller, whatever is pinned. */
  private @Nullable Errno moveInMemory(ProcessId owner, long address, int length) {
    if (transfer.write()) {
      return processes.copyOut(owner, address, take(length)).errno();
    }
    Result<byte[]> read = processes.copyIn(owner, address, length);
    if (read.isOk()) {
      give(read.value());
    }
    return read.errno();
  }

  /** iopt_pages_rw_page: one page of another process, whatever is pinned. */
  private @Nullable Errno movePage(ProcessId owner, long address, int length) {
    if (kernel.fails("injected into the access to a page")) {
      return Errno.EINVAL;
    }
    int offset = (int) (address & (Processes.PAGE_SIZE - 1));
    Result<long[]> pinned = processes.pin(owner, address - offset, 1, transfer.write());
    if (!pinned.isOk()) {
      return pinned.errno();
    }
    moveFrame(pinned.value()[0], offset, length);
    processes.unpin(pinned.value());
    return null;
  }

  /** iopt_pages_rw_slow: the frames that devices see, pinned where nobody has pinned them. */
  private @Nullable Errno moveSlowly(Pages pages, long startByte, int length) {
    pages.mutex().lock();
    try {
      long at = startByte;
      long end = startByte + length;
      while (at != end) {
        int offset = (int) (at & (Processes.PAGE_SIZE - 1));
        int part = (int) Math.min(end - at, Processes.PAGE_SIZE - offset);
        long index = at >>> PAGE_SHIFT;
        Errno failure = pages.load(index, index);
        if (failure != null) {
          return failure;
        }
        moveFrame(pages.runs(index, index).get(0).frame(), offset, part);
        pages.dropUnneeded(index, index);
        at += part;
      }
      return null;
    } finally {
      pages.mutex().unlock();
    }
  }

  private void moveFrame(long frame, int offset, int length) {
    if (transfer.write()) {
      processes.writeFrame(frame, offset, take(length));
    } else {
      give(processes.readFrame(frame, offset, length));
    }
  }

  private byte[] take(int length) {
    moved += length;
    return Arrays.copyOfRange(transfer.buffer(), moved - length, moved);
  }

  private void give(byte[] read) {
    System.arraycopy(read, 0, transfer.buffer(), moved, read.length);
    moved += read.length;
  }
}
