package org.iommuref.conformance.process;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.ServiceLoader;
import org.iommuref.conformance.target.UnitTarget;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.clause.Capability;
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
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.MemoryRange;
import org.iommuref.spec.wire.RamOwner;
import org.iommuref.spec.wire.Reset;

/**
 * An adapter of seam 1 in Java: serves a unit of ours on stdin and stdout, on memory of its own or
 * on the runner's.
 */
final class UnitServer implements AdapterEnd.Served {

  private static final int LINE_LIMIT = 65536;
  private static final int WINDOW = 64;
  private static final long MEMORY_BYTES = 1L << 45;

  private final AdapterEnd end = new AdapterEnd();
  private final UnitProvider provider;
  private final RamOwner ram;
  private UnitSeam unit;

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
    UnitServer server = new UnitServer(provider, RamOwner.valueOf(arguments[1]));
    server.end.serve(server);
  }

  @Override
  public <V> Reply<V> answer(Operation<V> operation) {
    if (!(operation instanceof UnitCall<V> call)) {
      return new Reply.Unsupported<>("no " + operation.op());
    }
    try {
      return call.applyTo(unit);
    } catch (IllegalArgumentException misuse) {
      return new Reply.Unsupported<>(Objects.toString(misuse.getMessage()));
    } finally {
      tell();
    }
  }

  @Override
  public void reset(Reset reset) {
    unit = open(reset);
  }

  /** Sends what the unit has sent. */
  private void tell() {
    UnitCall.TakeMessage take = new UnitCall.TakeMessage(null);
    while (take.applyTo(unit) instanceof Reply.Ok<SentMessage> ok
        && ok.value().kind() != SentMessage.Kind.NONE) {
      end.tell(UnitEvent.of(ok.value()));
    }
  }

  private UnitSeam open(Reset reset) {
    Memory memory =
        ram == RamOwner.TARGET ? SystemMemory.ofSize(MEMORY_BYTES) : new AskedMemory(end::ask);
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

  @Override
  public Introduction introduction() {
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
        UnitTarget.of(provider).hwInfo().stimulus(),
        ram,
        new MemoryRange(new PhysAddr(1L << 32), 1L << 33),
        ram == RamOwner.TARGET ? WINDOW : 1,
        LINE_LIMIT);
  }
}
