package org.iommuref.conformance.qemu;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.UnitClaims;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.spi.CoreProvider;
import org.iommuref.spec.spi.DriverProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.call.UnitSeam;

/**
 * Our driver, and an IOMMU core above it, over an IOMMU that QEMU emulates.
 *
 * <p>Each session has an emulator of its own, so that one that dies or hangs costs one case; it is
 * started while the cases before run. What the unit can do is read from its registers, what can be
 * raised is what the devices can.
 */
public final class QemuTarget implements Target {

  /** What stands before the name of the IOMMU in the name of the target. */
  public static final String PREFIX = "qemu:";

  private static final int COMPLETION_PAGES = 16;
  private static final int PAGE_BYTES = 4096;
  private static final int TABLE_PAGES = 1 << 15;

  /** Half of a case's steps go within a few runs, and each of them costs an emulator. */
  private static final int MOST_RUNS_TO_REDUCE = 40;

  /** Of what a driver over units of our own is given, what the devices here can raise. */
  private static final Set<Capability> STIMULUS =
      Set.of(Capability.TWO_DEVICES, Capability.SHARED_GROUP, Capability.FAILING_ATTACH);

  private final Machine machine;
  private final String version;
  private final StartedAhead<Topology, StartedMachine> machines;
  private final DriverProvider driver;
  private final CoreProvider core;
  private final HwInfo hwInfo;
  private final int seam;

  private QemuTarget(
      Machine machine,
      String version,
      Qemu qemu,
      DriverProvider driver,
      CoreProvider core,
      int seam) {
    this.machine = machine;
    this.version = version;
    this.machines = new StartedAhead<>(topology -> StartedMachine.start(qemu, machine, topology));
    this.driver = driver;
    this.core = core;
    this.seam = seam;
    this.hwInfo = seam == Layer.UNIT.seam() ? unitClaims() : claims();
  }

  /**
   * Starts the emulator once and asks what it has.
   *
   * @param program of QEMU
   * @param seam at which it is judged, 1 or 2
   * @throws QemuAbsentException if it is not there or cannot emulate the machine
   */
  static QemuTarget of(Path program, Machine machine, ProcessOptions options, int seam) {
    Qemu qemu = Qemu.of(program, machine, options);
    return new QemuTarget(
        machine,
        QemuVersion.of(program, options),
        qemu,
        ServiceLoader.load(DriverProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.architecture().equals(machine.architecture()))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("no driver for " + machine.architecture())),
        ServiceLoader.load(CoreProvider.class).findFirst().orElseThrow(),
        seam);
  }

  @Override
  public String name() {
    return PREFIX + machine.name();
  }

  @Override
  public String title() {
    return version + ", " + machine.name();
  }

  @Override
  public HwInfo hwInfo() {
    return hwInfo;
  }

  @Override
  public int seam() {
    return seam;
  }

  @Override
  public DataMemory dataMemory() {
    return machine.data();
  }

  @Override
  public void expect(List<Topology> next) {
    machines.expect(next);
  }

  @Override
  public Session open(SessionConfig config) {
    StartedMachine started;
    try {
      started = machines.take(config.topology());
    } catch (QemuLostException e) {
      return new LostSession(e.loss(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return new LostSession(Loss.CRASH, e.toString());
    }
    try {
      return open(config, started);
    } catch (QemuLostException e) {
      machines.endLater(started);
      return new LostSession(e.loss(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      machines.endLater(started);
      return new LostSession(Loss.CRASH, e.toString());
    }
  }

  /** Returns when no emulator is left. */
  @Override
  public void close() {
    machines.close();
  }

  @Override
  public int hostAddressBits() {
    return machine.hostAddressBits();
  }

  /** A refused write looks like one that was admitted. */
  @Override
  public boolean tellsOutcomes() {
    return false;
  }

  /** {@code intel-iommu} does. */
  @Override
  public boolean takesWidthOfFirstStageFromEntry() {
    return true;
  }

  @Override
  public int mostRunsToReduce() {
    return MOST_RUNS_TO_REDUCE;
  }

  /** The emulator does not know of seeds. */
  @Override
  public boolean leavesToChance() {
    return false;
  }

  private Session open(SessionConfig config, StartedMachine started) {
    Runnable end = () -> machines.endLater(started);
    Memory memory = machine.memory(started.emulator().qtest());
    if (config.layer() == Layer.UNIT) {
      return new QemuSession(end, new UnitSeam(started.unit(), memory));
    }
    Environment environment =
        new Environment(
            config.topology(),
            memory,
            new PagePool(memory, machine.tables() + COMPLETION_PAGES * PAGE_BYTES, TABLE_PAGES),
            config.seed() == SessionConfig.PLAIN
                ? Sequential.plain()
                : Sequential.seeded(config.seed()),
            Footprint.NONE,
            config.caches());
    IommuBackend backend = driver.start(environment, List.of(started.unit()));
    return new QemuSession(
        end, backend, config.layer() == Layer.CORE ? core.open(environment, backend) : null);
  }

  private HwInfo unitClaims() {
    Topology topology = Topology.oneDevice();
    Set<Capability> stimulus = EnumSet.of(Capability.TWO_DEVICES);
    if (machine.remapsInterrupts()) {
      stimulus.add(Capability.STIMULUS_INTERRUPT);
    }
    try (StartedMachine started = machines.take(topology)) {
      return UnitClaims.of(
          machine.architecture(), started.unit(), Set.of(Capability.FAULT_MERGING), stimulus);
    }
  }

  /** A unit that lacks what the driver needs cannot be judged by it. */
  private HwInfo driverClaims(EmulatedUnit unit) {
    try {
      return driver.claims(unit);
    } catch (IllegalStateException e) {
      throw new QemuAbsentException(name() + " has no unit for our driver: " + e.getMessage());
    }
  }

  private HwInfo claims() {
    Topology topology = Topology.oneDevice();
    try (StartedMachine started = machines.take(topology)) {
      HwInfo driven = driverClaims(started.unit());
      Set<Capability> unit = new TreeSet<>(driven.unit());
      unit.add(Capability.CORE);
      unit.add(Capability.FAULT_MERGING);
      unit.remove(Capability.DRAIN);
      Set<Capability> stimulus = new TreeSet<>(driven.stimulus());
      stimulus.retainAll(STIMULUS);
      return new HwInfo(
          driven.architecture(),
          driven.pageSizes(),
          driven.addressBits(),
          driven.maxPasids(),
          unit,
          stimulus);
    }
  }
}
