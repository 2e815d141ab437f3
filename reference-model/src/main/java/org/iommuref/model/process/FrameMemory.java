package org.iommuref.model.process;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.memory.Memory;

/**
 * Physical memory in which the frames of processes lie where their numbers say, so that a device
 * reaches what a process has written.
 *
 * <p>Addresses from 4 GiB to 512 GiB are those of processes; all others belong to the kernel. A
 * frame that nobody has pinned (PIN-001) reads as ones, so that a device that still reaches it is
 * seen; a write to it is an {@link IllegalStateException}.
 */
public final class FrameMemory implements Memory {

  /** The first byte that belongs to processes. */
  public static final long FIRST = 1L << 32;

  /** The byte behind the last that belongs to processes. */
  public static final long END = 1L << 39;

  private final Memory kernel;
  private final Processes processes;

  /** The memory of the kernel, and within it that of processes. */
  public FrameMemory(Memory kernel, Processes processes) {
    this.kernel = kernel;
    this.processes = processes;
  }

  @Override
  public long readLong(long address) {
    return isOfProcesses(address) ? read(address, Long.BYTES).getLong() : kernel.readLong(address);
  }

  @Override
  public void writeLong(long address, long value) {
    if (isOfProcesses(address)) {
      byte[] bytes = new byte[Long.BYTES];
      little(bytes).putLong(value);
      write(address, bytes);
    } else {
      kernel.writeLong(address, value);
    }
  }

  @Override
  public int readInt(long address) {
    return isOfProcesses(address) ? read(address, Integer.BYTES).getInt() : kernel.readInt(address);
  }

  @Override
  public void writeInt(long address, int value) {
    if (isOfProcesses(address)) {
      byte[] bytes = new byte[Integer.BYTES];
      little(bytes).putInt(value);
      write(address, bytes);
    } else {
      kernel.writeInt(address, value);
    }
  }

  @Override
  public boolean compareAndSetLong(long address, long expected, long value) {
    if (!isOfProcesses(address)) {
      return kernel.compareAndSetLong(address, expected, value);
    }
    boolean equal = readLong(address) == expected;
    if (equal) {
      writeLong(address, value);
    }
    return equal;
  }

  @Override
  public boolean takesAtomics(long address) {
    return isOfProcesses(address) || kernel.takesAtomics(address);
  }

  @Override
  public boolean contains(long address) {
    return isOfProcesses(address) || kernel.contains(address);
  }

  private static boolean isOfProcesses(long address) {
    return address >= FIRST && address < END;
  }

  private ByteBuffer read(long address, int length) {
    byte[] bytes = new byte[length];
    if (isPinned(address)) {
      bytes = processes.readFrame(frame(address), offset(address), length);
    } else {
      Arrays.fill(bytes, (byte) -1);
    }
    return little(bytes);
  }

  private void write(long address, byte[] bytes) {
    if (!isPinned(address)) {
      throw new IllegalStateException(
          "PIN-001: a device writes 0x" + Long.toHexString(address) + ", which is not pinned");
    }
    processes.writeFrame(frame(address), offset(address), bytes);
  }

  private boolean isPinned(long address) {
    return processes.pinsOf(frame(address)) > 0;
  }

  private static long frame(long address) {
    return address / Processes.PAGE_SIZE;
  }

  private static int offset(long address) {
    return (int) (address & (Processes.PAGE_SIZE - 1));
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
