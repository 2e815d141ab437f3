package org.iommuref.hw.vtd.unit;

import java.util.function.Consumer;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.UnitMessage.DeviceTlbInvalidation;
import org.jspecify.annotations.Nullable;

/**
 * The invalidations that devices have not completed yet, by ITag, and what becomes of those that
 * they never complete. Manual 4.3, 6.5.2.5 and 6.5.2.11.
 */
@Clause({"VTD-167", "VTD-168", "VTD-169"})
final class DeviceTlbs {

  /** Tags of ATS. */
  static final int TAGS = 32;

  private static final int COMPLETIONS_OF_COUNT_0 = 8;

  private final DeviceTlbRules rules;
  private final RegisterFile registers;
  private final FaultRecorder faults;
  private final Footprint footprint;
  private final Consumer<UnitMessage> outbox;
  private final int[] device = new int[TAGS];
  private final int[] function = new int[TAGS];
  private final int[] received = new int[TAGS];
  private final long[] age = new long[TAGS];
  private int pending;

  DeviceTlbs(
      VtdParts parts,
      RegisterFile registers,
      FaultRecorder faults,
      Footprint footprint,
      Consumer<UnitMessage> outbox) {
    this.rules = parts.scalable().deviceTlbs();
    this.registers = registers;
    this.faults = faults;
    this.footprint = footprint;
    this.outbox = outbox;
  }

  /**
   * Whether an invalidation can be sent: some tag is free, and fewer than {@code most} (0 for as
   * many as there are tags) are pending of the function that it is counted by.
   */
  boolean hasRoom(int functionId, int most) {
    footprint.read(this, 0);
    int ofFunction = 0;
    for (int tag = 0; tag < TAGS; tag++) {
      if ((pending >>> tag & 1) != 0 && function[tag] == functionId) {
        ofFunction++;
      }
    }
    return pending != -1 && (most == 0 || ofFunction < most);
  }

  /** Whether a device has not completed all. */
  boolean isPending() {
    footprint.read(this, 0);
    return pending != 0;
  }

  /** Sends an invalidation under a free tag. */
  void send(
      int sourceId,
      int functionId,
      @Nullable Pasid pasid,
      long address,
      boolean range,
      boolean allPasids) {
    footprint.write(this, 0);
    int tag = Integer.numberOfTrailingZeros(~pending);
    pending |= 1 << tag;
    device[tag] = sourceId;
    function[tag] = functionId;
    received[tag] = 0;
    age[tag] = 0;
    outbox.accept(
        new DeviceTlbInvalidation(new Rid(sourceId), pasid, tag, address, range, allPasids));
  }

  /** A device completes some tags; one that does not wait for it is an error. */
  void completed(Rid from, int tags, int count) {
    footprint.write(this, 0);
    int expected = count == 0 ? COMPLETIONS_OF_COUNT_0 : count;
    for (int tag = 0; tag < TAGS; tag++) {
      if ((tags >>> tag & 1) == 0) {
        continue;
      }
      boolean waited = (pending >>> tag & 1) != 0;
      if (rules.isUnexpected(waited, waited && device[tag] == from.value())) {
        raise(FaultStatus.ICE, QueueRegisters.ICESID, from.value());
      } else if (waited && ++received[tag] >= expected) {
        pending &= ~(1 << tag);
      }
    }
  }

  /** Time passes, in nanoseconds. Returns whether an invalidation has timed out. */
  boolean elapse(long nanoseconds) {
    footprint.write(this, 0);
    boolean timedOut = false;
    for (int tag = 0; tag < TAGS; tag++) {
      if ((pending >>> tag & 1) == 0) {
        continue;
      }
      age[tag] += nanoseconds;
      if (age[tag] > rules.timeout()) {
        pending &= ~(1 << tag);
        raise(FaultStatus.ITE, QueueRegisters.ITESID, device[tag]);
        timedOut = true;
      }
    }
    return timedOut;
  }

  /** The source is kept that was there first. */
  private void raise(Field error, Field source, int sourceId) {
    if (!error.isSet(registers.get(Register.FSTS))) {
      registers.set(Register.IQERCD, source, sourceId);
    }
    faults.raise(error);
  }
}
