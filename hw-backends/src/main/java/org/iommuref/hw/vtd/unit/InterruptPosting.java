package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.layout.PostedDescriptor;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.UnitMessage.Msi;
import org.jspecify.annotations.Nullable;

/**
 * The update of a posted-interrupt descriptor: one atomic access to its 64 bytes, always snooped.
 * Manual 5.2.3 and 9.11.
 */
final class InterruptPosting {

  private final InterruptRules rules;
  private final Memory memory;

  /** The descriptor in hand, as it was read. */
  private final long[] line = new long[PostedDescriptor.QUADWORDS];

  InterruptPosting(InterruptRules rules, Memory memory) {
    this.rules = rules;
    this.memory = memory;
  }

  /** Reads the descriptor of an entry: why it takes no interrupt, or null. */
  @Clause({"VTD-207", "VTD-208"})
  @Nullable FaultReason refusal(Atom entry, boolean extended) {
    long descriptor = InterruptEntry.descriptor(entry);
    if (!rules.takesPosting(memory, descriptor)) {
      return FaultReason.IR_27;
    }
    for (int i = 0; i < PostedDescriptor.QUADWORDS; i++) {
      line[i] = rules.seenOfDescriptor(i, memory.readLong(descriptor + (long) Long.BYTES * i));
    }
    for (int i = 0; i < PostedDescriptor.QUADWORDS; i++) {
      if ((line[i] & rules.reservedOfDescriptor(i, extended)) != 0) {
        return FaultReason.IR_28;
      }
    }
    return null;
  }

  /** What is to be sent for the interrupt of an entry whose descriptor was read, or null. */
  @Clause("VTD-205")
  @Nullable Msi notification(Atom entry, boolean extended) {
    long control = line[PostedDescriptor.CONTROL];
    boolean outstanding = PostedDescriptor.ON.isSet(control);
    boolean suppressed = PostedDescriptor.SN.isSet(control);
    boolean urgent = InterruptEntry.URG.isSet(entry.low());
    return rules.notifies(outstanding, suppressed, urgent)
        ? rules.notification(control, extended)
        : null;
  }

  /** Posts the interrupt of an entry whose descriptor was read: its bit, and ON if notified. */
  @Clause({"VTD-197", "VTD-204", "VTD-205"})
  void post(Atom entry, boolean notified) {
    long descriptor = InterruptEntry.descriptor(entry);
    int vector = (int) InterruptEntry.V.get(entry);
    int requests = PostedDescriptor.quadword(vector);
    store(descriptor, requests, line[requests] | 1L << vector);
    if (notified) {
      long control = line[PostedDescriptor.CONTROL];
      store(descriptor, PostedDescriptor.CONTROL, PostedDescriptor.ON.put(control, 1));
    }
  }

  private void store(long descriptor, int quadword, long value) {
    memory.writeLong(
        descriptor + (long) Long.BYTES * quadword, rules.storedInDescriptor(quadword, value));
  }
}
