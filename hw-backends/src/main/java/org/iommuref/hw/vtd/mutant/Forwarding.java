package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.Optional;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AttachFailure;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/** A driver that hands every call on to the right one; a mutant does one of them itself. */
abstract class Forwarding implements IommuBackend, AttachFailure {

  private final IommuBackend driver;

  Forwarding(IommuBackend driver) {
    this.driver = driver;
  }

  @Override
  public HwInfo hwInfo() {
    return driver.hwInfo();
  }

  @Override
  public Result<Done> probe(Rid device) {
    return driver.probe(device);
  }

  @Override
  public Result<Done> release(Rid device) {
    return driver.release(device);
  }

  @Override
  public List<ReservedRegion> reservedRegions(Rid device) {
    return driver.reservedRegions(device);
  }

  @Override
  public Result<Done> allocateDomain(DomainId domain, DomainType type) {
    return driver.allocateDomain(domain, type);
  }

  @Override
  public Result<Done> freeDomain(DomainId domain) {
    return driver.freeDomain(domain);
  }

  @Override
  public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
    return driver.attach(device, domain, old);
  }

  @Override
  public void failNextAttach(Rid device, Errno errno) {
    driver.extension(AttachFailure.class).orElseThrow().failNextAttach(device, errno);
  }

  @Override
  public Result<Long> map(
      DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
    return driver.map(domain, iova, paddr, pageSize, count, prot);
  }

  @Override
  public Result<Done> syncMap(DomainId domain, Iova iova, long size) {
    return driver.syncMap(domain, iova, size);
  }

  @Override
  public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
    return driver.unmap(domain, iova, pageSize, count, gather);
  }

  @Override
  public void sync(DomainId domain, Gather gather) {
    driver.sync(domain, gather);
  }

  @Override
  public void flushAll(DomainId domain) {
    driver.flushAll(domain);
  }

  @Override
  public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
    return driver.iovaToPhys(domain, iova);
  }

  @Override
  public AccessOutcome access(DeviceAccess access) {
    return driver.access(access);
  }

  @Override
  public FaultLog takeFaults() {
    return driver.takeFaults();
  }

  @Override
  public Memory memory() {
    return driver.memory();
  }

  /** What the driver has, through this one where it does it itself. */
  @Override
  public <E extends BackendExtension> Optional<E> extension(Class<E> type) {
    return driver.extension(type).map(own -> type.isInstance(this) ? type.cast(this) : own);
  }
}
