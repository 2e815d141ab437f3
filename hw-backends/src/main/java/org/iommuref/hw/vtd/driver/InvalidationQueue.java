package org.iommuref.hw.vtd.driver;

import java.util.BitSet;
import java.util.List;
import java.util.function.LongFunction;
import org.iommuref.hw.vtd.driver.DriverStep.AbortWait;
import org.iommuref.hw.vtd.driver.DriverStep.Doorbell;
import org.iommuref.hw.vtd.driver.DriverStep.InvalidationDone;
import org.iommuref.hw.vtd.driver.DriverStep.QueueHasRoom;
import org.iommuref.hw.vtd.driver.DriverStep.ReadStatus;
import org.iommuref.hw.vtd.driver.DriverStep.ResetStatus;
import org.iommuref.hw.vtd.driver.DriverStep.WriteBarrier;
import org.iommuref.hw.vtd.driver.DriverStep.WriteDescriptor;
import org.iommuref.hw.vtd.driver.QueueErrors.Outcome;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.HangException;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;

/**
 * The invalidation queue of one unit.
 *
 * <p>Each call puts descriptors into the queue with a wait descriptor behind them, rings the
 * doorbell, and returns when the wait has written its status word: only that says that the
 * invalidations are done, with the accesses that they have to drain (INV-002, INV-010). One page
 * holds 256 descriptors, or 128 of those of scalable mode, whose upper halves stay zero; another
 * page holds their status words. Manual 6.5.2; source: drivers/iommu/intel/dmar.c qi_submit_sync.
 */
final class InvalidationQueue {

  private static final int BYTES = 4096;
  private static final int PENDING = 0;
  private static final int DONE = 1;
  private static final int ABORTED = 3;

  /** No type of descriptor has number 0. */
  private static final Atom UNKNOWN = new Atom(0, 0);

  /** After as many errors nothing that software does ends them. */
  private static final int MOST_ERRORS = 1_000;

  private final int unit;
  private final UnitRegisters registers;
  private final Memory memory;
  private final Steps steps;
  private final long queue;
  private final long status;
  private final boolean wide;
  private final QueueErrors errors;
  private final int slots;
  private final StepLock lock;

  private boolean damaged;
  private int tail;
  private int oldest;
  private final BitSet busy = new BitSet();
  private final BitSet waits = new BitSet();

  /**
   * A queue on the pages {@code queue} and {@code status}; the unit does not know it yet.
   *
   * @param wide whether descriptors have 256 bits, as scalable mode wants them
   * @param errors what is done when the queue stops
   */
  InvalidationQueue(
      int unit,
      UnitRegisters registers,
      Memory memory,
      Steps steps,
      long queue,
      long status,
      boolean wide,
      QueueErrors errors) {
    this.errors = errors;
    this.unit = unit;
    this.registers = registers;
    this.memory = memory;
    this.steps = steps;
    this.queue = queue;
    this.status = status;
    this.wide = wide;
    this.slots = BYTES / descriptorBytes();
    this.lock = new StepLock("invalidation queue " + unit);
  }

  /** Makes the unit fetch from the queue. */
  void enable() {
    registers.write(Register.IQT, 0);
    registers.write(Register.IQA, wide ? queue | QueueRegisters.DW.mask() : queue);
    registers.enable(GlobalCommand.QIE);
  }

  /** Returns when the descriptor has been carried out. INV-010. */
  void submit(Atom descriptor, LongFunction<? extends Doorbell> doorbell) {
    submit(List.of(descriptor), doorbell);
  }

  /** Returns when the descriptors have been carried out, in their order. INV-010. */
  void submit(List<Atom> descriptors, LongFunction<? extends Doorbell> doorbell) {
    submit(descriptors, false, doorbell);
  }

  /**
   * The same, and with {@code drains} only when every page request that the unit had received is in
   * its queue.
   */
  @Clause("INV-010")
  void submit(List<Atom> descriptors, boolean drains, LongFunction<? extends Doorbell> doorbell) {
    boolean again = true;
    while (again) {
      again = submitOnce(descriptors, drains, doorbell);
    }
  }

