package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextCommand;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.IotlbInvalidate;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootTableAddress;

/**
 * Invalidation through CCMD, IVA and IOTLB, which works only while the queue is off. Manual 6.5.1.
 *
 * <p>A request that is refused is answered with granularity 0; one that is given while the queue is
 * on is not answered.
 */
final class RegisterInvalidation {

  private static final int REFUSED = 0;

  private final VtdConfiguration unit;
  private final CommandRules rules;
  private final RegisterFile registers;
  private final InFlight inFlight;
  private final Invalidator invalidator;

  RegisterInvalidation(
      VtdParts parts, RegisterFile registers, InFlight inFlight, Invalidator invalidator) {
    this.unit = parts.configuration();
    this.rules = parts.commands();
    this.registers = registers;
    this.inFlight = inFlight;
    this.invalidator = invalidator;
  }

  void declareRows() {
    registers
        .row(Register.CCMD, this::contextCommanded)
        .row(Register.IVA, RegisterFile.Effect.NONE)
        .row(Register.IOTLB, this::iotlbCommanded);
  }

  private void contextCommanded(long command, long written) {
    if (!ContextCommand.ICC.isSet(command & written) || queueIsOn()) {
      return;
    }
    int granularity = (int) ContextCommand.CIRG.get(command);
    boolean accepted = granularity != REFUSED && isLegacy();
    if (accepted) {
      invalidator.execute(
          rules.carriedOut(
              new ContextInvalidation(
                  granularity,
                  (int) ContextCommand.DID.get(command) & unit.domainIdMask(),
                  (int) ContextCommand.SID.get(command),
                  (int) ContextCommand.FM.get(command))));
    }
    registers.set(Register.CCMD, ContextCommand.CAIG, rules.told(accepted ? granularity : REFUSED));
    registers.set(Register.CCMD, ContextCommand.ICC, 0);
  }

  private void iotlbCommanded(long command, long written) {
    if (!IotlbInvalidate.IVT.isSet(command & written) || queueIsOn()) {
      return;
    }
    int granularity = (int) IotlbInvalidate.IIRG.get(command);
    long address = registers.get(Register.IVA);
    boolean accepted = isAccepted(granularity, address);
    if (accepted) {
      invalidator.execute(
          rules.carriedOut(
              new IotlbInvalidation(
                  granularity,
                  (int) IotlbInvalidate.DID.get(command) & unit.domainIdMask(),
                  IotlbInvalidate.ADDR.address(address),
                  (int) IotlbInvalidate.AM.get(address),
                  IotlbInvalidate.IH.isSet(address),
                  IotlbInvalidate.DR.isSet(command),
                  IotlbInvalidate.DW.isSet(command))));
    }
    inFlight.whenDrained(
        () -> {
          registers.set(
              Register.IOTLB, IotlbInvalidate.IAIG, rules.told(accepted ? granularity : REFUSED));
          registers.set(Register.IOTLB, IotlbInvalidate.IVT, 0);
        });
  }

  private boolean isAccepted(int granularity, long address) {
    if (granularity != Granularity.PAGE) {
      return granularity != REFUSED && isLegacy();
    }
    return isLegacy()
        && Capability.PSI.isSet(unit.capability())
        && IotlbInvalidate.AM.get(address) <= Capability.MAMV.get(unit.capability());
  }

  private boolean isLegacy() {
    long mode = RootTableAddress.TTM.get(registers.get(Register.RTADDR));
    return mode == RootTableAddress.TTM_LEGACY;
  }

  private boolean queueIsOn() {
    return GlobalCommand.QIE.isSet(registers.get(Register.GSTS));
  }
}
