package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.iommuref.model.ideal.IdealBackend;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.BackendSeam;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.wire.Bye;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.Json;
import org.iommuref.spec.wire.MemoryRange;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.Poll;
import org.iommuref.spec.wire.RamOwner;
import org.iommuref.spec.wire.Reset;
import org.iommuref.spec.wire.WireException;

/** An adapter in Java: serves the ideal backend over stdin and stdout. */
final class BackendServer {

  private static final long MEMORY_BYTES = 1L << 46;
  private static final int WINDOW = 64;
  private static final int LINE_LIMIT = 65536;

  private BackendSeam seam = open(Topology.oneDevice());

  private boolean over;

  private BackendServer() {}

  /** Serves until bye or the end of stdin. */
  public static void main(String[] arguments) throws IOException {
    BackendServer server = new BackendServer();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.print(server.answer(Json.parse(line)) + "\n");
      out.flush();
      if (server.over) {
        return;
      }
    }
  }

  /** A backend in its state after power-on. */
  static BackendSeam open(Topology topology) {
    return new BackendSeam(new IdealBackend(topology, SystemMemory.ofSize(MEMORY_BYTES)));
  }

  private ObjectNode answer(ObjectNode message) {
    try {
      MessageCodec.Request request = MessageCodec.readRequest(message);
      return answer(request.id(), request.operation());
    } catch (WireException e) {
      Reply<Result.Done> reply = new Reply.Unsupported<>(Objects.toString(e.getMessage()));
      return MessageCodec.reply(MessageCodec.id(message), new Poll(), reply);
    }
  }

  private <V> ObjectNode answer(long id, Operation<V> operation) {
    over = operation instanceof Bye;
    return MessageCodec.reply(id, operation, execute(operation));
  }

  private <V> Reply<V> execute(Operation<V> operation) {
    if (operation instanceof BackendOperation<V> call) {
      return call.applyTo(seam);
    }
    if (operation instanceof Hello) {
      return Reply.ok(operation.yields().cast(introduction(seam.backend().hwInfo())));
    }
    if (operation instanceof Reset reset) {
      seam = open(reset.topology());
    } else if (!(operation instanceof Poll || operation instanceof Bye)) {
      return new Reply.Unsupported<>("no " + operation.op());
    }
    return Reply.ok(operation.yields().cast(Result.Done.DONE));
  }

  private static Introduction introduction(HwInfo info) {
    return new Introduction(
        "ideal",
        "1.0",
        Hello.PROTOCOL,
        Hello.BACKEND_SEAM,
        Introduction.BACKEND_ROLE,
        info.architecture(),
        info.pageSizes(),
        info.addressBits(),
        info.maxPasids(),
        info.unit(),
        info.stimulus(),
        RamOwner.TARGET,
        new MemoryRange(new PhysAddr(1L << 32), 1L << 32),
        WINDOW,
        LINE_LIMIT);
  }
}
