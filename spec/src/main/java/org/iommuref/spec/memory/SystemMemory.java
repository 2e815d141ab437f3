package org.iommuref.spec.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.iommuref.spec.step.Footprint;
import org.jspecify.annotations.Nullable;

/**
 * Sparse memory of {@code size} bytes from address 0; a page that was never written reads as zero
 * and costs nothing.
 *
 * <p>Pages are 4 KiB. Every access is reported to the {@link Footprint} first.
 */
public final class SystemMemory implements Memory {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_BYTES = 1 << PAGE_SHIFT;

  private final PagesByNumber pages = new PagesByNumber();
  private final long size;
  private final Footprint footprint;
  private long lastNumber = -1;
  private byte @Nullable [] last;

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
    byte[] page = page(address, false);
    return page == null ? 0 : (long) LONGS.get(page, offset(address));
  }

  @Override
  public void writeLong(long address, long value) {
    footprint.write(this, address);
    requireAligned(address, 8);
    LONGS.set(pageForWrite(address), offset(address), value);
  }

  @Override
  public int readInt(long address) {
    footprint.read(this, address & ~7L);
    requireAligned(address, 4);
    byte[] page = page(address, false);
    return page == null ? 0 : (int) INTS.get(page, offset(address));
  }

  @Override
  public void writeInt(long address, int value) {
    footprint.write(this, address & ~7L);
    requireAligned(address, 4);
    INTS.set(pageForWrite(address), offset(address), value);
  }

  @Override
  public boolean compareAndSetLong(long address, long expected, long value) {
    footprint.write(this, address);
    if (peekLong(address) != expected) {
      return false;
    }
    LONGS.set(pageForWrite(address), offset(address), value);
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
    byte[] page = pageForWrite(address);
    LONGS.set(page, offset(address), atom.low());
    LONGS.set(page, offset(address) + 8, atom.high());
  }

  @Override
  public boolean contains(long address) {
    return size == 0 || Long.compareUnsigned(address, size) < 0;
  }

  private byte[] pageForWrite(long address) {
    byte[] page = page(address, true);
    if (page == null) {
      throw new IllegalStateException("a page for writing was not created");
    }
    return page;
  }

  private byte @Nullable [] page(long address, boolean create) {
    long number = address >>> PAGE_SHIFT;
    if (number == lastNumber) {
      return last;
    }
    if (!contains(address)) {
      throw new IndexOutOfBoundsException(
          "no memory at 0x" + Long.toHexString(address) + ", size 0x" + Long.toHexString(size));
    }
    byte[] page = pages.get(number);
    if (page == null && create) {
      page = new byte[PAGE_BYTES];
      pages.put(number, page);
    }
    if (page != null) {
      lastNumber = number;
      last = page;
    }
    return page;
  }

  private static int offset(long address) {
    return (int) (address & (PAGE_BYTES - 1));
  }

  private static void requireAligned(long address, int width) {
    if ((address & (width - 1)) != 0) {
      throw new IllegalArgumentException(
          "0x" + Long.toHexString(address) + " is not aligned to " + width + " bytes");
    }
  }
}
