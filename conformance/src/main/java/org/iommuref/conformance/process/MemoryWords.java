package org.iommuref.conformance.process;

import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.operation.CompareAndSetMemory;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.WriteMemory;
import org.jspecify.annotations.Nullable;

/**
 * Memory by words of 8 bytes, as a wire asks for it: EINVAL for an address that is not a multiple
 * of 8, EFAULT where there is no memory, EOPNOTSUPP for an atomic access where memory takes none.
 */
record MemoryWords(Memory memory) {

  private static final long WORD_BYTES = 8;

  <V> Reply<V> read(Operation<V> operation, long address) {
    Errno wrong = wrong(address);
    return wrong == null
        ? Reply.ok(operation.yields().cast(memory.readLong(address)))
        : new Reply.Err<>(wrong, null);
  }

  <V> Reply<V> write(Operation<V> operation, long address, long value) {
    Errno wrong = wrong(address);
    if (wrong != null) {
      return new Reply.Err<>(wrong, null);
    }
    memory.writeLong(address, value);
    return Reply.ok(operation.yields().cast(Done.DONE));
  }

  /** Whether it is what a child without memory of its own asks for. */
  static boolean isQuestion(Operation<?> operation) {
    return operation instanceof ReadMemory
        || operation instanceof WriteMemory
        || operation instanceof CompareAndSetMemory;
  }

  /**
   * Answers such a question.
   *
   * @throws IllegalArgumentException if it is none
   */
  <V> Reply<V> answer(Operation<V> question) {
    if (question instanceof ReadMemory read) {
      return read(question, read.address().bytes());
    }
    if (question instanceof WriteMemory write) {
      return write(question, write.address().bytes(), write.value());
    }
    if (question instanceof CompareAndSetMemory swap) {
      return swap(question, swap.address().bytes(), swap.expected(), swap.value());
    }
    throw new IllegalArgumentException(question.op() + " is not about memory");
  }

  private <V> Reply<V> swap(Operation<V> operation, long address, long expected, long value) {
    Errno wrong = wrong(address);
    if (wrong != null || !memory.takesAtomics(address)) {
      return new Reply.Err<>(wrong == null ? Errno.EOPNOTSUPP : wrong, null);
    }
    long before = memory.readLong(address);
    memory.compareAndSetLong(address, expected, value);
    return Reply.ok(operation.yields().cast(before));
  }

  private @Nullable Errno wrong(long address) {
    if (address % WORD_BYTES != 0) {
      return Errno.EINVAL;
    }
    return memory.contains(address) ? null : Errno.EFAULT;
  }
}
