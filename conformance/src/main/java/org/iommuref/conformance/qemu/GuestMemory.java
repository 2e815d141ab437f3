package org.iommuref.conformance.qemu;

import org.iommuref.spec.memory.Memory;

/**
 * The memory of an emulated machine.
 *
 * <p>Nothing else runs while a command is carried out, so a compare and set in two commands is
 * atomic, and so is a pair of writes with nothing between them that makes the machine look.
 *
 * @param qtest the way to it
 * @param end the first address beyond it, in bytes
 */
record GuestMemory(Qtest qtest, long end) implements Memory {

  @Override
  public long readLong(long address) {
    return qtest.readLong(address);
  }

  @Override
  public void writeLong(long address, long value) {
    qtest.writeLong(address, value);
  }

  @Override
  public int readInt(long address) {
    return qtest.readInt(address);
  }

  @Override
  public void writeInt(long address, int value) {
    qtest.writeInt(address, value);
  }

  @Override
  public boolean compareAndSetLong(long address, long expected, long value) {
    if (qtest.readLong(address) != expected) {
      return false;
    }
    qtest.writeLong(address, value);
    return true;
  }

  @Override
  public boolean contains(long address) {
    return Long.compareUnsigned(address, end) < 0;
  }
}
