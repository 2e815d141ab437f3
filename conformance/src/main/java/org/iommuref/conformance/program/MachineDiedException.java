package org.iommuref.conformance.program;

/** A kernel has died, or hangs, in the middle of a program. */
public final class MachineDiedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The program had got so many answers since it was last given calls. */
  public MachineDiedException(int answers) {
    super("the kernel died after " + answers + " answers");
  }
}
