package org.iommuref.spec.iommufd;

/** An implementation of seam 3 whose calls run by steps, and that can be looked at between them. */
public interface SteppedIommufd extends Iommufd {

  /**
   * Looks for a state that must never be, between any two steps.
   *
   * @throws IllegalStateException naming the clause and what is wrong
   */
  void requireInvariants();

  /**
   * Counts pins, charges and mappings anew while no call is under way.
   *
   * @throws IllegalStateException naming the first count that is not exact
   */
  void requireExact();

  /**
   * Looks for what is left when every file has been closed.
   *
   * @throws IllegalStateException naming the clause and what is left
   */
  void requireNothingLeft();
}
