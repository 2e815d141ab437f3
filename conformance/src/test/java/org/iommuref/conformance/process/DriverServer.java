package org.iommuref.conformance.process;

import java.io.IOException;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.BackendSeam;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.DriverProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.IommuUnit;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;
import org.iommuref.spec.wire.MemoryRange;
import org.iommuref.spec.wire.RamOwner;
import org.iommuref.spec.wire.Reset;
import org.jspecify.annotations.Nullable;

/**
 * An adapter of seam 2 in Java that is a driver alone: it serves the driver of VT-d over the
 * runner's units. With the word {@code no-sync} it forgets to invalidate.
 */
final class DriverServer implements AdapterEnd.Served {

  private static final int LINE_LIMIT = 65536;
  private static final long TABLES = 0x1001_0000L;
  private static final int TABLE_PAGES = 1 << 15;

  private final AdapterEnd end = new AdapterEnd();
  private final String target;
  private final boolean syncs;
  private @Nullable BackendSeam driver;

  private DriverServer(String target, boolean syncs) {
    this.target = target;
    this.syncs = syncs;
  }

  /** The name of the target whose units it drives, and perhaps {@code no-sync}. */
  public static void main(String[] arguments) throws IOException {
    DriverServer server = new DriverServer(arguments[0], arguments.length == 1);
    server.end.serve(server);
  }

  @Override
  public <V> Reply<V> answer(Operation<V> operation) {
    if (!(operation instanceof BackendOperation<V> call) || driver == null) {
      return new Reply.Unsupported<>("no " + operation.op());
    }
    return operation instanceof Sync && !syncs
        ? Reply.ok(operation.yields().cast(Done.DONE))
        : call.applyTo(driver);
  }

  @Override
  public void reset(Reset reset) {
    driver = start(reset);
  }

  private BackendSeam start(Reset reset) {
    Memory memory = new AskedMemory(end::ask);
    Environment environment =
        new Environment(
            reset.topology(),
            memory,
            new PagePool(memory, TABLES, TABLE_PAGES),
            Sequential.plain(),
            Footprint.NONE,
            reset.caches());
    DriverProvider provider = ServiceLoader.load(DriverProvider.class).findFirst().orElseThrow();
    return new BackendSeam(
        provider.start(
            environment,
            IntStream.range(0, reset.topology().units())
                .<IommuUnit>mapToObj(number -> new AskedUnit(number, end::ask))
                .toList()));
  }

  /**
   * What the same driver claims over the same units in one process, but for devices that keep
   * translations or ask for pages: those of a runner make accesses alone.
   */
  @Override
  public Introduction introduction() {
    HwInfo claims =
        ServiceLoader.load(BackendProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(backend -> backend.name().equals(target))
            .findFirst()
            .orElseThrow()
            .hwInfo();
    Set<Capability> unit = new TreeSet<>(claims.unit());
    unit.remove(Capability.CORE);
    Set<Capability> stimulus = new TreeSet<>(claims.stimulus());
    stimulus.removeAll(Set.of(Capability.KEEPING_DEVICES, Capability.PAGE_REQUESTS));
    return new Introduction(
        "driver",
        "1.0",
        Hello.PROTOCOL,
        Hello.BACKEND_SEAM,
        Introduction.DRIVER_ROLE,
        target,
        claims.pageSizes(),
        claims.addressBits(),
        claims.maxPasids(),
        unit,
        stimulus,
        RamOwner.RUNNER,
        new MemoryRange(new PhysAddr(1L << 32), 1L << 33),
        1,
        LINE_LIMIT);
  }
}
