package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.unit.call.SentMessage;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitEvent;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.RamOwner;
import org.iommuref.spec.wire.Reset;
import org.iommuref.spec.wire.WireException;

/**
 * What the runner keeps for a unit: the messages that it has sent and nobody has taken, and the
 * memory of one that has none of its own.
 *
 * <p>Memory is that of {@link org.iommuref.conformance.target.UnitTarget}: zero after a reset, and
 * there is none from 2^45 bytes on; the unit is answered EFAULT there. It takes atomic accesses
 * wherever a case does not say otherwise.
 */
public final class UnitSurroundings implements Surroundings {

  private static final long MEMORY_BYTES = 1L << 45;

  private final RamOwner ram;
  private final SystemMemory shared = SystemMemory.ofSize(MEMORY_BYTES);
  private final MemoryWords memory = new MemoryWords(shared);
  private final Queue<SentMessage> sent = new ArrayDeque<>();

  /** Of a unit whose memory is held by that end. */
  public UnitSurroundings(RamOwner ram) {
    this.ram = ram;
  }

  @Override
  public boolean holds(Operation<?> operation) {
    return operation instanceof UnitCall.TakeMessage
        || (ram == RamOwner.RUNNER
            && (operation instanceof UnitCall.ReadMemory
                || operation instanceof UnitCall.WriteMemory
                || operation instanceof UnitCall.RefuseAtomics));
  }

  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    if (operation instanceof UnitCall.ReadMemory read) {
      return memory.read(operation, read.address().bytes());
    }
    if (operation instanceof UnitCall.WriteMemory write) {
      return memory.write(operation, write.address().bytes(), write.value());
    }
    if (operation instanceof UnitCall.RefuseAtomics range) {
      shared.refuseAtomics(range.address().bytes(), range.bytes());
      return Reply.ok(operation.yields().cast(Done.DONE));
    }
    SentMessage next = sent.poll();
    return Reply.ok(operation.yields().cast(Objects.requireNonNullElse(next, SentMessage.NOTHING)));
  }

  @Override
  public ObjectNode answer(ObjectNode message) {
    MessageCodec.Request request = MessageCodec.readRequest(message);
    return answer(request.id(), request.operation());
  }

  @Override
  public UnitSurroundings afresh(Reset reset) {
    return new UnitSurroundings(ram);
  }

  private <V> ObjectNode answer(long id, Operation<V> operation) {
    return MessageCodec.reply(id, operation, replyTo(operation));
  }

  private <V> Reply<V> replyTo(Operation<V> operation) {
    if (operation instanceof UnitEvent event) {
      sent.add(SentMessage.of(event.message()));
      return Reply.ok(operation.yields().cast(Done.DONE));
    }
    if (!MemoryWords.isQuestion(operation)) {
      throw new WireException(
          "a unit may send msi, ats.invalidate and prg.response, and ask for mem.read, mem.write"
              + " and mem.compare_and_set");
    }
    if (ram != RamOwner.RUNNER) {
      throw new WireException("a request for memory from a unit whose ram is not \"runner\"");
    }
    return memory.answer(operation);
  }
}
