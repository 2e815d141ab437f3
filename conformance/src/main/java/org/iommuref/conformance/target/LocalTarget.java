package org.iommuref.conformance.target;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.iommuref.model.schedule.Choices;
import org.iommuref.model.schedule.HardwareOrder;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CoreProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.StepMutation;
import org.jspecify.annotations.Nullable;

/**
 * A backend of this process, with an IOMMU core above it if one is given.
 *
 * <p>Each session has memory of its own: table pages at 256 MiB, data pages from 4 GiB on.
 */
public final class LocalTarget implements Target {

  private static final long MEMORY = 1L << 46;
  private static final long TABLES = 0x1000_0000L;
  private static final int TABLE_PAGES = 1 << 15;
  private static final DataMemory DATA = new DataMemory(1L << 32, 1L << 33);

  private final String name;
  private final String title;
  private final HwInfo hwInfo;
  private final Function<Environment, IommuBackend> backend;
  private final @Nullable CoreProvider core;
  private final StepMutation mutation;

  private LocalTarget(
      String name,
      String title,
      HwInfo hwInfo,
      Function<Environment, IommuBackend> backend,
      @Nullable CoreProvider core,
      StepMutation mutation) {
    this.name = name;
    this.title = title;
    this.hwInfo = core == null ? hwInfo : withCore(hwInfo);
    this.backend = backend;
    this.core = core;
    this.mutation = mutation;
  }

  /** A backend alone. */
  static LocalTarget of(
      String name, String title, HwInfo hwInfo, Function<Environment, IommuBackend> backend) {
    return new LocalTarget(name, title, hwInfo, backend, null, StepMutation.NONE);
  }

  /** A backend under a core. */
  static LocalTarget of(
      String name,
      String title,
      HwInfo hwInfo,
      Function<Environment, IommuBackend> backend,
      CoreProvider core) {
    return new LocalTarget(name, title, hwInfo, backend, core, StepMutation.NONE);
  }

  /** The same under another name, with each step mutated. */
  LocalTarget mutated(String otherName, String otherTitle, StepMutation steps) {
    return new LocalTarget(otherName, otherTitle, hwInfo, backend, core, steps);
  }

  private static HwInfo withCore(HwInfo info) {
    Set<Capability> unit = new TreeSet<>(info.unit());
    unit.add(Capability.CORE);
    return new HwInfo(
        info.architecture(),
        info.pageSizes(),
        info.addressBits(),
        info.maxPasids(),
        unit,
        info.stimulus());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public HwInfo hwInfo() {
    return hwInfo;
  }

  @Override
  public DataMemory dataMemory() {
    return DATA;
  }

  @Override
  public boolean losesAlike() {
    return true;
  }

  @Override
  public Session open(SessionConfig config) {
    SystemMemory memory = SystemMemory.ofSize(MEMORY);
    Environment environment =
        new Environment(
            config.topology(),
            memory,
            new PagePool(memory, TABLES, TABLE_PAGES),
            steps(config.seed()),
            Footprint.NONE,
            config.caches());
    IommuBackend opened = backend.apply(environment);
    if (config.layer() == Layer.CORE && core != null) {
      return new LocalSession(opened, core.open(environment, opened));
    }
    return new LocalSession(opened, null);
  }

  private Sequential steps(long seed) {
    return seed == SessionConfig.PLAIN
        ? new Sequential(Choices.plain(), HardwareOrder.IN_TURN, mutation, null)
        : Sequential.with(mutation, seed);
  }
}
