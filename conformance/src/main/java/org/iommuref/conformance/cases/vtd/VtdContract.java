package org.iommuref.conformance.cases.vtd;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.unit.call.DeviceCall;
import org.iommuref.spec.unit.call.UnitCall.WriteRegister;

/**
 * What software owes to a unit before it uses a part of it. What a unit does without is not
 * defined, so a case must not come to it by having steps left out. Manual 6.5.2, 6.6, 7.3, 11.4.4.
 */
public final class VtdContract {

  /** A way to break it. */
  public enum Breach {
    /** Two levels of GCMD changed at once, or one beside a one-shot command. */
    SEVERAL_COMMANDS_AT_ONCE,
    /** SRTP before RTADDR was written, or translation before SRTP. */
    TRANSLATION_WITHOUT_ROOT_TABLE,
    /** The queue before IQA was written. */
    QUEUE_WITHOUT_ADDRESS,
    /** SIRTP before IRTA was written, or remapping before SIRTP. */
    REMAPPING_WITHOUT_TABLE,
    /** A page request before PQA was written. */
    PAGE_REQUEST_WITHOUT_QUEUE,
    /** An event unmasked before its address was written. */
    EVENT_WITHOUT_ADDRESS
  }

  private static final long LEVELS = Registers.TE | Registers.QIE | Registers.IRE | Registers.CFI;
  private static final long ONE_SHOTS = Registers.SRTP | Registers.SIRTP;

  private final Set<Breach> breaches = EnumSet.noneOf(Breach.class);
  private final Set<Integer> written = new TreeSet<>();
  private long given;
  private long levels;

  private VtdContract() {}

  /** The ways in which operations break it. */
  public static Set<Breach> breaches(List<? extends Operation<?>> operations) {
    VtdContract contract = new VtdContract();
    operations.forEach(contract::take);
    return contract.breaches;
  }

  private void take(Operation<?> operation) {
    if (operation instanceof WriteRegister write) {
      written.add(write.offset());
      if (write.offset() == Registers.GCMD) {
        command(write.value());
      } else if ((write.value() & Registers.IM) == 0) {
        unmasked(write.offset());
      }
    } else if (operation instanceof DeviceCall.RequestPage
        || operation instanceof DeviceCall.SendPageRequest) {
      require(written.contains(Registers.PQA), Breach.PAGE_REQUEST_WITHOUT_QUEUE);
    }
  }

  private void command(long value) {
    long changed = (value ^ levels) & LEVELS;
    long turnedOn = changed & value;
    long shots = value & ONE_SHOTS;
    require(Long.bitCount(changed) + Long.bitCount(shots) < 2, Breach.SEVERAL_COMMANDS_AT_ONCE);
    require(
        (shots & Registers.SRTP) == 0 || written.contains(Registers.RTADDR),
        Breach.TRANSLATION_WITHOUT_ROOT_TABLE);
    require(
        (shots & Registers.SIRTP) == 0 || written.contains(Registers.IRTA),
        Breach.REMAPPING_WITHOUT_TABLE);
    given |= shots;
    require(
        (turnedOn & Registers.TE) == 0 || (given & Registers.SRTP) != 0,
        Breach.TRANSLATION_WITHOUT_ROOT_TABLE);
    require(
        (turnedOn & Registers.IRE) == 0 || (given & Registers.SIRTP) != 0,
        Breach.REMAPPING_WITHOUT_TABLE);
    require(
        (turnedOn & Registers.QIE) == 0 || written.contains(Registers.IQA),
        Breach.QUEUE_WITHOUT_ADDRESS);
    levels = value & LEVELS;
  }

  private void unmasked(int offset) {
    int address =
        switch (offset) {
          case Registers.FECTL -> Registers.FEADDR;
          case Registers.IECTL -> Registers.IEADDR;
          case Registers.PECTL -> Registers.PEADDR;
          default -> offset;
        };
    require(written.contains(address), Breach.EVENT_WITHOUT_ADDRESS);
  }

  private void require(boolean kept, Breach breach) {
    if (!kept) {
      breaches.add(breach);
    }
  }
}
