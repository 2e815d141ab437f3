package org.iommuref.hw.vtd.bench;

import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.spi.TranslationWorkload;

/** Requests that are refused; software gives each record back at once. */
final class Faults implements TranslationWorkload {

  private static final long CLEAR = FaultRecording.F.mask() >>> 32;

  private final TranslationWorkload refused;
  private final BenchUnit machine;
  private final int firstRecord;
  private final int records;
  private int next;

  Faults(TranslationWorkload refused, BenchUnit machine) {
    this.refused = refused;
    this.machine = machine;
    this.firstRecord = machine.offset(Register.FRCD);
    this.records = machine.faultRecords();
  }

  @Override
  public long next() {
    long translation = refused.next();
    int record = firstRecord + next * FaultRecording.BYTES;
    machine.unit.writeRegister(record + 12, 4, CLEAR);
    next = next + 1 == records ? 0 : next + 1;
    return translation;
  }

  @Override
  public long pages() {
    return refused.pages();
  }

  @Override
  public long tableBytes() {
    return refused.tableBytes();
  }
}
