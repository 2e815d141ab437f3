package org.iommuref.conformance.process;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.UnmapPages;
import org.iommuref.spec.operation.WriteMemory;
import org.iommuref.spec.spi.Topology;

/** The operations that most tests use: a page mapped, read, unmapped, synced. */
final class Walk {

  static final DomainId DOMAIN = new DomainId(1);
  static final Iova IOVA = new Iova(0x4000);
  static final PhysAddr PAGE = new PhysAddr(0x1_0000_0000L);
  static final long TAG = 0x2a;
  static final long PAGE_BYTES = 4096;

  static final Operation<?> PROBE = new Probe(Topology.FIRST);
  static final Operation<?> ALLOCATE = new AllocateDomain(DOMAIN, DomainType.PAGING);
  static final Operation<?> ATTACH = new Attach(Topology.FIRST, DOMAIN, null);
  static final WriteMemory WRITE = new WriteMemory(PAGE, TAG);
  static final MapPages MAP = new MapPages(DOMAIN, IOVA, PAGE, PAGE_BYTES, 1, Prot.READ_WRITE);
  static final SyncMap SYNC_MAP = new SyncMap(DOMAIN, IOVA, PAGE_BYTES);
  static final Access READ = new Access(DeviceAccess.read(Topology.FIRST, IOVA));
  static final UnmapPages UNMAP = new UnmapPages(DOMAIN, IOVA, PAGE_BYTES, 1, 0);
  static final Sync SYNC = new Sync(DOMAIN, 0);

  private Walk() {}

  /** Up to a mapped page that holds the tag. */
  static List<Operation<?>> toMapped() {
    return List.of(PROBE, ALLOCATE, ATTACH, WRITE, MAP, SYNC_MAP);
  }

  /** All of it: after the sync the read is refused. */
  static List<Operation<?>> whole() {
    List<Operation<?>> operations = new ArrayList<>(toMapped());
    operations.addAll(List.of(READ, UNMAP, SYNC, READ));
    return operations;
  }
}
