package org.iommuref.model.mutant;

import java.util.List;
import java.util.Optional;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AttachFailure;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/** A backend that hands every call on; a mutant changes one of them. */
abstract class Forwarding implements IommuBackend, PasidBackend, AttachFailure {

  private final IommuBackend backend;

  Forwarding(IommuBackend backend) {
    this.backend = backend;
  }

  @Override
  public HwInfo hwInfo() {
    return backend.hwInfo();
  }

  @Override
  public Result<Done> probe(Rid device) {
    return backend.probe(device);
  }

  @Override
  public Result<Done> release(Rid device) {
    return backend.release(device);
  }

  @Override
  public List<ReservedRegion> reservedRegions(Rid device) {
    return backend.reservedRegions(device);
  }

  @Override
  public Result<Done> allocateDomain(DomainId domain, DomainType type) {
    return backend.allocateDomain(domain, type);
  }

  @Override
  public Result<Done> freeDomain(DomainId domain) {
    return backend.freeDomain(domain);
  }

  @Override
  public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
    return backend.attach(device, domain, old);
  }

  @Override
  public Result<Long> map(
      DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
    return backend.map(domain, iova, paddr, pageSize, count, prot);
  }

  @Override
  public Result<Done> syncMap(DomainId domain, Iova iova, long size) {
    return backend.syncMap(domain, iova, size);
  }

  @Override
  public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
    return backend.unmap(domain, iova, pageSize, count, gather);
  }

  @Override
  public void sync(DomainId domain, Gather gather) {
    backend.sync(domain, gather);
  }

  @Override
  public void flushAll(DomainId domain) {
    backend.flushAll(domain);
  }

  @Override
  public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
    return backend.iovaToPhys(domain, iova);
  }

  @Override
  public AccessOutcome access(DeviceAccess access) {
    return backend.access(access);
  }

  @Override
  public FaultLog takeFaults() {
    return backend.takeFaults();
  }

  @Override
  public Memory memory() {
    return backend.memory();
  }

  @Override
  public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
    return part(PasidBackend.class).setPasid(device, pasid, domain, old);
  }

  @Override
  public void removePasid(Rid device, Pasid pasid, DomainId old) {
    part(PasidBackend.class).removePasid(device, pasid, old);
  }

  @Override
  public void failNextAttach(Rid device, Errno errno) {
    part(AttachFailure.class).failNextAttach(device, errno);
  }

  /** What the backend has, through this one where it forwards it. */
  @Override
  public <E extends BackendExtension> Optional<E> extension(Class<E> type) {
    return backend
        .extension(type)
        .map(extension -> type.isInstance(this) ? type.cast(this) : extension);
  }

  private <E extends BackendExtension> E part(Class<E> type) {
    return backend.extension(type).orElseThrow();
  }
}
