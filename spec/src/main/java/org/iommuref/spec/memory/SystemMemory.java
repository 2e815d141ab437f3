package org.iommuref.spec.memory;

import org.iommuref.spec.step.Footprint;

/**
 * Sparse memory of {@code size} bytes from address 0; a page that was never written reads as zero
 * and costs nothing.
 *
 * <p>Pages are 4 KiB. Every access is reported to the {@link Footprint} first.
 */
public final class SystemMemory implements Memory {

  private static final long HALF = 0xffff_ffffL;

  private final SparseQuadwords quadwords = new SparseQuadwords();
  private final long size;
  private final Footprint footprint;
  private long withoutAtomics;
  private long bytesWithoutAtomics;

  private SystemMemory(long size, Footprint footprint) {
    this.size = size;
    this.footprint = footprint;
  }

  /**
   * Memory of {@code size} bytes (unsigned; 0 stands for all 2^64) that anyone may touch at any
   * time.
   */
  public static SystemMemory ofSize(long size) {
    return new SystemMemory(size, Footprint.NONE);
  }

  /** Memory whose every access is reported to {@code footprint}. */
  public static SystemMemory ofSize(long size, Footprint footprint) {
    return new SystemMemory(size, footprint);
  }

  @Override
  public long readLong(long address) {
    footprint.read(this, address);
    return peekLong(address);
  }

  private long peekLong(long address) {
    require(address, 8);
    return quadwords.get(address >>> 3);
  }

  @Override
  public void writeLong(long address, long value) {
    footprint.write(this, address);
    require(address, 8);
    quadwords.set(address >>> 3, value);
  }

  @Override
  public int readInt(long address) {
    footprint.read(this, address & ~7L);
    require(address, 4);
    return (int) (quadwords.get(address >>> 3) >>> shift(address));
  }

  @Override
  public void writeInt(long address, int value) {
    footprint.write(this, address & ~7L);
    require(address, 4);
    long other = quadwords.get(address >>> 3) & ~(HALF << shift(address));
    quadwords.set(address >>> 3, other | ((value & HALF) << shift(address)));
  }

  @Override
  public boolean compareAndSetLong(long address, long expected, long value) {
    footprint.write(this, address);
    if (peekLong(address) != expected || !takesAtomics(address)) {
      return false;
    }
    quadwords.set(address >>> 3, value);
    return true;
  }

  /**
   * Lets a range take no atomic access from now on, and all other memory take them.
   *
   * @param address of its first byte
   * @param bytes how many there are, unsigned; 0 if all memory is to take atomic accesses
   */
  public void refuseAtomics(long address, long bytes) {
    withoutAtomics = address;
    bytesWithoutAtomics = bytes;
  }

  @Override
  public boolean takesAtomics(long address) {
    return Long.compareUnsigned(address - withoutAtomics, bytesWithoutAtomics) >= 0;
  }

  @Override
  public Atom readAtom(long address) {
    footprint.readAtom(this, address);
    require(address, 16);
    return new Atom(quadwords.get(address >>> 3), quadwords.get((address >>> 3) + 1));
  }

  @Override
  public void writeAtom(long address, Atom atom) {
    footprint.writeAtom(this, address);
    require(address, 16);
    quadwords.set(address >>> 3, atom.low());
    quadwords.set((address >>> 3) + 1, atom.high());
  }

  @Override
  public boolean contains(long address) {
    return size == 0 || Long.compareUnsigned(address, size) < 0;
  }

  /** Where the bits of a half begin in its quadword. */
  private static int shift(long address) {
    return 8 * (int) (address & 4);
  }

  private void require(long address, int width) {
    if ((address & (width - 1)) != 0) {
      throw new IllegalArgumentException(
          "0x" + Long.toHexString(address) + " is not aligned to " + width + " bytes");
    }
    if (!contains(address)) {
      throw new IndexOutOfBoundsException(
          "no memory at 0x" + Long.toHexString(address) + ", size 0x" + Long.toHexString(size));
    }
  }
}
