package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.vtd.driver.DriverStep.ReadPageRequest;
import org.iommuref.hw.vtd.layout.PageRequestRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one unit in which page requests of devices arrive, one page of it.
 *
 * <p>What is malformed, and what nobody listens to, is answered at once: a device waits for an
 * answer to the last request of each group. A stop marker gets none. Manual 7.4; source:
 * drivers/iommu/intel/prq.c.
 */
public class PageRequestRing {

  private static final int BYTES = 4096;
  private static final int INVALID = 1;
  private static final int FAILURE = 15;

  /** A response carries as many bits of a PASID and of a group as a request does. */
  private static final int PASIDS = (1 << 20) - 1;

  private static final int GROUPS = (1 << 9) - 1;
  private static final int READ = 1;
  private static final int WRITE = 2;
  private static final int EXECUTE = 4;
  private static final int PRIVILEGED = 8;
  private static final int USED_BITS = 57;

  private final int unit;
  private final UnitRegisters registers;
  private final Invalidations invalidations;
  private final Memory memory;
  private final Steps steps;
  private final long ring;
  private final StepLock lock;

  /** Hears of requests; whether somebody deals with it. */
  @FunctionalInterface
  protected interface Listener {

    /** Whether it is dealt with. */
    boolean hears(Rid device, PageRequest request);
  }

  /** A queue on the page {@code ring}; the unit does not know it yet. */
  public PageRequestRing(UnitParts unit, long ring) {
    this.unit = unit.index();
    this.registers = unit.registers();
    this.invalidations = unit.invalidations();
    this.memory = unit.memory();
    this.steps = unit.steps();
    this.ring = ring;
    this.lock = new StepLock("page requests " + unit.index());
  }

  /** Makes the unit use the queue. */
  final void enable() {
    registers.write(Register.PQH, 0);
    registers.write(Register.PQT, 0);
    registers.write(Register.PQA, ring);
  }

  /**
   * Takes all that has arrived, if need be when who does so already has done. PPR is cleared
   * before, so that what arrives meanwhile interrupts anew; an overflow is acknowledged when the
   * queue is empty, so that the unit goes on.
   */
  @Clause({"PRQ-002", "PRQ-004"})
  protected void take(Listener listener) {
    steps.lock(lock);
    fetch(listener);
    steps.unlock(lock);
  }

  /** The same, where nobody else does. */
  protected final void fetch(Listener listener) {
    registers.write(Register.PRS, PageRequestRegisters.PPR.mask());
    long tail = PageRequestRegisters.PQT.address(registers.read(Register.PQT));
    long head = PageRequestRegisters.PQH.address(registers.read(Register.PQH));
    while (head != tail) {
      take(read(head), listener);
      head = (head + PageRequestRegisters.BYTES) % BYTES;
    }
    registers.write(Register.PQH, tail);
    if (PageRequestRegisters.PRO.isSet(registers.read(Register.PRS))
        && PageRequestRegisters.PQT.address(registers.read(Register.PQT)) == tail) {
      registers.write(Register.PRS, PageRequestRegisters.PRO.mask());
    }
  }

  /**
   * Returns when no request of a PASID of a device, 0 for none, is under way any more, in the queue
   * or before it; {@code hardware} brings what is before it into the queue.
   */
  @Clause({"PRQ-004", "PRQ-012"})
  protected void drain(Rid device, int pasid, Runnable hardware, Listener listener) {
    if (holds(device, pasid)) {
      take(listener);
    }
    hardware.run();
    take(listener);
  }

  /** Whether a request of a PASID of a device, 0 for none, is in the queue. */
  protected final boolean holds(Rid device, int pasid) {
    long tail = PageRequestRegisters.PQT.address(registers.read(Register.PQT));
    long head = PageRequestRegisters.PQH.address(registers.read(Register.PQH));
    for (; head != tail; head = (head + PageRequestRegisters.BYTES) % BYTES) {
      Atom request = read(head);
      if (PageRequestRegisters.RID.get(request) == device.value() && pasidOf(request) == pasid) {
        return true;
      }
    }
    return false;
  }

  /** Answers a group; of one that no hardware has raised, the bits that hardware knows. */
  final void respond(Rid device, PageRequest last, PageResponse response) {
    int code =
        switch (response) {
          case SUCCESS -> 0;
          case INVALID -> INVALID;
          case FAILURE -> FAILURE;
        };
    @Nullable Integer pasid = last.hasPasid() ? last.pasid() & PASIDS : null;
    invalidations.respond(device, pasid, last.group() & GROUPS, code);
  }

  private Atom read(long head) {
    return steps.obtain(
        new ReadPageRequest(unit, ring + head), step -> memory.readAtom(step.address()));
  }

  private void take(Atom descriptor, Listener listener) {
    Rid device = new Rid((int) PageRequestRegisters.RID.get(descriptor));
    PageRequest request = decode(descriptor);
    if (isStopMarker(descriptor)) {
      return;
    }
    boolean heard = !isMalformed(descriptor) && listener.hears(device, request);
    if (!heard && request.isLast()) {
      respond(device, request, PageResponse.INVALID);
    }
  }

  /** Whether it is the end of a PASID, to which no answer is due. */
  @Clause("PRQ-009")
  protected boolean isStopMarker(Atom request) {
    return PageRequestRegisters.LPIG.isSet(request.high())
        && !PageRequestRegisters.RDR.isSet(request.high())
        && !PageRequestRegisters.WRR.isSet(request.high());
  }

  private static boolean isMalformed(Atom request) {
    long address = PageRequestRegisters.ADDR.address(request.high());
    int unused = Long.SIZE - USED_BITS;
    long extended = (address << unused) >> unused;
    boolean read = PageRequestRegisters.RDR.isSet(request.high());
    boolean write = PageRequestRegisters.WRR.isSet(request.high());
    return extended != address
        || (PageRequestRegisters.PMR.isSet(request.low()) && (read || write))
        || (PageRequestRegisters.EXR.isSet(request.low()) && read);
  }

  private static PageRequest decode(Atom request) {
    int flags =
        (PageRequestRegisters.PP.isSet(request.low()) ? PageRequest.PASID_VALID : 0)
            | (PageRequestRegisters.LPIG.isSet(request.high()) ? PageRequest.LAST_PAGE : 0);
    int perm =
        (PageRequestRegisters.RDR.isSet(request.high()) ? READ : 0)
            | (PageRequestRegisters.WRR.isSet(request.high()) ? WRITE : 0)
            | (PageRequestRegisters.EXR.isSet(request.low()) ? EXECUTE : 0)
            | (PageRequestRegisters.PMR.isSet(request.low()) ? PRIVILEGED : 0);
    return new PageRequest(
        flags,
        pasidOf(request),
        (int) PageRequestRegisters.PRGI.get(request),
        perm,
        PageRequestRegisters.ADDR.address(request.high()));
  }

  private static int pasidOf(Atom request) {
    return PageRequestRegisters.PP.isSet(request.low())
        ? new Pasid((int) PageRequestRegisters.PASID.get(request)).value()
        : PasidTables.NO_PASID;
  }
}
