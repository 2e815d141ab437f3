package org.iommuref.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.suite.CaseStep;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.conformance.target.Layer;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.FlushAll;
import org.iommuref.spec.operation.IovaToPhys;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.RemovePasid;
import org.iommuref.spec.operation.SetPasid;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.TakeFaults;
import org.iommuref.spec.operation.UnmapPages;
import org.iommuref.spec.spi.Topology;

/**
 * Writes intentions out as operations: two or three domains, a few addresses that meet, a sync that
 * follows at last.
 */
final class SequenceWriter {

  private static final long PAGE = Scene.PAGE;
  private static final long LARGE = Scene.LARGE;
  private static final DomainId BLOCKED = new DomainId(9);
  private static final Prot[] RIGHTS = {Prot.READ_WRITE, Prot.READ_WRITE, Prot.READ};

  private final Pages pages;
  private final Topology topology;
  private final List<CaseStep> steps = new ArrayList<>();
  private final Map<String, DomainId> current = new TreeMap<>();
  private long nextValue = Scene.VALUES;

  SequenceWriter(HwInfo claims, DataMemory memory) {
    this.pages = new Pages(memory, claims);
    this.topology =
        claims.has(Capability.TWO_DEVICES) ? Topology.twoDevices() : Topology.oneDevice();
  }

  Case write(String name, List<Intention> intentions) {
    topology.devices().forEach(device -> add(new Probe(device.rid())));
    add(new AllocateDomain(new DomainId(1), DomainType.PAGING));
    add(new AllocateDomain(new DomainId(2), DomainType.PAGING));
    add(new AllocateDomain(BLOCKED, DomainType.BLOCKED));
    attach(device(0), new DomainId(1));
    intentions.forEach(this::write);
    return new Case(
        name, ClauseId.parse("INV-001"), Set.of(), Set.of(), topology, Layer.BACKEND, true, steps);
  }

  private void write(Intention one) {
    DomainId domain = new DomainId(1 + one.which() % 2);
    Iova iova = new Iova(address(one.where()));
    switch (one.what()) {
      case MAP -> map(domain, iova, pages.small(one.much() % 8), PAGE, 1 + one.much() % 3, one);
      case MAP_LARGE -> map(domain, largeOf(iova), pages.large(one.much() % 3), LARGE, 1, one);
      case UNMAP -> add(new UnmapPages(domain, iova, PAGE, 1 + one.much() % 4, domain.value()));
      case SYNC -> add(new Sync(domain, domain.value()));
      case FLUSH -> add(new FlushAll(domain));
      case READ -> add(new Access(DeviceAccess.read(device(one.which()), offset(iova, one))));
      case WRITE ->
          add(new Access(DeviceAccess.write(device(one.which()), offset(iova, one), nextValue++)));
      case ATTACH -> attach(device(one.much()), domain);
      case BLOCK -> attach(device(one.which()), BLOCKED);
      case SET_PASID -> setPasid(device(one.much()), pasid(one), domain);
      case REMOVE_PASID -> removePasid(device(one.much()), pasid(one));
      case PASID_READ ->
          add(
              new Access(
                  DeviceAccess.read(device(one.which()), offset(iova, one)).with(pasid(one))));
      case LOOK_UP -> add(new IovaToPhys(domain, iova));
      case TAKE_FAULTS -> add(new TakeFaults());
    }
  }

  private void map(DomainId domain, Iova iova, long paddr, long size, int count, Intention one) {
    Prot prot = RIGHTS[one.much() % RIGHTS.length];
    add(new MapPages(domain, iova, new PhysAddr(paddr), size, count, prot));
    add(new SyncMap(domain, iova, size * count));
  }

  private void attach(Rid device, DomainId domain) {
    DomainId old = current.put(device.toString(), domain);
    add(new Attach(device, domain, old));
  }

  private void setPasid(Rid device, Pasid pasid, DomainId domain) {
    DomainId old = current.put(device + "/" + pasid, domain);
    add(new SetPasid(device, pasid, domain, old));
  }

  private void removePasid(Rid device, Pasid pasid) {
    DomainId old = current.remove(device + "/" + pasid);
    if (old != null) {
      add(new RemovePasid(device, pasid, old));
    }
  }

  private void add(Operation<?> operation) {
    steps.add(CaseStep.of(operation));
  }

  private Rid device(int pick) {
    return topology.devices().get(pick % topology.devices().size()).rid();
  }

  private static Pasid pasid(Intention one) {
    return new Pasid(1 + one.which() % 3);
  }

  /** Twelve pages in two leaf tables that touch, so that ranges cross the border between them. */
  private static long address(int where) {
    return 8 * LARGE - 4 * PAGE + where * PAGE;
  }

  private static Iova largeOf(Iova iova) {
    return new Iova(iova.bytes() & -LARGE);
  }

  private static Iova offset(Iova iova, Intention one) {
    return iova.plus(8L * (one.much() % 3) * 0xa0);
  }
}
