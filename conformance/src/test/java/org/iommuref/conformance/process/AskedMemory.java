package org.iommuref.conformance.process;

import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.CompareAndSetMemory;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.WriteMemory;

/** Memory that a runner keeps: every access is asked of it, 8 bytes at a time. */
final class AskedMemory implements Memory {

  private static final int HALF_BITS = 32;
  private static final long HALF = 0xffff_ffffL;

  private final Runner runner;

  /** Whoever answers. */
  interface Runner {
    <V> Reply<V> ask(Operation<V> question);
  }

  AskedMemory(Runner runner) {
    this.runner = runner;
  }

  @Override
  public long readLong(long address) {
    if (runner.ask(new ReadMemory(new PhysAddr(address))) instanceof Reply.Ok<Long> ok) {
      return ok.value();
    }
    throw new IllegalStateException("no memory at " + address);
  }

  @Override
  public void writeLong(long address, long value) {
    runner.ask(new WriteMemory(new PhysAddr(address), value));
  }

  @Override
  public int readInt(long address) {
    return (int) (readLong(address & -8) >>> shift(address));
  }

  @Override
  public void writeInt(long address, int value) {
    long kept = readLong(address & -8) & ~(HALF << shift(address));
    writeLong(address & -8, kept | (value & HALF) << shift(address));
  }

  @Override
  public boolean compareAndSetLong(long address, long expected, long value) {
    return swap(address, expected, value) instanceof Reply.Ok<Long> ok && ok.value() == expected;
  }

  /** An atomic access that changes nothing tells. */
  @Override
  public boolean takesAtomics(long address) {
    return swap(address & -8, 0, 0) instanceof Reply.Ok;
  }

  private Reply<Long> swap(long address, long expected, long value) {
    return runner.ask(new CompareAndSetMemory(new PhysAddr(address), expected, value));
  }

  @Override
  public boolean contains(long address) {
    return runner.ask(new ReadMemory(new PhysAddr(address & -8))) instanceof Reply.Ok;
  }

  private static int shift(long address) {
    return (address & 4) == 0 ? 0 : HALF_BITS;
  }
}
