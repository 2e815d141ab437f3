package org.iommuref.conformance.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.iommuref.model.explore.Prepared;
import org.iommuref.model.explore.Scenario;
import org.iommuref.model.explore.SoftwareThread;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * Two CPUs take pages from one pool, map them below one empty directory entry, unmap them and give
 * them back, while a device reads and writes there.
 *
 * <p>CPU 2 owns the first page of the address space, CPU 1 the two behind it, which it unmaps at
 * once: no aligned range covers them alone, so that its invalidations reach CPU 2's page too.
 * Tables come from the same pool, which hands out the page first that came back last: a page that
 * is freed too early is soon somebody else's, as data or as a table. Pages are of 4 KiB.
 */
final class MapUnmapRace implements Scenario<String> {

  private static final DomainId DOMAIN = new DomainId(1);
  private static final Rid DEVICE = Topology.FIRST;
  private static final long PAGE = 1L << 12;
  private static final int ROUNDS = 2;
  private static final int ACCESSES = 4;

  private static final long POOL = 0x1000_0000L;
  private static final int POOL_PAGES = 64;

  /** Mapped before the race below the directory entry beside: the upper tables are there. */
  private static final long ANCHOR = 0x4020_0000L;

  private static final long FIRST = 0x4000_0000L;

  /** What the race is about. */
  static final Span SPAN = new Span(List.of(FIRST, FIRST + PAGE, FIRST + 2 * PAGE));

  private final Function<Environment, IommuBackend> backend;

  MapUnmapRace(Function<Environment, IommuBackend> backend) {
    this.backend = backend;
  }

  @Override
  public Prepared<String> setUp(Steps steps, Footprint footprint) {
    SystemMemory memory = SystemMemory.ofSize(1L << 32, footprint);
    PagePool pool = new PagePool(memory, POOL, POOL_PAGES);
    IommuBackend opened =
        backend.apply(
            new Environment(
                Topology.oneDevice(), memory, pool, steps, footprint, CachePolicy.ADVERSARIAL));
    opened.probe(DEVICE).value();
    opened.allocateDomain(DOMAIN, DomainType.PAGING).value();
    opened.attach(DEVICE, DOMAIN, null).value();
    map(opened, ANCHOR, pool.allocate());
    return new Run(opened, pool, steps);
  }

  private static void map(IommuBackend backend, long iova, long page) {
    backend.map(DOMAIN, new Iova(iova), new PhysAddr(page), PAGE, 1, Prot.READ_WRITE).value();
    backend.syncMap(DOMAIN, new Iova(iova), PAGE).value();
  }

  /** One schedule's threads. */
  private record Run(IommuBackend backend, PagePool pool, Steps steps) implements Prepared<String> {

    @Override
    public List<SoftwareThread> threads() {
      List<SoftwareThread> threads = new ArrayList<>();
      threads.add(new SoftwareThread("cpu 1", () -> mapAndUnmap(FIRST + PAGE, 2)));
      threads.add(new SoftwareThread("cpu 2", () -> mapAndUnmap(FIRST, 1)));
      threads.add(new SoftwareThread("device 1", this::access));
      threads.add(new SoftwareThread("device 2", this::access));
      return threads;
    }

    private void mapAndUnmap(long iova, int count) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Long> pages = new ArrayList<>();
        for (int index = 0; index < count; index++) {
          long page = steps.obtain(new AllocPage(), step -> pool.allocate());
          map(backend, iova + index * PAGE, page);
          pages.add(page);
        }
        Gather gather = new Gather();
        backend.unmap(DOMAIN, new Iova(iova), PAGE, count, gather);
        backend.sync(DOMAIN, gather);
        pages.forEach(page -> steps.perform(new FreePage(page), step -> pool.free(step.page())));
      }
    }

    private void access() {
      for (int access = 0; access < ACCESSES; access++) {
        Iova iova = new Iova(SPAN.iovas().get(steps.choose("page accessed", SPAN.iovas().size())));
        boolean write = steps.choose("write", 2) == 1;
        backend.access(
            write ? DeviceAccess.write(DEVICE, iova, access) : DeviceAccess.read(DEVICE, iova));
      }
    }

    @Override
    public String outcome() {
      return "all threads ended";
    }
  }
}
