package org.iommuref.conformance.program;

/** What a process may do with memory that it has mapped. */
public enum Protection {
  /** PROT_READ. */
  READ("r"),
  /** PROT_READ and PROT_WRITE. */
  WRITE("w"),
  /** PROT_READ and PROT_EXEC. */
  EXECUTE("x");

  private final String letter;

  Protection(String letter) {
    this.letter = letter;
  }

  /** To write or not. */
  public static Protection of(boolean writable) {
    return writable ? WRITE : READ;
  }

  /** As the agent in the small kernel knows it. */
  String letter() {
    return letter;
  }
}