  /** Whether it was aborted, and has to be submitted anew. */
  private boolean submitOnce(
      List<Atom> descriptors, boolean drains, LongFunction<? extends Doorbell> doorbell) {
    int count = descriptors.size() + 1;
    steps.lock(lock);
    int slot = takeSlots(count);
    int last = (slot + count - 1) % slots;
    long word = wordOf(last);
    for (int i = 0; i < descriptors.size(); i++) {
      write((slot + i) % slots, descriptors.get(i));
    }
    steps.perform(new ResetStatus(unit, word), step -> memory.writeInt(step.address(), PENDING));
    Atom wait = InvalidationDescriptor.waitWritingStatus(word, DONE);
    write(last, drains ? InvalidationDescriptor.drainingPageRequests(wait) : wait);
    steps.fence(new WriteBarrier(unit));
    registers.ring(doorbell.apply((long) descriptorBytes() * tail));
    waits.set(last);
    steps.unlock(lock);
    boolean aborted = await(word, slot, count);
    steps.lock(lock);
    waits.clear(last);
    giveBack(slot, count);
    steps.unlock(lock);
    return aborted;
  }

  /** Returns when a submission is done or given up; true if it was aborted. */
  private boolean await(long word, int first, int count) {
    if (!wide) { // legacy mode has no device that may fail to answer
      steps.waitFor(new InvalidationDone(unit, word), () -> memory.readInt(word) == DONE);
      return false;
    }
    boolean repeats = false;
    for (int error = 0; error < MOST_ERRORS; error++) {
      steps.waitFor(
          new InvalidationDone(unit, word),
          () -> memory.readInt(word) != PENDING || registers.hasQueueError());
      int state = steps.obtain(new ReadStatus(unit, word), step -> memory.readInt(step.address()));
      if (state != PENDING) {
        return state == ABORTED || repeats;
      }
      steps.lock(lock);
      Outcome outcome = errors.handle(head -> repair(head, first, count), this::abort);
      steps.unlock(lock);
      if (outcome == Outcome.GIVE_UP) {
        return false;
      }
      repeats |= outcome == Outcome.REPEAT;
    }
    throw new HangException(new InvalidationDone(unit, word));
  }

  /** Exchanges a descriptor that was refused for one that does nothing, if it is one of these. */
  private boolean repair(long head, int first, int count) {
    int slot = (int) (head / descriptorBytes());
    if ((slot - first + slots) % slots >= count) {
      return false;
    }
    write(slot, InvalidationDescriptor.fence());
    return true;
  }

  /** Makes the next descriptor one that no unit knows. */
  void damageNext() {
    damaged = true;
  }

  /** Marks each submission as aborted that the unit has fetched and not done: head backwards. */
  private void abort(long head, long end) {
    int stop = (int) (end / descriptorBytes());
    int slot = (int) (head / descriptorBytes());
    do {
      slot = (slot - 1 + slots) % slots;
      long word = wordOf(slot);
      if (waits.get(slot) && isPending(word)) {
        steps.perform(new AbortWait(unit, word), step -> memory.writeInt(step.address(), ABORTED));
      }
    } while (slot != stop);
  }

  private boolean isPending(long word) {
    return steps.obtain(new ReadStatus(unit, word), step -> memory.readInt(step.address()))
        == PENDING;
  }

  private long wordOf(int slot) {
    return status + (long) Integer.BYTES * slot;
  }

  private int descriptorBytes() {
    return wide ? 2 * InvalidationDescriptor.BYTES : InvalidationDescriptor.BYTES;
  }

  private void write(int slot, Atom given) {
    Atom descriptor = damaged ? UNKNOWN : given;
    damaged = false;
    steps.perform(
        new WriteDescriptor(unit, queue + (long) descriptorBytes() * slot, descriptor),
        step -> memory.writeAtom(step.address(), step.descriptor()));
  }

  /** The first of free slots; under the lock, which it gives up while it waits for room. */
  private int takeSlots(int count) {
    while (!hasRoom(count)) {
      steps.unlock(lock);
      steps.waitFor(new QueueHasRoom(unit), () -> hasRoom(count));
      steps.lock(lock);
    }
    int slot = tail;
    for (int i = 0; i < count; i++) {
      busy.set((slot + i) % slots);
    }
    tail = (tail + count) % slots;
    return slot;
  }

  /** Slots come back in the order of the queue: one in use holds back those behind it. */
  private void giveBack(int slot, int count) {
    for (int i = 0; i < count; i++) {
      busy.clear((slot + i) % slots);
    }
    while (oldest != tail && !busy.get(oldest)) {
      oldest = (oldest + 1) % slots;
    }
  }

  /** The unit takes a queue whose tail has reached its head for an empty one. */
  private boolean hasRoom(int count) {
    return (oldest - tail - 1 + slots) % slots >= count;
  }
}
