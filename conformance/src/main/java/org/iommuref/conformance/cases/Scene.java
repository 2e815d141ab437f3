package org.iommuref.conformance.cases;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.suite.CaseStep;
import org.iommuref.conformance.suite.Claim;
import org.iommuref.conformance.target.Layer;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.operation.FinishAccess;
import org.iommuref.spec.operation.FlushAll;
import org.iommuref.spec.operation.FreeDomain;
import org.iommuref.spec.operation.IovaToPhys;
import org.iommuref.spec.operation.IssueAccess;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Release;
import org.iommuref.spec.operation.RemovePasid;
import org.iommuref.spec.operation.SetPasid;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.TakeFaults;
import org.iommuref.spec.operation.UnmapPages;
import org.iommuref.spec.operation.WriteMemory;
import org.iommuref.spec.spi.Topology;

/**
 * A case in the making, read from top to bottom: what is given, what is done, what a device then
 * sees.
 *
 * <p>Before {@link #then} a wrong answer is charged to the clause that the oracle names, after it
 * to the clause of the case. Each access is followed by the author's word on it: {@link #succeeds},
 * {@link #faults}, {@link #mayBeStale}.
 */
final class Scene {

  static final long PAGE = 0x1000;
  static final long LARGE = 0x20_0000;
  static final long HUGE = 0x4000_0000;

  /**
   * The value of a case's first write; each later one is one more. The upper 16 bits are those of
   * an NVMe timestamp, so that such a controller can write it.
   */
  static final long VALUES = 0x0002_d00d_0000_0000L;

  static final Rid FIRST = Topology.FIRST;
  static final Rid SECOND = Topology.SECOND;

  private final ClauseId clause;
  private final String name;
  private final Topology topology;
  private final boolean core;
  private final Set<Capability> needs = EnumSet.noneOf(Capability.class);
  private final Set<Capability> lacks = EnumSet.noneOf(Capability.class);
  private final List<CaseStep> steps = new ArrayList<>();
  private final Map<String, DomainId> attached = new HashMap<>();
  private boolean showing;
  private long nextValue = VALUES;

  private Scene(String clause, String name, Topology topology, boolean core) {
    this.clause = ClauseId.parse(clause);
    this.name = clause + " " + name;
    this.topology = topology;
    this.core = core;
    if (topology.devices().size() > 1) {
      needs.add(Capability.TWO_DEVICES);
    }
    if (topology.units() > 1) {
      needs.add(Capability.TWO_UNITS);
    }
  }

  /** A case over a backend; every device of the topology is probed first. */
  static Scene backend(String clause, String name, Topology topology) {
    Scene scene = new Scene(clause, name, topology, false);
    topology.devices().forEach(device -> scene.add(new Probe(device.rid())));
    return scene;
  }

  /** A case over an IOMMU core: every device is in its group's default domain. */
  static Scene core(String clause, String name, Topology topology) {
    Scene scene = new Scene(clause, name, topology, true);
    scene.needs.add(Capability.CORE);
    return scene;
  }

  /** A case over a backend with one device. */
  static Scene backend(String clause, String name) {
    return backend(clause, name, Topology.oneDevice());
  }

  Scene needs(Capability... more) {
    needs.addAll(List.of(more));
    return this;
  }

  /** A case for those that do not claim this. */
  Scene lacks(Capability... absent) {
    lacks.addAll(List.of(absent));
    return this;
  }

  /** From here on a wrong answer is charged to the clause of the case. */
  Scene then() {
    showing = true;
    return this;
  }

  /** Any operation. */
  Scene add(Operation<?> operation) {
    steps.add(new CaseStep(operation, showing ? clause : null, null));
    return this;
  }

  private Scene claim(Claim claim) {
    CaseStep last = steps.remove(steps.size() - 1);
    steps.add(new CaseStep(last.operation(), last.shows(), claim));
    return this;
  }

  /** The last access or call must succeed. */
  Scene succeeds() {
    return claim(Claim.SUCCEEDS);
  }

  /** The last access must fault, the last call must fail. */
  Scene faults() {
    return claim(Claim.FAULTS);
  }

  /**
   * The last access may use a removed translation; a target that claims a cache must be seen doing
   * so.
   */
  Scene mayBeStale() {
    return claim(Claim.MAY_BE_STALE);
  }

  Scene domain(int id, DomainType type) {
    if (type == DomainType.IDENTITY) {
      needs.add(Capability.IDENTITY);
    }
    return add(new AllocateDomain(new DomainId(id), type));
  }

  Scene paging(int id) {
    return domain(id, DomainType.PAGING);
  }

  Scene free(int id) {
    return add(new FreeDomain(new DomainId(id)));
  }

  /** Ends to serve a device, which is attached to nothing then. */
  Scene release(Rid device) {
    attached.remove(device.toString());
    return add(new Release(device));
  }

