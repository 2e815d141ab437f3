package org.iommuref.spec.access;

/** What a device asks to do at an address. */
public enum AccessKind {
  READ(true, false),
  WRITE(false, true),
  /** Fetch and add, or compare and swap: needs both rights. */
  ATOMIC(true, true),
  /**
   * Reads no byte: needs the read right, but where a unit reports zero-length reads a write right
   * serves too.
   */
  ZERO_LENGTH_READ(true, false),
  /** An instruction fetch. */
  EXECUTE(true, false);

  private final boolean needsRead;
  private final boolean needsWrite;

  AccessKind(boolean needsRead, boolean needsWrite) {
    this.needsRead = needsRead;
    this.needsWrite = needsWrite;
  }

  /** Whether the read right is needed. */
  public boolean needsRead() {
    return needsRead;
  }

  /** Whether the write right is needed. */
  public boolean needsWrite() {
    return needsWrite;
  }
}
