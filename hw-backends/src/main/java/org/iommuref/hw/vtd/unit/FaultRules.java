package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;

/** What is recorded of a fault, and when. Manual 7.2.1 and 11.4.7.6. */
public interface FaultRules {

  /** Whether a fault is recorded at all: FPD silences those that are qualified. */
  @Clause("VTD-021")
  default boolean isRecorded(DmaRequest request, FaultReason reason) {
    return !isSilenced(reason, request.faultsSilenced());
  }

  /** Whether FPD of what the request met keeps a fault out of the log: a qualified one. */
  @Clause("VTD-021")
  default boolean isSilenced(FaultReason reason, boolean fpd) {
    return fpd && reason.qualified();
  }

  /** A quadword of a record as the register holds it: 0 for the low one, 1 for the high one. */
  default long stored(int quadword, long value) {
    return value;
  }

  /** The record of a request: what its parts make up. */
  default Atom recorded(DmaRequest request, FaultReason reason, Atom record) {
    return record;
  }

  /** The record of an interrupt: what its parts make up. */
  default Atom recorded(FaultReason reason, Atom record) {
    return record;
  }

  /** Whether a fault is dropped: while PFO is set, and where its register holds one already. */
  @Clause({"VTD-025", "VTD-026"})
  default boolean isDropped(boolean overflow, boolean occupied) {
    return overflow || occupied;
  }

  /** Whether a fault that is dropped for want of a free register sets PFO. */
  @Clause({"VTD-025", "FREC-006"})
  default boolean setsOverflow(boolean occupied) {
    return occupied;
  }

  /**
   * Whether a fault is merged with a record that is there, in a unit that merges: a pending one of
   * its requester.
   */
  @Clause({"VTD-214", "VTD-215", "VTD-216"})
  default boolean isMerged(int sourceId, Atom record) {
    return FaultRecording.F.isSet(record.high()) && FaultRecording.SID.get(record) == sourceId;
  }

  /** Whether a fault that can be merged is, before a free register is looked for: always. */
  @Clause("VTD-215")
  default boolean mergesFirst(boolean occupied) {
    return true;
  }

  /** A record that another fault was merged with: as it was. */
  @Clause("VTD-215")
  default Atom merged(Atom record, Atom fault) {
    return record;
  }

  /** Whether the index of the next record moves: with a fault that was recorded. */
  @Clause({"VTD-023", "VTD-026", "VTD-215"})
  default boolean movesOn(boolean recorded) {
    return recorded;
  }

  /** Whether the index goes back to 0: without translation and without remapping of interrupts. */
  @Clause("VTD-218")
  default boolean startsOver(boolean translates, boolean remaps) {
    return !translates && !remaps;
  }

  /** Whether a fault that is recorded sets FRI: not while another is pending. */
  @Clause({"VTD-023", "VTD-217"})
  default boolean setsFirst(boolean pending) {
    return !pending;
  }

  /** FRI when a fault is recorded while none is pending: the index of its record. */
  @Clause("VTD-023")
  default int firstPending(int index) {
    return index;
  }

  /** PPF after software cleared a record: set as long as any is left. */
  @Clause("VTD-024")
  default boolean isPending(boolean anyLeft) {
    return anyLeft;
  }

  /** The low half of the record: the page of the address, as wide as the widest second stage. */
  @Clause({"VTD-022", "VTD-213", "FREC-003"})
  default long low(DmaRequest request, VtdConfiguration unit) {
    long wide = (1L << unit.widestAddressBits()) - 1;
    return FaultRecording.FI.address(request.iova() & wide);
  }

  /** What the high half of the record tells of the PASID, where the unit knows PASIDs. */
  @Clause("VTD-125")
  default long pasid(DmaRequest request, VtdConfiguration unit) {
    if (!unit.has(ExtendedCapability.PASID) || !request.hasPasid()) {
      return 0;
    }
    long fields = FaultRecording.PP.mask() | FaultRecording.PV.put(0, request.pasid());
    fields |= request.isPrivileged() ? FaultRecording.PRIV.mask() : 0;
    return fields | (request.kind() == AccessKind.EXECUTE ? FaultRecording.EXE.mask() : 0);
  }

  /** What the high half of the record tells of the address type, where there are device-TLBs. */
  @Clause("VTD-184")
  default long addressType(DmaRequest request, VtdConfiguration unit) {
    if (!unit.has(ExtendedCapability.DT)) {
      return 0;
    }
    return switch (request.addressType()) {
      case UNTRANSLATED -> 0;
      case TRANSLATION_REQUEST -> FaultRecording.AT.put(0, 1);
      case TRANSLATED -> FaultRecording.AT.put(0, 2);
    };
  }

  /** The low half of the record of an interrupt: its index in bits 63:48. */
  @Clause("VTD-200")
  default long interruptLow(int index) {
    return (long) index << 48;
  }

  /** The high half of the record of an interrupt. */
  @Clause("VTD-200")
  default long interruptHigh(int sourceId, FaultReason reason) {
    long high = FaultRecording.F.mask() | FaultRecording.FR.put(0, reason.code());
    return FaultRecording.SID.put(high, sourceId);
  }

  /** The high half of the record, with F: requester, type, reason. */
  @Clause({"VTD-022", "VTD-212", "VTD-213", "FREC-002", "FREC-004"})
  default long high(DmaRequest request, FaultReason reason) {
    boolean reads = request.kind().needsRead() && !request.isPageRequest();
    boolean atomic = request.kind() == AccessKind.ATOMIC || request.isPageRequest();
    long high = FaultRecording.F.mask() | FaultRecording.FR.put(0, reason.code());
    high |= reads ? FaultRecording.T1.mask() : 0;
    high |= atomic ? FaultRecording.T2.mask() : 0;
    return FaultRecording.SID.put(high, request.sourceId());
  }
}