  Scene probe(Rid device) {
    return add(new Probe(device));
  }

  Scene attach(Rid device, int domain) {
    DomainId old = attached.put(device.toString(), new DomainId(domain));
    return add(new Attach(device, new DomainId(domain), old));
  }

  /** An attach that was made to fail: the old domain stays. */
  Scene attachFails(Rid device, int domain, Errno errno) {
    needs.add(Capability.FAILING_ATTACH);
    add(new FailNextAttach(device, errno));
    DomainId old = attached.get(device.toString());
    return add(new Attach(device, new DomainId(domain), old)).faults();
  }

  Scene pasid(Rid device, int pasid, int domain) {
    needs.add(Capability.PASID);
    DomainId old = attached.put(device + "/" + pasid, new DomainId(domain));
    return add(new SetPasid(device, new Pasid(pasid), new DomainId(domain), old));
  }

  Scene removePasid(Rid device, int pasid) {
    DomainId old = attached.remove(device + "/" + pasid);
    if (old == null) {
      throw new IllegalStateException(name + ": the PASID is not set");
    }
    return add(new RemovePasid(device, new Pasid(pasid), old));
  }

  /** Maps pages and makes them visible. */
  Scene map(int domain, long iova, long paddr, long pageSize, long count, Prot prot) {
    if (pageSize > PAGE) {
      needs.add(Capability.LARGE_PAGES);
    }
    if (prot == Prot.WRITE) {
      needs.add(Capability.WRITE_ONLY_PAGES);
    }
    mapOnly(domain, iova, paddr, pageSize, count, prot);
    return add(new SyncMap(new DomainId(domain), new Iova(iova), pageSize * count));
  }

  /** Maps pages without the sync. */
  Scene mapOnly(int domain, long iova, long paddr, long pageSize, long count, Prot prot) {
    return add(
        new MapPages(
            new DomainId(domain), new Iova(iova), new PhysAddr(paddr), pageSize, count, prot));
  }

  /** Maps one small page for reading and writing. */
  Scene map(int domain, long iova, long paddr) {
    return map(domain, iova, paddr, PAGE, 1, Prot.READ_WRITE);
  }

  /** Maps pages where something is mapped already, or where nothing can be. */
  Scene mapFails(int domain, long iova, long paddr, long pageSize, long count, Prot prot) {
    return mapOnly(domain, iova, paddr, pageSize, count, prot).faults();
  }

  Scene unmap(int domain, long iova, long pageSize, long count) {
    return unmap(domain, iova, pageSize, count, 1);
  }

  Scene unmap(int domain, long iova, long pageSize, long count, int gather) {
    return add(new UnmapPages(new DomainId(domain), new Iova(iova), pageSize, count, gather));
  }

  /** Unmaps one small page. */
  Scene unmap(int domain, long iova) {
    return unmap(domain, iova, PAGE, 1);
  }

  Scene sync(int domain) {
    return sync(domain, 1);
  }

  Scene sync(int domain, int gather) {
    return add(new Sync(new DomainId(domain), gather));
  }

  Scene flushAll(int domain) {
    return add(new FlushAll(new DomainId(domain)));
  }

  Scene iovaToPhys(int domain, long iova) {
    return add(new IovaToPhys(new DomainId(domain), new Iova(iova)));
  }

  Scene read(Rid device, long iova) {
    return add(new Access(DeviceAccess.read(device, new Iova(iova))));
  }

  Scene write(Rid device, long iova) {
    return add(new Access(DeviceAccess.write(device, new Iova(iova), nextValue++)));
  }

  Scene access(Rid device, AccessKind kind, long iova) {
    return add(new Access(new DeviceAccess(device, null, new Iova(iova), kind, 1)));
  }

  Scene read(Rid device, int pasid, long iova) {
    needs.add(Capability.STIMULUS_PASID);
    return add(new Access(DeviceAccess.read(device, new Iova(iova)).with(new Pasid(pasid))));
  }

  /** A write that is translated now and takes effect later. */
  Scene issue(int token, Rid device, long iova) {
    needs.add(Capability.DRAIN);
    return add(new IssueAccess(token, DeviceAccess.write(device, new Iova(iova), nextValue++)));
  }

  Scene finish(int token) {
    return add(new FinishAccess(token));
  }

  Scene writeMemory(long address, long value) {
    return add(new WriteMemory(new PhysAddr(address), value));
  }

  Scene readMemory(long address) {
    return add(new ReadMemory(new PhysAddr(address)));
  }

  Scene takeFaults() {
    needs.add(Capability.FAULT_RECORDS);
    return add(new TakeFaults());
  }

  Case end() {
    return new Case(
        name, clause, needs, lacks, topology, core ? Layer.CORE : Layer.BACKEND, false, steps);
  }
}
