package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
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

  private static final long ALL_BYTES = 0;

  private final MemoryWords memory = new MemoryWords(SystemMemory.ofSize(ALL_BYTES));

  @Override
  public boolean holds(Operation<?> operation) {
    return operation instanceof ReadMemory || operation instanceof WriteMemory;
  }

  /** Executes an operation on memory. EINVAL for an address that is not a multiple of 8. */
  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    return holds(operation)
        ? memory.answer(operation)
        : new Reply.Unsupported<>("the runner has memory alone");
  }

  /**
   * Answers a request of the child.
   *
   * @throws WireException if it is not a request on memory
   */
  @Override
  public ObjectNode answer(ObjectNode message) {
    MessageCodec.Request request = MessageCodec.readRequest(message);
    return answer(request.id(), request.operation());
  }

  @Override
  public RunnerMemory afresh(Reset reset) {
    return new RunnerMemory();
  }

  private <V> ObjectNode answer(long id, Operation<V> operation) {
    if (!MemoryWords.isQuestion(operation)) {
      throw new WireException(
          "a child may ask for mem.read, mem.write and mem.compare_and_set alone");
    }
    return MessageCodec.reply(id, operation, memory.answer(operation));
  }
}
