package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.vtd.driver.DriverStep.ClearFaultRecord;
import org.iommuref.hw.vtd.driver.DriverStep.CommandDone;
import org.iommuref.hw.vtd.driver.DriverStep.Doorbell;
import org.iommuref.hw.vtd.driver.DriverStep.ReadFaultRecord;
import org.iommuref.hw.vtd.driver.DriverStep.ReadRegister;
import org.iommuref.hw.vtd.driver.DriverStep.WriteRegister;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.IommuUnit;

/** The registers of one unit: each read and each write is one step. */
public final class UnitRegisters {

  private static final int TOP_DWORD = 12;

  private final int unit;
  private final IommuUnit hardware;
  private final Steps steps;
  private final long cap;
  private final long ecap;
  private long levels;

  UnitRegisters(int unit, IommuUnit hardware, Steps steps) {
    this.unit = unit;
    this.hardware = hardware;
    this.steps = steps;
    this.cap = read(Register.CAP);
    this.ecap = read(Register.ECAP);
  }

  /** What the capability registers tell. */
  UnitAbilities abilities() {
    return UnitAbilities.of(cap, ecap);
  }

  /** CAP. */
  long cap() {
    return cap;
  }

  /** ECAP. */
  long ecap() {
    return ecap;
  }

  /** The field of CAP. */
  long capability(Field field) {
    return field.get(cap);
  }

  /** The field of ECAP. */
  long extendedCapability(Field field) {
    return field.get(ecap);
  }

  long read(Register register) {
    return steps.obtain(
        new ReadRegister(unit, register),
        step -> hardware.readRegister(step.register().offset(), step.register().width()));
  }

  void write(Register register, long value) {
    steps.perform(
        new WriteRegister(unit, register, value),
        step ->
            hardware.writeRegister(
                step.register().offset(), step.register().width(), step.value()));
  }

  /**
   * Whether a descriptor was refused, an invalidation has timed out, or was completed by one that
   * nobody waited for.
   */
  boolean hasQueueError() {
    long status = hardware.readRegister(Register.FSTS.offset(), Register.FSTS.width());
    return FaultStatus.IQE.isSet(status)
        || FaultStatus.ITE.isSet(status)
        || FaultStatus.ICE.isSet(status);
  }

  /** Writes the tail of the invalidation queue. */
  void ring(Doorbell doorbell) {
    steps.perform(
        doorbell,
        step -> hardware.writeRegister(Register.IQT.offset(), Register.IQT.width(), step.tail()));
  }

  /** Turns a level of GCMD on, and waits until it is. VTD-029. */
  void enable(Field level) {
    levels |= level.mask();
    write(Register.GCMD, levels);
    waitForStatus(level);
  }

  /** Gives a one-shot command of GCMD, and waits until it is carried out. VTD-029. */
  void command(Field oneShot) {
    write(Register.GCMD, levels | oneShot.mask());
    waitForStatus(oneShot);
  }

  /** A quadword (0 or 1) of a fault recording register. */
  long readFaultRecord(int index, int quadword) {
    return steps.obtain(
        new ReadFaultRecord(unit, index, quadword),
        step ->
            hardware.readRegister(
                faultRecord(step.index()) + Long.BYTES * step.quadword(), Long.BYTES));
  }

  /** Clears F of a fault recording register, so that it can be used anew. */
  void clearFaultRecord(int index) {
    steps.perform(
        new ClearFaultRecord(unit, index),
        step ->
            hardware.writeRegister(
                faultRecord(step.index()) + TOP_DWORD,
                Integer.BYTES,
                FaultRecording.F.mask() >>> Integer.SIZE));
  }

  private void waitForStatus(Field field) {
    steps.waitFor(
        new CommandDone(unit, field.mask()),
        () -> field.isSet(hardware.readRegister(Register.GSTS.offset(), Register.GSTS.width())));
  }

  private int faultRecord(int index) {
    return Register.FRCD.offset(cap, ecap) + FaultRecording.BYTES * index;
  }
}
