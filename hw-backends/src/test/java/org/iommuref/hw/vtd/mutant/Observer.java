package org.iommuref.hw.vtd.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AttachFailure;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.HeldAccesses;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.BackendOperation;
import org.iommuref.spec.operation.BackendSeam;
import org.iommuref.spec.spi.Topology;

/** Calls a backend and writes down what each call shows; a call that throws shows that. */
final class Observer {

  static final long PAGE = 1L << 12;
  static final long MIDDLE = 1L << 21;
  static final long DATA = 1L << 32;

  private final IommuBackend backend;
  private final Gather gather = new Gather();
  private final List<String> seen = new ArrayList<>();

  Observer(IommuBackend backend, Topology topology) {
    this.backend = backend;
    topology.devices().forEach(device -> backend.probe(device.rid()));
  }

  /** What was seen, in order. */
  List<String> seen() {
    return List.copyOf(seen);
  }

  Observer domain(int domain, DomainType type) {
    return see("domain", () -> backend.allocateDomain(new DomainId(domain), type));
  }

  Observer paging(int domain) {
    return domain(domain, DomainType.PAGING);
  }

  Observer free(int domain) {
    return see("free", () -> backend.freeDomain(new DomainId(domain)));
  }

  Observer attach(Rid device, int domain) {
    return see("attach", () -> backend.attach(device, new DomainId(domain), null));
  }

  Observer failNextAttach(Rid device) {
    return see(
        "fail",
        () -> {
          backend.extension(AttachFailure.class).orElseThrow().failNextAttach(device, Errno.ENOMEM);
          return "";
        });
  }

  Observer map(int domain, long iova, long paddr, long pageSize, long count, Prot prot) {
    see(
        "map",
        () ->
            backend.map(
                new DomainId(domain), new Iova(iova), new PhysAddr(paddr), pageSize, count, prot));
    return see(
        "sync map", () -> backend.syncMap(new DomainId(domain), new Iova(iova), pageSize * count));
  }

  /** Maps pages of 4 KiB for reads and writes, to data page {@code number} onwards. */
  Observer map(int domain, long iova, int number, long count) {
    return map(domain, iova, DATA + number * PAGE, PAGE, count, Prot.READ_WRITE);
  }

  Observer unmap(int domain, long iova, long pageSize, long count) {
    return see(
        "unmap",
        () -> backend.unmap(new DomainId(domain), new Iova(iova), pageSize, count, gather));
  }

  Observer sync(int domain) {
    return see(
        "sync",
        () -> {
          backend.sync(new DomainId(domain), gather);
          return "";
        });
  }

  Observer flushAll(int domain) {
    return see(
        "flush",
        () -> {
          backend.flushAll(new DomainId(domain));
          return "";
        });
  }

  Observer iovaToPhys(int domain, long iova) {
    return see("phys", () -> backend.iovaToPhys(new DomainId(domain), new Iova(iova)));
  }

  Observer read(Rid device, long iova) {
    return access(AccessKind.READ, device, iova, 0);
  }

  Observer write(Rid device, long iova, long value) {
    return access(AccessKind.WRITE, device, iova, value);
  }

  Observer access(AccessKind kind, Rid device, long iova, long value) {
    return see(
        "access",
        () -> backend.access(new DeviceAccess(device, null, new Iova(iova), kind, value)));
  }

  Observer pasid(Rid device, int pasid, int domain) {
    return see(
        "pasid",
        () ->
            backend
                .extension(PasidBackend.class)
                .map(b -> b.setPasid(device, new Pasid(pasid), new DomainId(domain), null)));
  }

  Observer removePasid(Rid device, int pasid, int domain) {
    return see(
        "remove",
        () -> {
          backend
              .extension(PasidBackend.class)
              .ifPresent(b -> b.removePasid(device, new Pasid(pasid), new DomainId(domain)));
          return "";
        });
  }

  Observer read(Rid device, int pasid, long iova) {
    return see(
        "access",
        () -> backend.access(DeviceAccess.read(device, new Iova(iova)).with(new Pasid(pasid))));
  }

  /** Any call on a subject, by what it shows; nothing where the driver does not have it. */
  <E extends BackendExtension> Observer on(Class<E> subject, Function<E, Object> call) {
    return see(subject.getSimpleName(), () -> backend.extension(subject).map(call));
  }

  /** What an operation replies. */
  Object apply(BackendOperation<?> operation) {
    return operation.applyTo(new BackendSeam(backend));
  }

  /** Writes a word of memory. */
  Observer put(long paddr, long value) {
    backend.memory().writeLong(paddr, value);
    return this;
  }

  /** Somebody deals with a page request, which shows. */
  boolean hear(PageRequest request) {
    return seen.add("heard " + request);
  }

  /** What has been written of the first pages of a domain, made clean, and synced. */
  Observer dirty(int domain, long iova, int pages, boolean clear) {
    return on(
            DirtyTracking.class,
            tracking -> {
              List<String> told = new ArrayList<>();
              Object result =
                  tracking.readAndClearDirty(
                      new DomainId(domain),
                      new Iova(iova),
                      pages * PAGE,
                      clear,
                      (from, length) -> told.add(from + "+" + length),
                      gather);
              return result + " " + told;
            })
        .sync(domain);
  }

  Observer release(Rid device) {
    return see("release", () -> backend.release(device));
  }

  Observer probe(Rid device) {
    return see("probe", () -> backend.probe(device));
  }

  Observer issueWrite(int token, Rid device, long iova, long value) {
    return see(
        "issue",
        () -> {
          held().issue(token, DeviceAccess.write(device, new Iova(iova), value));
          return "";
        });
  }

  Observer finish(int token) {
    return see("finish", () -> held().finish(token));
  }

  Observer faults() {
    return see("faults", backend::takeFaults);
  }

  /** The pages of the records alone. */
  Observer faultPages() {
    return see(
        "fault pages",
        () -> backend.takeFaults().records().stream().map(FaultRecord::page).toList());
  }

  Observer memory(long paddr) {
    return see("memory", () -> backend.memory().readLong(paddr));
  }

  /** Every data page up to {@code count} holds its number, in each 8 bytes that scenes read. */
  Observer tagged(int count) {
    for (int number = 0; number < count; number++) {
      backend.memory().writeLong(DATA + number * PAGE, number + 1);
      backend.memory().writeLong(DATA + number * PAGE + 8, number + 1);
    }
    return this;
  }

  private HeldAccesses held() {
    return backend.extension(HeldAccesses.class).orElseThrow();
  }

  private Observer see(String call, Supplier<Object> made) {
    String result;
    try {
      result = String.valueOf(made.get());
    } catch (RuntimeException thrown) {
      result = "threw " + thrown.getClass().getSimpleName();
    }
    seen.add(call + " " + result);
    return this;
  }
}
