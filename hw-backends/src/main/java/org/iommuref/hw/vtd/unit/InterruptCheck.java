package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * A condition under which an interrupt is refused.
 *
 * @param name of the condition
 * @param clause that states it
 * @param test what is looked at
 * @param reason what is recorded
 */
public record InterruptCheck(String name, String clause, Test test, FaultReason reason) {

  /** Looks at an interrupt and its entry, which is 0 before it is read. */
  @FunctionalInterface
  public interface Test {

    /** Whether the interrupt is refused. */
    boolean refuses(InterruptRequest request, Atom entry, VtdConfiguration unit);
  }

  /** The same condition with another reason. */
  public InterruptCheck because(FaultReason other) {
    return new InterruptCheck(name, clause, test, other);
  }
}
