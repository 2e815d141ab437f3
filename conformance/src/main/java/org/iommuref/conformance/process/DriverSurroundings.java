package org.iommuref.conformance.process;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.FinishAccess;
import org.iommuref.spec.operation.IssueAccess;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.operation.WriteMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.spi.UnitLibrary;
import org.iommuref.spec.spi.UnitProvider;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.call.DeviceCall;
import org.iommuref.spec.unit.call.DriverCall;
import org.iommuref.spec.unit.call.UnitCall;
import org.iommuref.spec.unit.call.UnitSeam;
import org.iommuref.spec.unit.call.UnrestException;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.MemoryRange;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.Reset;
import org.iommuref.spec.wire.WireException;

/**
 * What the runner keeps for a driver: units of ours, the memory that they and the driver share, and
 * the devices in front of them. The driver asks for registers and memory; accesses of devices, and
 * those of the suite to memory, do not travel.
 *
 * <p>The units are those of the target that bears the name of the driver's architecture. What a
 * unit sends by itself nobody takes: the driver reads faults from registers.
 */
public final class DriverSurroundings implements Surroundings {

  private static final long MEMORY_BYTES = 1L << 46;
  private static final long TABLES = 0x1000_0000L;

  /** What devices of ours raise, whatever the driver says. */
  private static final Set<Capability> RAISED =
      Set.of(
          Capability.STIMULUS_ATOMIC,
          Capability.STIMULUS_PASID,
          Capability.STIMULUS_ZERO_LENGTH_READ);

  private final UnitProvider provider;
  private final MemoryRange pages;
  private final Topology topology;
  private final MemoryWords memory;
  private final List<UnitSeam> units;
  private final Map<Integer, Integer> issued = new HashMap<>();

  private DriverSurroundings(UnitProvider provider, MemoryRange pages, Reset reset) {
    SystemMemory shared = SystemMemory.ofSize(MEMORY_BYTES);
    Environment environment =
        new Environment(
            reset.topology(),
            shared,
            new PagePool(shared, TABLES, 1),
            reset.seed() == 0 ? Sequential.plain() : Sequential.seeded(reset.seed()),
            Footprint.NONE,
            reset.caches());
    this.provider = provider;
    this.pages = pages;
    this.topology = reset.topology();
    this.memory = new MemoryWords(shared);
    this.units =
        IntStream.range(0, topology.units())
            .mapToObj(n -> new UnitSeam(provider.open(environment), shared))
            .toList();
  }

  /** Of a driver that has said hello so; empty if there are no units of ours for it. */
  public static Optional<DriverSurroundings> of(Introduction said) {
    return ServiceLoader.load(UnitLibrary.class).stream()
        .flatMap(library -> library.get().units().stream())
        .filter(unit -> unit.name().equals(said.architecture()))
        .findFirst()
        .map(
            unit ->
                new DriverSurroundings(
                    unit,
                    said.memory(),
                    new Reset(Topology.oneDevice(), CachePolicy.REALISTIC, 0)));
  }

  /**
   * What a driver claims, of the architecture of its units, and what our devices raise.
   *
   * @throws IllegalArgumentException if there are no units of ours for it
   */
  static HwInfo claims(Introduction said) {
    DriverSurroundings units =
        of(said)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no unit for a driver of '" + said.architecture() + "'"));
    HwInfo told = said.hwInfo();
    Set<Capability> stimulus = EnumSet.copyOf(RAISED);
    stimulus.addAll(told.stimulus());
    return new HwInfo(
        units.provider.architecture(),
        told.pageSizes(),
        told.addressBits(),
        told.maxPasids(),
        told.unit(),
        stimulus);
  }

  @Override
  public DriverSurroundings afresh(Reset reset) {
    return new DriverSurroundings(provider, pages, reset);
  }

  @Override
  public boolean holds(Operation<?> operation) {
    return operation instanceof Access
        || operation instanceof IssueAccess
        || operation instanceof FinishAccess
        || operation instanceof ReadMemory
        || operation instanceof WriteMemory;
  }

