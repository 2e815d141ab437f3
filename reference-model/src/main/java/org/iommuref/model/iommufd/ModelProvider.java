package org.iommuref.model.iommufd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.iommuref.model.core.CoreParts;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.iommufd.kernel.FailNth;
import org.iommuref.model.mock.MockBackend;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.IommufdProvider;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * iommufd over one driver: what a suite judges at seam 3.
 *
 * <p>{@code mock} and one for each driver that a ServiceLoader finds, by the driver's name. Devices
 * come by the test interface: of {@code mock} as many as are asked for, of all others those of the
 * topology, in its order.
 */
public final class ModelProvider implements IommufdProvider {

  /** The name of the one over the kernel's mock driver. */
  public static final String MOCK = "mock";

  private static final long MEMORY = 1L << 40;
  private static final long TABLES = 0x1000_0000L;
  private static final int TABLE_PAGES = 1 << 15;

  private final String name;
  private final String title;
  private final HwInfo hwInfo;
  private final Opening opening;
  private final CheckLists checks;
  private final UnaryOperator<Steps> order;

  private ModelProvider(
      String name,
      String title,
      HwInfo hwInfo,
      Opening opening,
      CheckLists checks,
      UnaryOperator<Steps> order) {
    this.name = name;
    this.title = title;
    this.hwInfo = hwInfo;
    this.opening = opening;
    this.checks = checks;
    this.order = order;
  }

  /** How a fresh one is put together. */
  @FunctionalInterface
  private interface Opening {
    IommufdModel open(
        Processes processes, Environment environment, Allocations allocations, CheckLists checks);
  }

  /** Over the kernel's mock driver. */
  public static ModelProvider mock() {
    return new ModelProvider(
        MOCK,
        "iommufd over the kernel's mock driver, as its self-test finds it",
        Claims.mock(MockBackend.HW_INFO),
        IommufdModel::openMock,
        CheckLists.LINUX,
        UnaryOperator.identity());
  }

  /** Over a driver, under the driver's name. */
  public static ModelProvider over(BackendProvider driver) {
    return over(driver, CoreParts.LINUX);
  }

  /** The same with a core put together from other parts. */
  public static ModelProvider over(BackendProvider driver, CoreParts parts) {
    return new ModelProvider(
        driver.name(),
        "iommufd over " + driver.title(),
        Claims.over(driver.hwInfo()),
        (processes, environment, allocations, checks) ->
            IommufdModel.over(processes, environment, driver, allocations, checks, parts),
        CheckLists.LINUX,
        UnaryOperator.identity());
  }

  /** {@code mock} and all that the class path brings, sorted by name. */
  public static List<ModelProvider> onClassPath() {
    List<ModelProvider> targets = new ArrayList<>(List.of(mock()));
    ServiceLoader.load(BackendProvider.class).forEach(driver -> targets.add(over(driver)));
    targets.sort(Comparator.comparing(ModelProvider::name));
    return targets;
  }

  /**
   * An environment that suits each of them: tables at 256 MiB, and memory up to 1 TiB of which 4 to
   * 512 GiB are the frames of processes.
   */
  public static Environment environment(Topology topology, Steps steps) {
    SystemMemory memory = SystemMemory.ofSize(MEMORY);
    return new Environment(
        topology,
        memory,
        new PagePool(memory, TABLES, TABLE_PAGES),
        steps,
        Footprint.NONE,
        CachePolicy.REALISTIC);
  }

  /** The same with other lists of checks in force. */
  public ModelProvider with(CheckLists others) {
    return new ModelProvider(name, title, hwInfo, opening, others, order);
  }

  /** The same with something between iommufd and its steps, made anew for each start. */
  public ModelProvider with(UnaryOperator<Steps> other) {
    return new ModelProvider(name, title, hwInfo, opening, checks, other);
  }

  @Override
  public IommufdKernel start(Processes processes, Topology topology, long seed) {
    FailNth failNth = new FailNth();
    Environment environment = environment(topology, order.apply(Sequential.plain()));
    IommufdModel model = open(processes, environment, failNth, checks);
    return new ModelKernel(model, failNth, environment.memory());
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

  /**
   * A fresh one, in which nothing is open and no device is plugged in.
   *
   * @param processes user memory, files and limits
   * @param environment steps, memory and the devices that there are to plug in
   * @param allocations what fails to allocate
   * @param checks the lists of checks in force
   */
  public IommufdModel open(
      Processes processes, Environment environment, Allocations allocations, CheckLists checks) {
    return opening.open(processes, environment, allocations, checks);
  }

  @Override
  public String toString() {
    return name;
  }
}
