package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * Primary fault logging: a ring of recording registers, the status register and the fault event.
 * Manual 7.2.1 and 7.3.
 */
@Clause({"VTD-022", "VTD-023", "VTD-024", "VTD-025", "VTD-026", "VTD-215", "VTD-217"})
final class FaultRecorder {

  /** The conditions that share the fault event. */
  private static final long EVENT_GROUP =
      FaultStatus.PFO.mask()
          | FaultStatus.PPF.mask()
          | FaultStatus.IQE.mask()
          | FaultStatus.ICE.mask()
          | FaultStatus.ITE.mask();

  private final VtdConfiguration unit;
  private final FaultRules rules;
  private final RegisterFile registers;
  private final EventInterrupt event;
  private final int ring;

  /** Of each record, whether it holds a fault; and of how many: a look at all took too long. */
  private final boolean[] full;

  private int pending;
  private int next;

  FaultRecorder(VtdParts parts, RegisterFile registers, EventInterrupt event) {
    this.unit = parts.configuration();
    this.rules = parts.faults();
    this.registers = registers;
    this.event = event;
    this.ring = unit.faultRecords();
    this.full = new boolean[ring];
    for (int i = 0; i < ring; i++) {
      int record = i;
      registers.faultRow(i, (value, written) -> recordWritten(record, value));
    }
  }

  /** Records why a request was refused. FREC-001 */
  void record(DmaRequest request, FaultReason reason) {
    if (rules.isRecorded(request, reason)) {
      long high = rules.high(request, reason);
      high |= rules.pasid(request, unit) | rules.addressType(request, unit);
      write(rules.recorded(request, reason, new Atom(rules.low(request, unit), high)));
    }
  }

  /** Records why an interrupt was refused: its index stands in bits 63:48. */
  @Clause("VTD-200")
  void recordInterrupt(int sourceId, int index, FaultReason reason) {
    Atom record = new Atom(rules.interruptLow(index), rules.interruptHigh(sourceId, reason));
    write(rules.recorded(reason, record));
  }

  private void write(Atom record) {
    boolean occupied = FaultRecording.F.isSet(registers.getAt(registers.faultOffset(next) + 8, 8));
    long status = registers.get(Register.FSTS);
    boolean overflow = FaultStatus.PFO.isSet(status);
    if (!overflow && unit.mergesFaults() && rules.mergesFirst(occupied) && isMerged(record)) {
      moveOn(false);
      return;
    }
    if (rules.isDropped(overflow, occupied)) {
      if (!overflow && rules.setsOverflow(occupied)) {
        registers.set(Register.FSTS, FaultStatus.PFO, 1);
      }
      moveOn(false);
      return;
    }
    store(next, record);
    hold(next, true);
    if (rules.setsFirst(FaultStatus.PPF.isSet(status))) {
      long index = FaultStatus.FRI.put(status, rules.firstPending(next));
      registers.set(Register.FSTS, FaultStatus.PPF.put(index, 1));
    }
    registers.changesWith(Register.FRCD);
    moveOn(true);
    if ((status & EVENT_GROUP) == 0) {
      event.raise();
    }
  }

  private void store(int index, Atom record) {
    int at = registers.faultOffset(index);
    registers.setAt(at, 8, rules.stored(0, record.low()));
    registers.setAt(at + 8, 8, rules.stored(1, record.high()));
  }

  /** Whether the fault goes with a record that is there. VTD-214 */
  private boolean isMerged(Atom fault) {
    int sourceId = (int) FaultRecording.SID.get(fault);
    for (int i = 0; i < ring; i++) {
      int at = registers.faultOffset(i);
      Atom record = new Atom(registers.getAt(at, 8), registers.getAt(at + 8, 8));
      if (rules.isMerged(sourceId, record)) {
        Atom after = rules.merged(record, fault);
        registers.setAt(at, 8, after.low());
        registers.setAt(at + 8, 8, after.high());
        return true;
      }
    }
    return false;
  }

  private void moveOn(boolean recorded) {
    if (rules.movesOn(recorded)) {
      next = next + 1 == ring ? 0 : next + 1;
    }
  }

  /** Sets an error bit of the status register that software has to see. */
  void raise(Field error) {
    boolean quiet = (registers.get(Register.FSTS) & EVENT_GROUP) == 0;
    registers.set(Register.FSTS, error, 1);
    if (quiet) {
      event.raise();
    }
  }

  /** With translation and interrupt remapping off, recording starts over at the first register. */
  @Clause("VTD-218")
  void turnedOff(boolean translates, boolean remaps) {
    if (rules.startsOver(translates, remaps)) {
      registers.changesWith(Register.FRCD);
      next = 0;
    }
  }

  /** Software cleared bits of the status register. */
  void statusCleared() {
    settleEvent(registers.get(Register.FSTS));
  }

  private void hold(int record, boolean fault) {
    if (full[record] != fault) {
      full[record] = fault;
      pending += fault ? 1 : -1;
    }
  }

  /** Software wrote a record, which may clear it: PPF is set as long as any record is left. */
  private void recordWritten(int record, long high) {
    hold(record, FaultRecording.F.isSet(high));
    long pendingNow = rules.isPending(pending != 0) ? 1 : 0;
    long status = FaultStatus.PPF.put(registers.get(Register.FSTS), pendingNow);
    registers.set(Register.FSTS, status);
    settleEvent(status);
  }

  private void settleEvent(long status) {
    if ((status & EVENT_GROUP) == 0) {
      event.settle();
    }
  }
}
