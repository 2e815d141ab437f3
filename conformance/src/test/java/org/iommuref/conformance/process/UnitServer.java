package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.spi.UnitLibrary;
import org.iommuref.spec.spi.UnitProvider;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.call.SentMessage;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitEvent;
import org.iommuref.spec.unit.call.UnitSeam;
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

/**
 * An adapter of seam 1 in Java: serves a unit of ours on stdin and stdout, on memory of its own or
 * on the runner's.
 */
final class UnitServer {

  private static final int LINE_LIMIT = 65536;
  private static final int WINDOW = 64;
  private static final long MEMORY_BYTES = 1L << 45;

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
  private final UnitProvider provider;
  private final RamOwner ram;
  private UnitSeam unit;
  private long questions;

  private UnitServer(UnitProvider provider, RamOwner ram) {
    this.provider = provider;
    this.ram = ram;
    this.unit = open(new Reset(Topology.oneDevice(), CachePolicy.REALISTIC, 0));
  }

  /** The name of the unit, and whose memory it lies in. */
  public static void main(String[] arguments) throws IOException {
    UnitProvider provider =
        ServiceLoader.load(UnitLibrary.class).stream()
            .flatMap(library -> library.get().units().stream())
            .filter(unit -> unit.name().equals(arguments[0]))
            .findFirst()
            .orElseThrow();
    new UnitServer(provider, RamOwner.valueOf(arguments[1])).serve();
  }

  private void serve() throws IOException {
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      ObjectNode message = Json.parse(line);
      if (!MessageCodec.isRequest(message)) {
        continue; // an event is kept: nobody waits for that
      }
      try {
        MessageCodec.Request request = MessageCodec.readRequest(message);
        say(reply(request.id(), request.operation()));
        if (request.operation() instanceof Bye) {
          return;
        }
      } catch (WireException e) {
        Reply<Done> reply = new Reply.Unsupported<>(Objects.toString(e.getMessage()));
        say(MessageCodec.reply(MessageCodec.id(message), new Poll(), reply));
      }
    }
  }

  private void say(ObjectNode message) {
    out.print(message + "\n");
    out.flush();
  }

  private <V> Reply<V> ask(Operation<V> question) {
    long id = ++questions;
    say(MessageCodec.request(id, question));
    try {
      ObjectNode message = Json.parse(in.readLine());
      while (MessageCodec.id(message) != id) {
        message = Json.parse(in.readLine());
      }
      return MessageCodec.readReply(message, question);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <V> ObjectNode reply(long id, Operation<V> operation) {
    return MessageCodec.reply(id, operation, answer(operation));
  }

  private <V> Reply<V> answer(Operation<V> operation) {
    if (operation instanceof UnitCall<V> call) {
      try {
        return call.applyTo(unit);
      } catch (IllegalArgumentException misuse) {
        return new Reply.Unsupported<>(Objects.toString(misuse.getMessage()));
      } finally {
        tell();
      }
    } else if (operation instanceof Hello) {
      return Reply.ok(operation.yields().cast(introduction()));
    } else if (operation instanceof Reset reset) {
      unit = open(reset);
    } else if (!(operation instanceof Poll || operation instanceof Bye)) {
      return new Reply.Unsupported<>("no " + operation.op());
    }
    return Reply.ok(operation.yields().cast(Done.DONE));
  }

  /** Sends what the unit has sent. */
  private void tell() {
    UnitCall.TakeMessage take = new UnitCall.TakeMessage(null);
    while (take.applyTo(unit) instanceof Reply.Ok<SentMessage> ok
        && ok.value().kind() != SentMessage.Kind.NONE) {
      say(MessageCodec.request(++questions, UnitEvent.of(ok.value())));
    }
  }

  private UnitSeam open(Reset reset) {
    Memory memory =
        ram == RamOwner.TARGET ? SystemMemory.ofSize(MEMORY_BYTES) : new AskedMemory(this::ask);
    Environment environment =
        new Environment(
            reset.topology(),
            memory,
            new PagePool(memory, 0x1000_0000L, 1),
            reset.seed() == 0 ? Sequential.plain() : Sequential.seeded(reset.seed()),
            Footprint.NONE,
            reset.caches());
    return new UnitSeam(provider.open(environment), memory);
  }

  private Introduction introduction() {
    return new Introduction(
        provider.name(),
        "1.0",
        Hello.PROTOCOL,
        Hello.UNIT_SEAM,
        Introduction.UNIT_ROLE,
        provider.architecture(),
        0x1000,
        provider.hostAddressBits(),
        0,
        EnumSet.of(Capability.TRANSLATION_CACHE, Capability.DRAIN),
        EnumSet.copyOf(
            List.of(
                Capability.STIMULUS_PASID,
                Capability.STIMULUS_ATOMIC,
                Capability.STIMULUS_PRIVILEGED,
                Capability.STIMULUS_ZERO_LENGTH_READ,
                Capability.STIMULUS_ATS,
                Capability.STIMULUS_INTERRUPT,
                Capability.PAGE_REQUESTS,
                Capability.ANY_REQUESTER,
                Capability.TWO_DEVICES)),
        ram,
        new MemoryRange(new PhysAddr(1L << 32), 1L << 33),
        ram == RamOwner.TARGET ? WINDOW : 1,
        LINE_LIMIT);
  }
}
