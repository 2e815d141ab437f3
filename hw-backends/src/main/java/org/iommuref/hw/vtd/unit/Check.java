package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;

/**
 * A condition under which a request is refused.
 *
 * @param name of the condition, unique in its list
 * @param clause that states it
 * @param test what is looked at
 * @param reason what is recorded
 */
public record Check(String name, String clause, Test test, FaultReason reason) {

  /** Looks at a request and at what was just read for it. */
  @FunctionalInterface
  public interface Test {

    /**
     * Whether the request is refused.
     *
     * @param request as far as it is known
     * @param low the structure in hand: its first 8 bytes, or what the list of the check says
     * @param high its second 8 bytes, or 0
     */
    boolean refuses(DmaRequest request, long low, long high, VtdConfiguration unit);
  }

  /** The same condition with another reason. */
  public Check because(FaultReason other) {
    return new Check(name, clause, test, other);
  }
}
