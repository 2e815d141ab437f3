package org.iommuref.conformance.cases.vtd;

import java.util.function.UnaryOperator;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;
import org.iommuref.spec.unit.call.UnitCall.TakeMessage;
import org.iommuref.spec.unit.call.UnitCall.WriteRegister;

/**
 * A case of a VT-d unit in the making: registers and queue as software uses them, requests of
 * devices, and the faults that they leave.
 *
 * <p>Steps before {@link #then} lead to what the case shows. Data pages by number hold a tag, by
 * which a read tells where it went. Tables are those of {@link LegacyTables} and {@link
 * ScalableTables}.
 */
final class VtdScene {

  static final long PAGE = Script.PAGE;

  /** The address that most cases use. */
  static final long IOVA = 0x12_3456_7000L;

  /** The domain id of most cases. */
  static final int DOMAIN = 5;

  /** An address that is no memory, below every host address width. */
  static final long NOWHERE = 1L << 45;

  private static final long TAG = 0xa5a5L << 48;
  private static final long VALUE = 0x0002_d00d_0000_0000L;
  private static final long DATA_STRIDE = 0x3000;
  private static final long CLEAR_FAULT = 1L << 31;

  final Script script;
  final VtdFacts facts;
  final long root;
  private final DescriptorQueue queue;
  private Requester who = Requester.FIRST;
  private long levels;
  private final FaultRing records;
  private long written = VALUE;

  VtdScene(String clause, String name, VtdFacts facts) {
    this.script = new Script(clause, name, facts);
    this.facts = facts;
    this.root = script.page();
    this.queue = new DescriptorQueue(script);
    this.records = new FaultRing(facts);
  }

  Case end() {
    return script.end();
  }

  VtdScene needs(Capability capability) {
    script.needs(capability);
    return this;
  }

  /** The case shows nothing of a unit for which this is false. */
  VtdScene only(boolean condition) {
    script.only(condition);
    return this;
  }

  /** From here on the case shows its clause. */
  VtdScene then() {
    script.shows();
    return this;
  }

  /** Several steps under one name. */
  VtdScene with(UnaryOperator<VtdScene> more) {
    return more.apply(this);
  }

  VtdScene add(UnitCall<?> call) {
    script.add(call);
    return this;
  }

  VtdScene put(long address, long value) {
    script.put(address, value);
    return this;
  }

  long page() {
    return script.page();
  }

  // Registers.

  VtdScene write(int offset, int width, long value) {
    return add(new WriteRegister(offset, width, value, Expect.ANY));
  }

  VtdScene write32(int offset, long value) {
    return write(offset, Integer.BYTES, value);
  }

  VtdScene write64(int offset, long value) {
    return write(offset, Long.BYTES, value);
  }

  /** The bits of {@code mask} must read as {@code value}. */
  VtdScene expect(int offset, int width, long mask, long value) {
    return add(new ReadRegister(offset, width, Expect.bits(mask, value)));
  }

  VtdScene expect32(int offset, long mask, long value) {
    return expect(offset, Integer.BYTES, mask, value);
  }

  VtdScene expect64(int offset, long mask, long value) {
    return expect(offset, Long.BYTES, mask, value);
  }

  /** Turns a level of GCMD on or off; GSTS must follow. */
  VtdScene level(long bit, boolean on) {
    levels = on ? levels | bit : levels & ~bit;
    if ((levels & (Registers.TE | Registers.IRE)) == 0) {
      records.restart();
    }
    write32(Registers.GCMD, levels);
    return expect32(Registers.GSTS, bit, on ? bit : 0);
  }

  /** Gives a one-shot command of GCMD; GSTS must tell that it is done. */
  VtdScene command(long bit) {
    write32(Registers.GCMD, levels | bit);
    return expect32(Registers.GSTS, bit, bit);
  }

  /** The queue on in legacy mode, the root table in force, the caches empty; translation off. */
  VtdScene ready() {
    queueOn(false);
    return useRoot(root);
  }

