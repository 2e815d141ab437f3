package org.iommuref.conformance.program;

import java.util.List;

/** A kernel has died, or hangs, in the middle of a program. */
public final class MachineDiedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> answers;

  private final String lastWords;

  /**
   * The program had got so many answers since it was last given calls.
   *
   * @param lastWords what the kernel complained of, or nothing
   */
  public MachineDiedException(List<String> answers, String lastWords) {
    super("the kernel died after " + answers.size() + " answers" + behind(lastWords));
    this.answers = List.copyOf(answers);
    this.lastWords = lastWords;
  }

  private static String behind(String lastWords) {
    return lastWords.isEmpty() ? "" : ": " + lastWords;
  }

  /** The kernel's end, and what it complained of. */
  public String inWords() {
    return "the kernel died" + behind(lastWords);
  }

  /** The answers to the calls before the one in which it died. */
  public List<String> answers() {
    return answers;
  }
}
