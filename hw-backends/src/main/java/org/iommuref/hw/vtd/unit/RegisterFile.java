package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.step.DeviceSpace;
import org.iommuref.spec.step.Footprint;

/**
 * The registers: what each holds, what software can do with each bit, and what a write sets off.
 *
 * <p>A row is declared for each register; which bits are read-only, write-only or cleared by a 1
 * comes from its layout. Offsets in bytes. What no row covers reads 0 and ignores writes.
 */
final class RegisterFile implements DeviceSpace {

  /** What a write sets off. */
  @FunctionalInterface
  interface Effect {

    /** Nothing. */
    Effect NONE = (value, written) -> {};

    /**
     * The register was written.
     *
     * @param value what it holds now
     * @param written the bits that the access covered
     */
    void written(long value, long written);
  }

  private static final int QUADWORDS = Register.SET_BYTES / 8;

  private final RegisterRules rules;
  private final Footprint footprint;
  private final long[] values = new long[QUADWORDS];
  private final long[] writable = new long[QUADWORDS];
  private final long[] clearable = new long[QUADWORDS];
  private final long[] readable = new long[QUADWORDS];
  private final Effect[] effects = new Effect[2 * QUADWORDS];
  private final int[] offsets = new int[Register.values().length];

  @SuppressWarnings("EnumOrdinal") // an index of an array of this process, kept nowhere
  RegisterFile(VtdParts parts, Footprint footprint) {
    this.rules = parts.registers();
    this.footprint = footprint;
    VtdConfiguration unit = parts.configuration();
    for (Register register : Register.values()) {
      offsets[register.ordinal()] = register.offset(unit.capability(), unit.extendedCapability());
    }
  }

  /** Declares a register with what it holds after reset and what a write sets off. */
  RegisterFile row(Register register, long afterReset, Effect effect) {
    declare(offset(register), register.width(), register.layout(), 0, afterReset, effect);
    return this;
  }

  /** Declares a register that holds 0 after reset. */
  RegisterFile row(Register register, Effect effect) {
    return row(register, 0, effect);
  }

  /** Declares the fault recording register of an index, in two halves. */
  RegisterFile faultRow(int index, Effect effect) {
    Layout layout = Register.FRCD.layout();
    declare(faultOffset(index), 8, layout, 0, 0, Effect.NONE);
    declare(faultOffset(index) + 8, 8, layout, 1, 0, effect);
    return this;
  }

  private void declare(
      int offset, int width, Layout layout, int quadwordOfLayout, long value, Effect effect) {
    int quadword = offset >>> 3;
    int shift = shift(offset);
    writable[quadword] |= layout.mask(quadwordOfLayout, Field.Access.RW, Field.Access.WO) << shift;
    clearable[quadword] |= layout.mask(quadwordOfLayout, Field.Access.RW1C) << shift;
    readable[quadword] |=
        layout.mask(quadwordOfLayout, Field.Access.RW, Field.Access.RO, Field.Access.RW1C) << shift;
    values[quadword] |= value << shift;
    effects[offset >>> 2] = effect;
    if (width == 8) {
      effects[(offset >>> 2) + 1] = effect;
    }
  }

  /** Where a register is, in bytes. */
  @SuppressWarnings("EnumOrdinal") // an index of an array of this process, kept nowhere
  int offset(Register register) {
    return offsets[register.ordinal()];
  }

  /** Where the fault recording register of an index is, in bytes. */
  int faultOffset(int index) {
    return offset(Register.FRCD) + index * Register.FRCD.width();
  }

  /** An access of software. */
  @Clause({"VTD-040", "VTD-041"})
  long read(int offset, int width) {
    requireAligned(offset, width);
    int quadword = offset >>> 3;
    footprint.read(this, quadword);
    long value = rules.read(quadword * 8, values[quadword] & readable[quadword]);
    return (value & rules.covered(offset, width)) >>> shift(offset);
  }

  /** An access of software; the effect of each register that it covers follows. */
  @Clause({"VTD-040", "VTD-041"})
  void write(int offset, int width, long value) {
    requireAligned(offset, width);
    int quadword = offset >>> 3;
    footprint.write(this, quadword);
    long covered = rules.covered(offset, width);
    long bits = (value << shift(offset)) & covered;
    values[quadword] =
        rules.written(
            quadword * 8,
            values[quadword],
            bits,
            writable[quadword] & covered,
            clearable[quadword] & covered);
    runEffects(offset, width, covered);
  }

  private void runEffects(int offset, int width, long covered) {
    int quadword = offset >>> 3;
    Effect low = effects[2 * quadword];
    Effect high = effects[2 * quadword + 1];
    if (low != null && low == high) {
      low.written(values[quadword], covered);
      return;
    }
    if (low != null && (offset & 4) == 0) {
      low.written(values[quadword] & 0xffff_ffffL, 0xffff_ffffL);
    }
    if (high != null && ((offset & 4) != 0 || width == 8)) {
      high.written(values[quadword] >>> 32, 0xffff_ffffL);
    }
  }

  /** What a register holds, for hardware; write-only fields included. */
  long get(Register register) {
    return getAt(offset(register), register.width());
  }

  /** Tells that hardware changes something of its own that goes with a register. */
  void changesWith(Register register) {
    footprint.write(this, offset(register) >>> 3);
  }

  /** Changes what a register holds, from the side of hardware. */
  void set(Register register, long value) {
    setAt(offset(register), register.width(), value);
  }

  /** Changes a field of a register, from the side of hardware. */
  void set(Register register, Field field, long value) {
    set(register, field.put(get(register), value));
  }

  long getAt(int offset, int width) {
    footprint.read(this, offset >>> 3);
    return (values[offset >>> 3] & covered(offset, width)) >>> shift(offset);
  }

  void setAt(int offset, int width, long value) {
    footprint.write(this, offset >>> 3);
    long covered = covered(offset, width);
    values[offset >>> 3] = (values[offset >>> 3] & ~covered) | ((value << shift(offset)) & covered);
  }

  private static int shift(int offset) {
    return 8 * (offset & 4);
  }

  private static long covered(int offset, int width) {
    return width == 8 ? -1L : 0xffff_ffffL << shift(offset);
  }

  private static void requireAligned(int offset, int width) {
    boolean inside = offset >= 0 && offset + width <= Register.SET_BYTES;
    if ((width != 4 && width != 8) || !inside || (offset & (width - 1)) != 0) {
      throw new IllegalArgumentException(
          "no register access of " + width + " bytes at 0x" + Integer.toHexString(offset));
    }
  }
}
