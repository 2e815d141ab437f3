package org.iommuref.model.core;

import java.util.List;
import java.util.Optional;
import org.iommuref.model.ideal.IdealBackend;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
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

/**
 * Ideal with every call of its driver side written down, and with answers that a test can change.
 */
class RecordingBackend implements IommuBackend, PasidBackend {

  private final IdealBackend ideal;
  private final List<String> calls;

  List<ReservedRegion> reserved = List.of();
  boolean withPasids = true;
  boolean gathers = true;
  @Nullable Errno syncMapError;

  RecordingBackend(IdealBackend ideal, List<String> calls) {
    this.ideal = ideal;
    this.calls = calls;
  }

  void failNextAttach(Rid device, Errno errno) {
    ideal.failNextAttach(device, errno);
  }

  @Override
  public HwInfo hwInfo() {
    return ideal.hwInfo();
  }

  @Override
  public Result<Done> probe(Rid device) {
    return ideal.probe(device);
  }

  @Override
  public Result<Done> release(Rid device) {
    calls.add("release " + device);
    return ideal.release(device);
  }

  @Override
  public List<ReservedRegion> reservedRegions(Rid device) {
    return reserved;
  }

  @Override
  public Result<Done> allocateDomain(DomainId domain, DomainType type) {
    calls.add("allocate " + type);
    return ideal.allocateDomain(domain, type);
  }

  @Override
  public Result<Done> freeDomain(DomainId domain) {
    return ideal.freeDomain(domain);
  }

  @Override
  public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
    calls.add(
        "attach " + device + " " + domain.value() + " from " + (old == null ? "-" : old.value()));
    return ideal.attach(device, domain, old);
  }

  @Override
  public Result<Long> map(
      DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
    calls.add("map " + iova + " " + count + "x" + pageSize);
    return ideal.map(domain, iova, paddr, pageSize, count, prot);
  }

  @Override
  public Result<Done> syncMap(DomainId domain, Iova iova, long size) {
    calls.add("syncMap " + iova + "+" + size);
    return syncMapError == null ? ideal.syncMap(domain, iova, size) : Result.err(syncMapError);
  }

  @Override
  public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
    calls.add("unmap " + iova + " " + count + "x" + pageSize);
    return ideal.unmap(domain, iova, pageSize, count, gathers ? gather : new Gather());
  }

  @Override
  public void sync(DomainId domain, Gather gather) {
    calls.add("sync " + new Iova(gather.start()) + ".." + new Iova(gather.end()));
    ideal.sync(domain, gather);
  }

  @Override
  public void flushAll(DomainId domain) {
    ideal.flushAll(domain);
  }

  @Override
  public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
    return ideal.iovaToPhys(domain, iova);
  }

  @Override
  public AccessOutcome access(DeviceAccess access) {
    return ideal.access(access);
  }

  @Override
  public FaultLog takeFaults() {
    return ideal.takeFaults();
  }

  @Override
  public Memory memory() {
    return ideal.memory();
  }

  @Override
  public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
    calls.add(
        "set "
            + device
            + " "
            + pasid
            + " "
            + domain.value()
            + " from "
            + (old == null ? "-" : old.value()));
    return ideal.setPasid(device, pasid, domain, old);
  }

  @Override
  public void removePasid(Rid device, Pasid pasid, DomainId old) {
    calls.add("remove " + device + " " + pasid + " from " + old.value());
    ideal.removePasid(device, pasid, old);
  }

  @Override
  public <E extends BackendExtension> Optional<E> extension(Class<E> type) {
    return withPasids ? IommuBackend.super.extension(type) : Optional.empty();
  }
}
