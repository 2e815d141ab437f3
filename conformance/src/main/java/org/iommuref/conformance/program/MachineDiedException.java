package org.iommuref.conformance.program;

import java.util.List;

/** A kernel has died, or hangs, in the middle of a program. */
public final class MachineDiedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> answers;

  /** The program had got so many answers since it was last given calls. */
  public MachineDiedException(List<String> answers) {
    super("the kernel died after " + answers.size() + " answers");
    this.answers = List.copyOf(answers);
  }

  /** The answers to the calls before the one in which it died. */
  public List<String> answers() {
    return answers;
  }
}
