package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.event.AccessPage;
import org.iommuref.hw.event.BlockDma;
import org.iommuref.hw.event.HitIotlb;
import org.iommuref.hw.event.HitPagingStructure;
import org.iommuref.hw.event.PassUntranslated;
import org.iommuref.hw.event.ReadContext;
import org.iommuref.hw.event.ReadLeaf;
import org.iommuref.hw.event.ReadNonLeaf;
import org.iommuref.hw.event.ReadPasidDirectory;
import org.iommuref.hw.event.ReadPasidEntry;
import org.iommuref.hw.event.ReadRoot;
import org.iommuref.hw.event.UpdateEntry;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.Steps;

/**
 * What is reported of requests on their way through the unit.
 *
 * <p>A walk has an event for each entry that it reads, so none is made where nobody hears of it.
 */
final class DmaEvents {

  private static final long PAGE_MASK = ~0xfffL;

  private final Steps steps;

  DmaEvents(Steps steps) {
    this.steps = steps;
  }

  private boolean heard() {
    return steps.isHeard();
  }

  private void report(Step event) {
    steps.report(event);
  }

  void passUntranslated(DmaRequest request) {
    if (heard()) {
      report(new PassUntranslated(request.slot()));
    }
  }

  void hitIotlb(DmaRequest request) {
    if (heard()) {
      report(new HitIotlb(request.slot()));
    }
  }

  void hitPagingStructure(DmaRequest request, int level) {
    if (heard()) {
      report(new HitPagingStructure(request.slot(), level));
    }
  }

  void readRoot(DmaRequest request) {
    if (heard()) {
      report(new ReadRoot(request.slot()));
    }
  }

  void readContext(DmaRequest request) {
    if (heard()) {
      report(new ReadContext(request.slot()));
    }
  }

  void readPasidDirectory(DmaRequest request) {
    if (heard()) {
      report(new ReadPasidDirectory(request.slot()));
    }
  }

  void readPasidEntry(DmaRequest request) {
    if (heard()) {
      report(new ReadPasidEntry(request.slot()));
    }
  }

  void readNonLeaf(DmaRequest request, int level, long table) {
    if (heard()) {
      report(new ReadNonLeaf(request.slot(), level, table));
    }
  }

  void readLeaf(DmaRequest request, long address) {
    if (heard()) {
      report(new ReadLeaf(request.slot(), address & PAGE_MASK));
    }
  }

  void updateEntry(DmaRequest request, int level) {
    if (heard()) {
      report(new UpdateEntry(request.slot(), level));
    }
  }

  void accessPage(DmaRequest request) {
    if (heard()) {
      report(new AccessPage(request.slot(), request.output() & PAGE_MASK));
    }
  }

  void blockDma(DmaRequest request, FaultReason reason) {
    if (heard()) {
      report(new BlockDma(request.slot(), reason.code()));
    }
  }
}