  /** The same in scalable mode. */
  VtdScene readyScalable() {
    only(facts.scalable());
    write64(Registers.RTADDR, scalableRoot());
    command(Registers.SRTP);
    queueOn(true);
    return forgetAll();
  }

  /** RTADDR in scalable mode. */
  long scalableRoot() {
    return root | 1L << Registers.TTM_SHIFT;
  }

  private void queueOn(boolean wideDescriptors) {
    queue.restart(wideDescriptors);
    write64(Registers.IQT, 0);
    write64(Registers.IQA, queue.base() | (wideDescriptors ? Registers.DW : 0));
    level(Registers.QIE, true);
  }

  /** Puts a root table in force, and nothing cached. Manual 6.6. */
  VtdScene useRoot(long table) {
    write64(Registers.RTADDR, table);
    command(Registers.SRTP);
    return forgetAll();
  }

  /** {@link #ready}, and translation on. */
  VtdScene start() {
    return ready().level(Registers.TE, true);
  }

  /** {@link #readyScalable}, and translation on. */
  VtdScene startScalable() {
    return readyScalable().level(Registers.TE, true);
  }

  /** Drops all that is cached. */
  VtdScene forgetAll() {
    long[] contexts = Descriptors.context(Descriptors.GLOBAL, 0, 0, 0);
    long[] translations = Descriptors.iotlb(Descriptors.GLOBAL, 0, 0, 0, false);
    return queue.isWide()
        ? submit(contexts, Descriptors.pasidCache(3, 0, 0), translations)
        : submit(contexts, translations);
  }

  // The queue.

  /** The queue that software has turned on. */
  DescriptorQueue queue() {
    return queue;
  }

  /** Puts descriptors into the queue and rings the doorbell. */
  VtdScene enqueue(long[]... descriptors) {
    queue.put(descriptors);
    return write64(Registers.IQT, queue.tail());
  }

  /** Puts descriptors into the queue with a wait behind them; the wait must complete. */
  VtdScene submit(long[]... descriptors) {
    queue.put(descriptors);
    return enqueue(queue.nextWait()).completed();
  }

  /** The last wait must have written its status. */
  VtdScene completed() {
    queue.holdsStatus(true);
    return this;
  }

  /** The last wait must not have written its status. */
  VtdScene notCompleted() {
    queue.holdsStatus(false);
    return this;
  }

  // Data.

  /** The address of a data page. */
  long page(int number) {
    return facts.memory().base() + number * DATA_STRIDE;
  }

  static long tag(int number) {
    return TAG | number;
  }

  VtdScene tagged(int... numbers) {
    for (int number : numbers) {
      put(page(number), tag(number));
    }
    return this;
  }

  /** The 8 bytes must hold the value. */
  VtdScene holds(long address, long value) {
    return holds(address, -1, value);
  }

  /** The bits of the 8 bytes must hold the value. */
  VtdScene holds(long address, long mask, long value) {
    script.holds(address, mask, value);
    return this;
  }

  // Devices.

  /** From here on this is who makes requests. */
  VtdScene by(Requester requester) {
    who = requester;
    requester.needs().forEach(script::needs);
    return this;
  }

  /** Who makes requests. */
  Requester who() {
    return who;
  }

  /** An access. */
  VtdScene access(AccessKind kind, long iova, long value, Expect expect) {
    if (kind == AccessKind.ATOMIC) {
      needs(Capability.STIMULUS_ATOMIC);
    } else if (kind == AccessKind.ZERO_LENGTH_READ || kind == AccessKind.EXECUTE) {
      needs(Capability.STIMULUS_ZERO_LENGTH_READ);
    }
    return add(who.access(kind, iova, value, expect));
  }

  /** A read must be admitted and reach that data page. */
  VtdScene reads(long iova, int number) {
    return access(AccessKind.READ, iova, 0, Expect.reads(tag(number)));
  }

  /** A read reaches the data page in force, or the one that was in force before. */
  VtdScene readsOr(long iova, int number, int stale) {
    return access(AccessKind.READ, iova, 0, Expect.reads(tag(number)).orStill(tag(stale)));
  }

