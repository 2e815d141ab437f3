package org.iommuref.hw.vtd.driver;

import java.util.BitSet;
import java.util.function.LongFunction;
import org.iommuref.hw.vtd.driver.DriverStep.Doorbell;
import org.iommuref.hw.vtd.driver.DriverStep.InvalidationDone;
import org.iommuref.hw.vtd.driver.DriverStep.QueueHasRoom;
import org.iommuref.hw.vtd.driver.DriverStep.ResetStatus;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitContextInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.WriteBarrier;
import org.iommuref.hw.vtd.driver.DriverStep.WriteDescriptor;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;

/**
 * The invalidation queue of one unit.
 *
 * <p>Each call puts one descriptor into the queue with a wait descriptor behind it, rings the
 * doorbell, and returns when the wait has written its status word: only that says that the
 * invalidation is done, with the accesses that it has to drain (INV-002, INV-010). One page holds
 * 256 descriptors, another their status words. Manual 6.5.2; source: drivers/iommu/intel/dmar.c
 * qi_submit_sync.
 */
public final class InvalidationQueue {

  private static final int SLOTS = 256;
  private static final int SLOTS_EACH = 2;
  private static final int PENDING = 0;
  private static final int DONE = 1;

  private static final long ALL_BYTES = Long.MAX_VALUE;
  private static final int NO_DOMAIN = 0;

  private final int unit;
  private final UnitRegisters registers;
  private final Memory memory;
  private final Steps steps;
  private final long queue;
  private final long status;
  private final StepLock lock;

  private int tail;
  private int oldest;
  private final BitSet busy = new BitSet();

  /** A queue on the pages {@code queue} and {@code status}; the unit does not know it yet. */
  InvalidationQueue(
      int unit, UnitRegisters registers, Memory memory, Steps steps, long queue, long status) {
    this.unit = unit;
    this.registers = registers;
    this.memory = memory;
    this.steps = steps;
    this.queue = queue;
    this.status = status;
    this.lock = new StepLock("invalidation queue " + unit);
  }

  /** Makes the unit fetch from the queue. */
  void enable() {
    registers.write(Register.IQT, 0);
    registers.write(Register.IQA, queue);
    registers.enable(GlobalCommand.QIE);
  }

  /** Drops every cached context entry. */
  void invalidateContexts() {
    submitContext(InvalidationDescriptor.context(Granularity.GLOBAL, NO_DOMAIN, 0, 0), NO_DOMAIN);
  }

  /** Drops the context entry of a device that was cached with {@code domainId}. */
  public void invalidateContext(Rid device, int domainId) {
    submitContext(
        InvalidationDescriptor.context(Granularity.DEVICE, domainId, device.value(), 0), domainId);
  }

  /** Drops every cached translation. */
  void invalidateTranslations() {
    submitTranslations(
        InvalidationDescriptor.iotlb(Granularity.GLOBAL, NO_DOMAIN, 0, 0, false), NO_DOMAIN);
  }

  /** Drops every translation cached under {@code domainId}, and every pointer to a table. */
  public void invalidateDomain(int domainId) {
    submitTranslations(
        InvalidationDescriptor.iotlb(Granularity.DOMAIN, domainId, 0, 0, false), domainId);
  }

  /**
   * Drops the translations of all pages from {@code first} to {@code last} that are cached under
   * {@code domainId}; more if the unit cannot name that range.
   *
   * @param leafOnly whether pointers to tables may stay, since none was unlinked (INV-009)
   */
  @Clause({"INV-005", "INV-009", "INV-016"})
  void invalidatePages(int domainId, long first, long last, boolean leafOnly) {
    PageRange range = PageRange.covering(first, last);
    if (range.mask() > registers.capability(Capability.MAMV)
        || registers.capability(Capability.PSI) == 0) {
      invalidateDomain(domainId);
      return;
    }
    submit(
        InvalidationDescriptor.iotlb(
            Granularity.PAGE, domainId, range.start(), range.mask(), leafOnly),
        tail ->
            new SubmitInvalidation(range.start(), range.size(), leafOnly, unit, domainId, tail));
  }

  private void submitTranslations(Atom descriptor, int domainId) {
    submit(descriptor, tail -> new SubmitInvalidation(0, ALL_BYTES, false, unit, domainId, tail));
  }

  private void submitContext(Atom descriptor, int domainId) {
    submit(descriptor, tail -> new SubmitContextInvalidation(unit, domainId, tail));
  }

  /** Returns when the descriptor has been carried out. INV-010. */
  @Clause("INV-010")
  private void submit(Atom descriptor, LongFunction<Doorbell> doorbell) {
    steps.lock(lock);
    int slot = takeSlots();
    long word = status + (long) Integer.BYTES * slot;
    write(slot, descriptor);
    steps.perform(new ResetStatus(unit, word), step -> memory.writeInt(step.address(), PENDING));
    write(slot + 1, InvalidationDescriptor.waitWritingStatus(word, DONE));
    steps.fence(new WriteBarrier(unit));
    registers.ring(doorbell.apply((long) InvalidationDescriptor.BYTES * tail));
    steps.unlock(lock);
    steps.waitFor(new InvalidationDone(unit, word), () -> memory.readInt(word) == DONE);
    steps.lock(lock);
    giveBack(slot);
    steps.unlock(lock);
  }

  private void write(int slot, Atom descriptor) {
    steps.perform(
        new WriteDescriptor(unit, queue + (long) InvalidationDescriptor.BYTES * slot, descriptor),
        step -> memory.writeAtom(step.address(), step.descriptor()));
  }

  /** The first of two free slots; under the lock, which it gives up while it waits for room. */
  private int takeSlots() {
    while (!hasRoom()) {
      steps.unlock(lock);
      steps.waitFor(new QueueHasRoom(unit), this::hasRoom);
      steps.lock(lock);
    }
    int slot = tail;
    busy.set(slot);
    tail = (tail + SLOTS_EACH) % SLOTS;
    return slot;
  }

  /** Slots come back in the order of the queue: one in use holds back those behind it. */
  private void giveBack(int slot) {
    busy.clear(slot);
    while (oldest != tail && !busy.get(oldest)) {
      oldest = (oldest + SLOTS_EACH) % SLOTS;
    }
  }

  /** The unit takes a queue whose tail has reached its head for an empty one. */
  private boolean hasRoom() {
    return (tail + SLOTS_EACH) % SLOTS != oldest;
  }
}