  @Override
  public <V> Reply<V> execute(Operation<V> operation) {
    try {
      return executed(operation);
    } catch (UnrestException unrest) {
      return new Reply.Lost<>(Loss.TIMEOUT, String.valueOf(unrest.getMessage()));
    }
  }

  private <V> Reply<V> executed(Operation<V> operation) {
    if (MemoryWords.isQuestion(operation)) {
      return memory.answer(operation);
    } else if (operation instanceof Access access) {
      return same(operation, access(access.access()));
    } else if (operation instanceof IssueAccess issue) {
      return same(operation, issue(issue.token(), issue.access()));
    }
    int token = ((FinishAccess) operation).token();
    Integer unit = issued.remove(token);
    return unit == null
        ? new Reply.Unsupported<>("no access " + token + " was issued")
        : same(operation, new DeviceCall.FinishDma(token, null).applyTo(units.get(unit)));
  }

  private Reply<?> access(DeviceAccess access) {
    return new DeviceCall.Dma(
            access.rid(),
            access.pasid(),
            false,
            AddressType.UNTRANSLATED,
            access.iova().bytes(),
            access.kind(),
            access.value(),
            null)
        .applyTo(units.get(unitOf(access.rid())));
  }

  private Reply<?> issue(int token, DeviceAccess access) {
    int unit = unitOf(access.rid());
    issued.put(token, unit);
    return new DeviceCall.StartDma(
            token,
            access.rid(),
            access.pasid(),
            access.iova().bytes(),
            access.kind(),
            access.value(),
            null)
        .applyTo(units.get(unit));
  }

  private int unitOf(Rid device) {
    return topology.devices().stream()
        .filter(one -> one.rid().equals(device))
        .mapToInt(Topology.Device::unit)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(device + " is not in the topology"));
  }

  /** What a call of a device, or of software, has yielded: what the operation yields. */
  private static <V> Reply<V> same(Operation<V> operation, Reply<?> reply) {
    if (reply instanceof Reply.Ok<?> ok) {
      return Reply.ok(operation.yields().cast(ok.value()));
    }
    throw new IllegalStateException("a unit of ours refuses " + operation.op() + ": " + reply);
  }

  @Override
  public ObjectNode answer(ObjectNode message) {
    MessageCodec.Request request = MessageCodec.readRequest(message);
    return answer(request.id(), request.operation());
  }

  private <V> ObjectNode answer(long id, Operation<V> operation) {
    return MessageCodec.reply(id, operation, replyTo(operation));
  }

  private <V> Reply<V> replyTo(Operation<V> operation) {
    if (operation instanceof WriteMemory write) {
      requireOutsidePages(write.address());
    }
    if (MemoryWords.isQuestion(operation)) {
      return memory.answer(operation);
    } else if (operation instanceof DriverCall<V> call) {
      try {
        return register(call);
      } catch (IllegalArgumentException | IndexOutOfBoundsException none) {
        return new Reply.Err<>(Errno.EINVAL, null);
      } catch (UnrestException unrest) {
        return new Reply.Err<>(Errno.EIO, null);
      }
    }
    throw new WireException(
        "a driver may ask for mem.read, mem.write, mem.compare_and_set, mmio.read and mmio.write"
            + " alone");
  }

  /** What a driver writes among the pages of the suite would be taken for what devices write. */
  private void requireOutsidePages(PhysAddr address) {
    if (Long.compareUnsigned(address.bytes() - pages.base().bytes(), pages.size()) < 0) {
      throw new WireException(
          "a driver writes to "
              + address
              + ", which is in \"memory\" of its hello: its tables and queues must lie elsewhere");
    }
  }

  private <V> Reply<V> register(DriverCall<V> call) {
    UnitSeam unit = units.get(call.unit());
    if (call instanceof DriverCall.MmioRead read) {
      return same(call, new UnitCall.ReadRegister(read.offset(), read.width(), null).applyTo(unit));
    }
    DriverCall.MmioWrite write = (DriverCall.MmioWrite) call;
    return same(
        call,
        new UnitCall.WriteRegister(write.offset(), write.width(), write.value(), null)
            .applyTo(unit));
  }
}
