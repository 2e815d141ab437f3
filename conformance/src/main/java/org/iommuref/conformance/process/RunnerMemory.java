package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.WriteMemory;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.Reset;
import org.iommuref.spec.wire.WireException;

/**
 * The memory that the runner keeps for a child without memory of its own: all 2^64 bytes, zero at
 * first. The suite reads and writes it here; the child does so by requests back.
 */
public final class RunnerMemory implements Surroundings {

  private static final long WORD_BYTES = 8;
  private static final long ALL_BYTES = 0;

  private final Memory memory = SystemMemory.ofSize(ALL_BYTES);

  @Override
  public boolean holds(Operation<?> operation) {
    return operation instanceof ReadMemory || operation instanceof WriteMemory;
  }

  /** Executes an operation on memory. EINVAL for an address that is not a multiple of 8. */
  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    if (operation instanceof ReadMemory read) {
      return isAligned(read.address())
          ? Reply.ok(operation.yields().cast(memory.readLong(read.address().bytes())))
          : new Reply.Err<>(Errno.EINVAL, null);
    }
    if (operation instanceof WriteMemory write) {
      if (!isAligned(write.address())) {
        return new Reply.Err<>(Errno.EINVAL, null);
      }
      memory.writeLong(write.address().bytes(), write.value());
      return Reply.ok(operation.yields().cast(Done.DONE));
    }
    return new Reply.Unsupported<>("the runner has memory alone");
  }

  /**
   * Answers a request of the child.
   *
   * @throws WireException if it is not a request on memory
   */
  @Override
  public ObjectNode answer(ObjectNode message) {
    MessageCodec.Request request = MessageCodec.readRequest(message);
    if (!holds(request.operation())) {
      throw new WireException("a child may ask for mem.read and mem.write alone");
    }
    return answer(request.id(), request.operation());
  }

  @Override
  public RunnerMemory afresh(Reset reset) {
    return new RunnerMemory();
  }

  private <V> ObjectNode answer(long id, Operation<V> operation) {
    return MessageCodec.reply(id, operation, execute(operation));
  }

  private static boolean isAligned(PhysAddr address) {
    return address.bytes() % WORD_BYTES == 0;
  }
}
