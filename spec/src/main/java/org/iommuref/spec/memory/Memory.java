package org.iommuref.spec.memory;

/**
 * Little-endian physical memory; addresses are unsigned bytes, accesses are aligned to their width.
 *
 * <p>Each call is one access to shared state: under an exploring scheduler it is legal only inside
 * a step.
 */
public interface Memory {

  /** Reads 8 bytes. */
  long readLong(long address);

  /** Writes 8 bytes. */
  void writeLong(long address, long value);

  /** Reads 4 bytes. */
  int readInt(long address);

  /** Writes 4 bytes. */
  void writeInt(long address, int value);

  /**
   * Replaces 8 bytes if they hold {@code expected}; atomic. Returns whether it did: never where
   * memory takes no atomic access.
   */
  boolean compareAndSetLong(long address, long expected, long value);

  /**
   * Whether memory at {@code address} takes atomic accesses; what lies behind some links does not.
   */
  default boolean takesAtomics(long address) {
    return true;
  }

  /**
   * Reads the aligned 16 bytes at {@code address} at once, low half first: the widest atom of VT-d
   * and AMD.
   */
  default Atom readAtom(long address) {
    return new Atom(readLong(address), readLong(address + 8));
  }

  /** Writes the aligned 16 bytes at {@code address} at once. */
  default void writeAtom(long address, Atom atom) {
    writeLong(address, atom.low());
    writeLong(address + 8, atom.high());
  }

  /**
   * Whether {@code address} is backed by memory; an access elsewhere is an access error of the
   * reader.
   */
  boolean contains(long address);

  /** Sixteen bytes that hardware reads at once. */
  record Atom(long low, long high) {}
}
