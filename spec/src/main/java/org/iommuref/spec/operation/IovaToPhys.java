package org.iommuref.spec.operation;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.memory.PhysAddr;

/** Asks where software finds an address translated. */
public record IovaToPhys(DomainId domain, Iova iova) implements BackendOperation<PhysAddr> {

  @Override
  public String op() {
    return "iova_to_phys";
  }

  @Override
  public Class<PhysAddr> yields() {
    return PhysAddr.class;
  }

  @Override
  public Reply<PhysAddr> applyTo(BackendSeam seam) {
    return Reply.ok(seam.backend().iovaToPhys(domain, iova));
  }
}
