package org.iommuref.hw.vtd.driver;

import java.util.function.Predicate;
import org.iommuref.hw.vtd.driver.DriverStep.FindDevice;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.step.Steps;

/**
 * What the driver does when a device does not complete the invalidation of its TLB in time.
 *
 * <p>The unit has aborted the waits that it had fetched, and fetches no more until ITE is cleared:
 * each of these submissions is marked, so that its owner submits it anew. If the device that did
 * not answer is gone, who has found the error gives up: nothing that a device keeps that is not
 * there is of use to anybody. Manual 6.5.2.11; source: drivers/iommu/intel/dmar.c qi_check_fault.
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

  /** Handles what has stopped the queue; true if who asks is to give up. */
  protected boolean handle(Fetched fetched) {
    long status = registers.read(Register.FSTS);
    boolean givesUp = false;
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
    return givesUp;
  }
}
