package org.iommuref.model.oracle;

import static org.iommuref.model.oracle.Dialogue.assertAllowed;
import static org.iommuref.model.oracle.Dialogue.assertRefused;
import static org.iommuref.spec.spi.Topology.FIRST;
import static org.iommuref.spec.spi.Topology.SECOND;

import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.FreeDomain;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.Release;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.SetPasid;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The release of a device at seam 2. ATT-005, PASID-004. */
class ReleaseTest {

  private static final DomainId ONE = new DomainId(1);
  private static final Pasid FIVE = new Pasid(5);
  private static final long IOVA = 0x40_0000;
  private static final long A = 0x100_0000;

  private final Dialogue backend = Dialogue.withBackend(Topology.twoDevices());

  private static DeviceAccess read(Rid device) {
    return DeviceAccess.read(device, new Iova(IOVA));
  }

  @BeforeEach
  void attachEverything() {
    backend.succeeds(new AllocateDomain(ONE, DomainType.PAGING));
    MapPages map = new MapPages(ONE, new Iova(IOVA), new PhysAddr(A), 0x1000, 1, Prot.READ_WRITE);
    backend.judge(map, Reply.ok(0x1000L));
    backend.succeeds(new SyncMap(ONE, new Iova(IOVA), 0x1000));
    for (Rid device : new Rid[] {FIRST, SECOND}) {
      backend
          .succeeds(new Probe(device))
          .succeeds(new Attach(device, ONE, null))
          .succeeds(new SetPasid(device, FIVE, ONE, null));
    }
  }

  @Test
  void release_deviceWithPasid_endsRidAndPasid() {
    assertAllowed(backend.reaches(read(FIRST).with(FIVE), A), Branch.MUST_SUCCEED);
    backend.succeeds(new Release(FIRST));
    assertAllowed(backend.refused(read(FIRST)), Branch.MUST_FAULT);
    assertAllowed(backend.refused(read(FIRST).with(FIVE)), Branch.MUST_FAULT);
    assertRefused(backend.reaches(read(FIRST).with(FIVE), A), Clauses.PASID_004);
  }

  @Test
  void release_oneDevice_leavesTheOther() {
    backend.succeeds(new Release(FIRST));
    assertAllowed(backend.reaches(read(SECOND), A), Branch.MUST_SUCCEED);
    assertAllowed(backend.reaches(read(SECOND).with(FIVE), A), Branch.MUST_SUCCEED);
  }

  @Test
  void release_ofAllDevices_letsTheDomainGoAndThePasidBeSetAgain() {
    backend.succeeds(new Release(FIRST)).succeeds(new Release(SECOND));
    backend
        .succeeds(new Probe(FIRST))
        .succeeds(new SetPasid(FIRST, FIVE, ONE, null))
        .succeeds(new Release(FIRST))
        .succeeds(new FreeDomain(ONE));
  }
}