  /** A read is refused, or reaches the page that was in force before. */
  VtdScene refusedOr(long iova, int stale) {
    return access(AccessKind.READ, iova, 0, Expect.REFUSED.orStill(tag(stale)));
  }

  /** A read; what comes of it is not looked at. */
  VtdScene touches(long iova) {
    return access(AccessKind.READ, iova, 0, Expect.ANY);
  }

  /** An access of a kind that reads and writes nothing to look at must be admitted. */
  VtdScene admits(AccessKind kind, long iova) {
    return access(kind, iova, 0, facts.tellsOutcomes() ? Expect.ADMITTED : Expect.ANY);
  }

  /** A write must be admitted and reach that memory. */
  VtdScene writes(long iova, long paddr) {
    written++;
    access(AccessKind.WRITE, iova, written, outcome(Expect.ADMITTED));
    return holds(paddr, written);
  }

  /** A write; whether it was admitted is not looked at. */
  VtdScene raisesWrite(long iova) {
    written++;
    return access(AccessKind.WRITE, iova, written, Expect.ANY);
  }

  private Expect outcome(Expect expect) {
    return facts.tellsOutcomes() ? expect : Expect.ANY;
  }

  /** The access must be refused for that reason and recorded; the record is given back. */
  VtdScene refuses(AccessKind kind, long iova, int reason) {
    return refusal(kind, iova).recorded(reason);
  }

  private VtdScene refusal(AccessKind kind, long iova) {
    if (kind == AccessKind.WRITE || kind == AccessKind.ATOMIC) {
      written++;
      return access(kind, iova, written, outcome(Expect.REFUSED));
    }
    return access(kind, iova, 0, outcomeOf(kind));
  }

  private Expect outcomeOf(AccessKind kind) {
    return kind == AccessKind.READ ? Expect.REFUSED : outcome(Expect.REFUSED);
  }

  /** A read must be refused for that reason. */
  VtdScene refuses(long iova, int reason) {
    return refuses(AccessKind.READ, iova, reason);
  }

  /** A write must be refused for that reason. */
  VtdScene refusesWrite(long iova, int reason) {
    return refuses(AccessKind.WRITE, iova, reason);
  }

  /** A read must be refused and leave no record. */
  VtdScene refusesSilently(long iova) {
    return access(AccessKind.READ, iova, 0, Expect.REFUSED).nothingRecorded();
  }

  /** A translation request; NW is set if the device will not write. */
  VtdScene asks(long iova, boolean noWrite, Expect expect) {
    needs(Capability.STIMULUS_ATS);
    return add(who.asks(iova, noWrite, expect));
  }

  /** The oldest message that was not taken must be as it is said; nobody takes it again. */
  VtdScene sent(Expect message) {
    return add(new TakeMessage(message));
  }

  // Faults.

  /** One fault must be recorded and nothing else; it is given back. Manual 11.4.7.6. */
  VtdScene recorded(int reason) {
    pends(reason);
    return giveBack();
  }

  /** One fault must be recorded and nothing else. */
  VtdScene pends(int reason) {
    expect32(
        Registers.FSTS,
        Registers.PPF | Registers.PFO | Registers.FRI,
        Registers.PPF | (long) records.index() << 8);
    return expect32(records.next() + 12, 1L << 31 | 0xff, 1L << 31 | reason);
  }

  /** Gives back the record that pends. */
  VtdScene giveBack() {
    clear(records.index());
    records.skip(1);
    return nothingRecorded();
  }

  /** The ring of fault recording registers. */
  FaultRing records() {
    return records;
  }

  /** Clears F of a fault recording register. */
  VtdScene clear(int index) {
    return write32(records.at(index) + 12, CLEAR_FAULT);
  }

  /** No fault may be pending. */
  VtdScene nothingRecorded() {
    return expect32(Registers.FSTS, Registers.PPF | Registers.PFO, 0);
  }
}
