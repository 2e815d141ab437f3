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
 * invalidations are done, with the accesses that they have to drain (INV-002, INV-010). Manual
 * 6.5.2; source: drivers/iommu/intel/dmar.c qi_submit_sync.
 */
final class InvalidationQueue {

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
  private final QueuePages pages;
  private final QueueErrors errors;
  private final SubmissionOrder order;
  private final int slots;
  private final StepLock lock;

  private boolean damaged;
  private int tail;
  private int oldest;
  private final BitSet busy = new BitSet();
  private final BitSet waits = new BitSet();

  /**
   * A queue on these pages; the unit does not know it yet.
   *
   * @param errors what is done when the queue stops
   * @param order of what is submitted together
   */
  InvalidationQueue(
      int unit,
      UnitRegisters registers,
      Memory memory,
      Steps steps,
      QueuePages pages,
      QueueErrors errors,
      SubmissionOrder order) {
    this.unit = unit;
    this.registers = registers;
    this.memory = memory;
    this.steps = steps;
    this.pages = pages;
    this.errors = errors;
    this.order = order;
    this.slots = pages.slots();
    this.lock = new StepLock("invalidation queue " + unit);
  }

  /** Makes the unit fetch from the queue. */
  void enable() {
    registers.write(Register.IQT, 0);
    registers.write(Register.IQA, pages.base());
    registers.enable(GlobalCommand.QIE);
  }

  /** Returns when the descriptor has been carried out. INV-010. */
  void submit(Atom descriptor, LongFunction<? extends Doorbell> doorbell) {
    submit(List.of(descriptor), false, doorbell);
  }

  /**
   * Returns when the descriptors have been carried out, in their order, and with {@code drains}
   * only when every page request that the unit had received is in its queue.
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
    long word = pages.word(last);
    Atom wait = InvalidationDescriptor.waitWritingStatus(word, DONE);
    List<Atom> all =
        order.inQueue(
            descriptors, drains ? InvalidationDescriptor.drainingPageRequests(wait) : wait);
    steps.perform(new ResetStatus(unit, word), step -> memory.writeInt(step.address(), PENDING));
    for (int i = 0; i < count; i++) {
      write((slot + i) % slots, all.get(i));
    }
    steps.fence(new WriteBarrier(unit));
    registers.ring(doorbell.apply((long) pages.descriptorBytes() * tail));
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
    if (!pages.wide()) { // legacy mode has no device that may fail to answer
      steps.waitFor(new InvalidationDone(unit, word), () -> memory.readInt(word) == DONE);
      return false;
    }
    boolean repeats = false;
    boolean ofAnother = false;
    for (int error = 0; error < MOST_ERRORS; error++) {
      boolean gone = ofAnother;
      steps.waitFor(
          new InvalidationDone(unit, word),
          () -> memory.readInt(word) != PENDING || registers.hasQueueError() != gone);
      int state = steps.obtain(new ReadStatus(unit, word), step -> memory.readInt(step.address()));
      if (state != PENDING) {
        return state == ABORTED || repeats;
      }
      ofAnother = false;
      if (gone) {
        continue;
      }
      steps.lock(lock);
      Outcome outcome = errors.handle(head -> repair(head, first, count), this::abort);
      steps.unlock(lock);
      if (outcome == Outcome.GIVE_UP) {
        return false;
      }
      repeats |= outcome == Outcome.REPEAT;
      ofAnother = outcome == Outcome.WAIT_FOR_ANOTHER;
    }
    throw new HangException(new InvalidationDone(unit, word));
  }

  /** Exchanges a descriptor that was refused for one that does nothing, if it is one of these. */
  private boolean repair(long head, int first, int count) {
    int slot = (int) (head / pages.descriptorBytes());
    boolean own = (slot - first + slots) % slots < count;
    if (!errors.exchanges(own)) {
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
    int stop = (int) (end / pages.descriptorBytes());
    int slot = (int) (head / pages.descriptorBytes());
    do {
      slot = (slot - 1 + slots) % slots;
      long word = pages.word(slot);
      if (waits.get(slot) && isPending(word)) {
        steps.perform(new AbortWait(unit, word), step -> memory.writeInt(step.address(), ABORTED));
      }
    } while (slot != stop);
  }

  private boolean isPending(long word) {
    return steps.obtain(new ReadStatus(unit, word), step -> memory.readInt(step.address()))
        == PENDING;
  }

  private void write(int slot, Atom given) {
    Atom descriptor = damaged ? UNKNOWN : given;
    damaged = false;
    steps.perform(
        new WriteDescriptor(unit, pages.slot(slot), descriptor),
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
