package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.clause.Clause;

/**
 * The global command and status registers, and the root table as it was latched. Manual 11.4.4.
 *
 * <p>Of the four levels and three one-shot commands, those of interrupt remapping do nothing in a
 * unit that does not report it, and their status stays clear.
 */
final class GlobalCommands {

  private final VtdConfiguration unit;
  private final CommandRules rules;
  private final RegisterFile registers;
  private final InFlight inFlight;
  private final FaultRecorder faults;
  private final Invalidator invalidator;
  private final InterruptRemapper interrupts;
  private final Runnable queueDisabled;
  private final int statusAt;
  private final int rootTableAt;
  private boolean translationAsked;
  private long rootTable;

  GlobalCommands(
      VtdParts parts,
      RegisterFile registers,
      InFlight inFlight,
      FaultRecorder faults,
      Invalidator invalidator,
      InterruptRemapper interrupts,
      Runnable queueDisabled) {
    this.unit = parts.configuration();
    this.rules = parts.commands();
    this.registers = registers;
    this.inFlight = inFlight;
    this.faults = faults;
    this.invalidator = invalidator;
    this.interrupts = interrupts;
    this.queueDisabled = queueDisabled;
    registers
        .row(Register.GCMD, this::commanded)
        .row(Register.GSTS, RegisterFile.Effect.NONE)
        .row(Register.RTADDR, RegisterFile.Effect.NONE);
    statusAt = registers.offset(Register.GSTS);
    rootTableAt = registers.offset(Register.RTADDR);
  }

  /** Whether requests are translated: TES. */
  boolean translates() {
    return rules.translates(GlobalCommand.TE.isSet(registers.getAt(statusAt, 4)));
  }

  /** RTADDR as it was when the command to set it was given last. */
  long rootTable() {
    return rules.rootTable(rootTable, registers.getAt(rootTableAt, 8));
  }

  @Clause("VTD-029")
  private void commanded(long command, long written) {
    if (GlobalCommand.SRTP.isSet(command)) {
      setRootTable();
    }
    boolean queue = GlobalCommand.QIE.isSet(command);
    if (queue != GlobalCommand.QIE.isSet(registers.get(Register.GSTS))) {
      registers.set(Register.GSTS, GlobalCommand.QIE, rules.status(queue) ? 1 : 0);
      if (!queue) {
        queueDisabled.run(); // VTD-039
      }
    }
    if (unit.has(ExtendedCapability.IR)) {
      commandInterrupts(command);
    }
    boolean translation = GlobalCommand.TE.isSet(command);
    if (translation != translationAsked) {
      translationAsked = translation;
      setTranslation();
    }
  }

  @Clause("VTD-199")
  private void commandInterrupts(long command) {
    long before = registers.get(Register.GSTS);
    if (GlobalCommand.SIRTP.isSet(command)) {
      interrupts.setTable();
      registers.set(Register.GSTS, GlobalCommand.SIRTP, 1);
    }
    boolean on = GlobalCommand.IRE.isSet(command);
    registers.set(Register.GSTS, GlobalCommand.IRE, on ? 1 : 0);
    registers.set(Register.GSTS, GlobalCommand.CFI, GlobalCommand.CFI.isSet(command) ? 1 : 0);
    if (!on && GlobalCommand.IRE.isSet(before)) {
      interrupts.emptied();
      restartFaults();
    }
  }

  @Clause({"VTD-027", "VTD-043"})
  private void setRootTable() {
    rootTable = registers.get(Register.RTADDR);
    if (rules.emptiesCaches(unit)) {
      invalidator.executeAll();
    }
    registers.set(Register.GSTS, GlobalCommand.SRTP, 1);
  }

  /**
   * Turned on, requests that passed untranslated take effect first; turned off, it is off at once.
   */
  @Clause("VTD-028")
  private void setTranslation() {
    if (translationAsked) {
      inFlight.drain(request -> true);
      inFlight.whenDrained(this::reportTranslation);
    } else {
      reportTranslation();
      restartFaults();
      if (rules.emptiesCachesWhenOff(unit)) {
        invalidator.executeAll();
      }
    }
  }

  /** With translation and interrupt remapping off, recording starts over. */
  private void restartFaults() {
    long status = registers.get(Register.GSTS);
    faults.turnedOff(GlobalCommand.TE.isSet(status), GlobalCommand.IRE.isSet(status));
  }

  private void reportTranslation() {
    registers.set(Register.GSTS, GlobalCommand.TE, rules.status(translationAsked) ? 1 : 0);
  }
}
