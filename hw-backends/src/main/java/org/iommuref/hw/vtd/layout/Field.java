package org.iommuref.hw.vtd.layout;

import org.iommuref.spec.memory.Memory.Atom;

/**
 * Some adjoining bits of a register, a structure or a descriptor, with the manual's name for them.
 *
 * <p>A field lies within one aligned quadword, as every field of VT-d does; methods on a {@code
 * long} take that quadword. They are written flat, because every check of a walk ends in one of
 * them: what they would call lies deeper than the compiler of the virtual machine goes.
 *
 * @param name as the manual abbreviates it
 * @param high the most significant bit, from 0
 * @param low the least significant bit, from 0
 * @param access what software can do with it
 * @param meaning in a few words
 */
public record Field(String name, int high, int low, Access access, String meaning) {

  /** What software can do with a field. */
  public enum Access {
    /** Read and write. */
    RW,
    /** Read; what is written is ignored. */
    RO,
    /** Write; a read yields 0. */
    WO,
    /** Read; writing a 1 clears the bit, writing a 0 leaves it. */
    RW1C
  }

  /** Requires a range of bits within one quadword. */
  public Field {
    if (low < 0 || high < low || high >>> 6 != low >>> 6) {
      throw new IllegalArgumentException(name + " is not within a quadword: " + high + ":" + low);
    }
  }

  static Field of(String name, int high, int low, String meaning) {
    return new Field(name, high, low, Access.RW, meaning);
  }

  static Field bit(String name, int at, String meaning) {
    return new Field(name, at, at, Access.RW, meaning);
  }

  Field readOnly() {
    return new Field(name, high, low, Access.RO, meaning);
  }

  Field writeOnly() {
    return new Field(name, high, low, Access.WO, meaning);
  }

  Field clearedByOne() {
    return new Field(name, high, low, Access.RW1C, meaning);
  }

  /** The index of the quadword that it lies in: 0 for bits 63:0, 1 for bits 127:64. */
  public int quadword() {
    return low >>> 6;
  }

  /** How many bits it has. */
  public int width() {
    return high - low + 1;
  }

  /** Its bits in the quadword that it lies in. */
  public long mask() {
    return (-1L >>> (63 - high + low))
        << low; // Java shifts a long by the lowest six bits of a count
  }

  /** Its value in a quadword, moved down to bit 0. */
  public long get(long quadword) {
    return (quadword & mask()) >>> low;
  }

  /** Its value in sixteen bytes, moved down to bit 0. */
  public long get(Atom atom) {
    return get(quadword() == 0 ? atom.low() : atom.high());
  }

  /** Whether any of its bits is set in a quadword. */
  public boolean isSet(long quadword) {
    return (quadword & mask()) != 0;
  }

  /**
   * The quadword with this field replaced.
   *
   * @throws IllegalArgumentException if the value does not fit
   */
  public long put(long quadword, long value) {
    if ((value & ~(mask() >>> low)) != 0) {
      throw new IllegalArgumentException(
          name + " has " + width() + " bits: 0x" + Long.toHexString(value));
    }
    return (quadword & ~mask()) | (value << low);
  }

  /**
   * The bits of an address that the field holds, in place: for fields such as 63:12 whose position
   * is the position in the address.
   */
  public long address(long quadword) {
    return quadword & mask();
  }

  @Override
  public String toString() {
    return name + " " + (width() == 1 ? Integer.toString(low) : high + ":" + low);
  }
}
