package org.iommuref.conformance.process;

import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Memory by words of 8 bytes, as a wire asks for it: EINVAL for an address that is not a multiple
 * of 8, EFAULT where there is no memory.
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

  private @Nullable Errno wrong(long address) {
    if (address % WORD_BYTES != 0) {
      return Errno.EINVAL;
    }
    return memory.contains(address) ? null : Errno.EFAULT;
  }
}
