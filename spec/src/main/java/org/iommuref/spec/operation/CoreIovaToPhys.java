package org.iommuref.spec.operation;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.memory.PhysAddr;

/** Asks the core where an address is translated. */
public record CoreIovaToPhys(DomainId domain, Iova iova) implements CoreOperation<PhysAddr> {

  @Override
  public String op() {
    return "core.iova_to_phys";
  }

  @Override
  public Class<PhysAddr> yields() {
    return PhysAddr.class;
  }

  @Override
  public Reply<PhysAddr> applyTo(IommuCore core) {
    return Reply.ok(core.iovaToPhys(domain, iova));
  }
}
