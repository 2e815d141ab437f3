package org.iommuref.spec.step;

/** Software waits for something that nothing can bring about any more. */
public final class HangException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Names the step that waits. */
  public HangException(Step step) {
    super("hang: nothing that can still happen ends " + step);
  }
}
