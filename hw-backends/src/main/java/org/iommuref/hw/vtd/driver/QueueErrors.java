package org.iommuref.hw.vtd.driver;

import java.util.function.Predicate;
import org.iommuref.hw.vtd.driver.DriverStep.FindDevice;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.step.Steps;

/**
 * What the driver does when the invalidation queue of a unit has stopped.
 *
 * <p>A descriptor that the unit refuses is exchanged for one that does nothing, by who has written
 * it, and IQE is cleared; what was asked for is submitted anew. Linux goes on without it.
 *
 * <p>When a device does not complete the invalidation of its TLB in time, the unit has aborted the
 * waits that it had fetched, and fetches no more until ITE is cleared: each of these submissions is
 * marked, so that its owner submits it anew. If the device that did not answer is gone, who has
 * found the error gives up: nothing that a device keeps that is not there is of use to anybody.
 * Manual 6.5.2.11; source: drivers/iommu/intel/dmar.c qi_check_fault.
 */
public class QueueErrors {

  private final UnitRegisters registers;
  private final Steps steps;
  private final Predicate<Rid> present;

  /** For a unit with these registers; {@code present} tells whether a device is there. */
  public QueueErrors(UnitRegisters registers, Steps steps, Predicate<Rid> present) {
    this.registers = registers;
    this.steps = steps;
    this.present = present;
  }

  /** Marks what was fetched: what lies before {@code head}, back to {@code tail}; byte offsets. */
  @FunctionalInterface
  public interface Fetched {

    /** Marks it. */
    void abort(long head, long tail);
  }

  /** Exchanges the descriptor at {@code head}, if who asks is to: whether it was. */
  @FunctionalInterface
  public interface Refused {

    /** Exchanges it. */
    boolean repair(long head);
  }

  /** What who asks is to do. */
  public enum Outcome {
    /** It waits on. */
    WAIT,
    /** It waits until the error is gone: what was refused is of another, who exchanges it. */
    WAIT_FOR_ANOTHER,
    /** It waits on, and submits anew when that has ended. */
    REPEAT,
    /** It gives up. */
    GIVE_UP
  }

  /** Handles what has stopped the queue. */
  @Clause({"INV-020", "ATS-004", "ATS-006", "ATS-008"})
  final Outcome handle(Refused refused, Fetched fetched) {
    long status = registers.read(Register.FSTS);
    boolean givesUp = false;
    Outcome outcome = Outcome.WAIT;
    if (FaultStatus.IQE.isSet(status)) {
      outcome = ofRefused(refused);
    }
    if (FaultStatus.ITE.isSet(status)) {
      long head = QueueRegisters.QH.address(registers.read(Register.IQH));
      long tail = QueueRegisters.QT.address(registers.read(Register.IQT));
      Rid source = new Rid((int) QueueRegisters.ITESID.get(registers.read(Register.IQERCD)));
      registers.write(Register.FSTS, FaultStatus.ITE.mask());
      fetched.abort(head, tail);
      givesUp = !steps.obtain(new FindDevice(source), step -> present.test(step.device()));
    }
    if (FaultStatus.ICE.isSet(status)) {
      registers.write(Register.FSTS, FaultStatus.ICE.mask());
    }
    return givesUp ? Outcome.GIVE_UP : outcome;
  }

  private Outcome ofRefused(Refused refused) {
    if (!refused.repair(QueueRegisters.QH.address(registers.read(Register.IQH)))) {
      return Outcome.WAIT_FOR_ANOTHER;
    }
    registers.write(Register.FSTS, FaultStatus.IQE.mask());
    return repeats() ? Outcome.REPEAT : Outcome.WAIT;
  }

  /** Whether who asks exchanges what was refused: if it is its own, so that it can repeat it. */
  @Clause("INV-021")
  protected boolean exchanges(boolean own) {
    return own;
  }

  /** Whether what was refused is submitted anew. */
  @Clause("INV-021")
  protected boolean repeats() {
    return true;
  }
}
