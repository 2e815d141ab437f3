package org.iommuref.spec.memory;

import org.iommuref.spec.step.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * Sparse memory of {@code size} bytes from address 0; a page that was never written reads as zero
 * and costs nothing.
 *
 * <p>Pages are 4 KiB. Every access is reported to the {@link Footprint} first.
 */
public final class SystemMemory implements Memory {

  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_QUADWORDS = 512;
  private static final long HALF = 0xffff_ffffL;

  private final PagesByNumber pages = new PagesByNumber();
  private final long size;
  private final Footprint footprint;

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
    requireAligned(address, 8);
    long[] page = page(address);
    return page == null ? 0 : page[quadword(address)];
  }

  @Override
  public void writeLong(long address, long value) {
    footprint.write(this, address);
    requireAligned(address, 8);
    pageForWrite(address)[quadword(address)] = value;
  }

  @Override
  public int readInt(long address) {
    footprint.read(this, address & ~7L);
    requireAligned(address, 4);
    long[] page = page(address);
    return page == null ? 0 : (int) (page[quadword(address)] >>> shift(address));
  }

  @Override
  public void writeInt(long address, int value) {
    footprint.write(this, address & ~7L);
    requireAligned(address, 4);
    long[] page = pageForWrite(address);
    long other = page[quadword(address)] & ~(HALF << shift(address));
    page[quadword(address)] = other | (value & HALF) << shift(address);
  }

  @Override
  public boolean compareAndSetLong(long address, long expected, long value) {
    footprint.write(this, address);
    if (peekLong(address) != expected) {
      return false;
    }
    pageForWrite(address)[quadword(address)] = value;
    return true;
  }

  @Override
  public Atom readAtom(long address) {
    footprint.readAtom(this, address);
    requireAligned(address, 16);
    return new Atom(peekLong(address), peekLong(address + 8));
  }

  @Override
  public void writeAtom(long address, Atom atom) {
    footprint.writeAtom(this, address);
    requireAligned(address, 16);
    long[] page = pageForWrite(address);
    page[quadword(address)] = atom.low();
    page[quadword(address) + 1] = atom.high();
  }

  @Override
  public boolean contains(long address) {
    return size == 0 || Long.compareUnsigned(address, size) < 0;
  }

  private long @Nullable [] page(long address) {
    if (!contains(address)) {
      throw new IndexOutOfBoundsException(
          "no memory at 0x" + Long.toHexString(address) + ", size 0x" + Long.toHexString(size));
    }
    return pages.get(address >>> PAGE_SHIFT);
  }

  private long[] pageForWrite(long address) {
    long[] page = page(address);
    if (page == null) {
      page = new long[PAGE_QUADWORDS];
      pages.put(address >>> PAGE_SHIFT, page);
    }
    return page;
  }

  private static int quadword(long address) {
    return (int) (address >>> 3) & (PAGE_QUADWORDS - 1);
  }

  /** Where the bits of a half begin in its quadword. */
  private static int shift(long address) {
    return 8 * (int) (address & 4);
  }

  private static void requireAligned(long address, int width) {
    if ((address & (width - 1)) != 0) {
      throw new IllegalArgumentException(
          "0x" + Long.toHexString(address) + " is not aligned to " + width + " bytes");
    }
  }
}
