package org.iommuref.model.core;

import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.core.AttachHandles;
import org.iommuref.spec.core.DeviceStateCore;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.core.HotPlugCore;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.core.PasidCore;
import org.iommuref.spec.core.UserDomains;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Environment;
import org.jspecify.annotations.Nullable;

/**
 * The IOMMU core of Linux over one driver.
 *
 * <p>Each call checks its arguments ({@link CoreChecks}) and then acts, both under the group's
 * lock; the functions that answer nothing in Linux always succeed here. Clause areas DOM, GRP, ATT,
 * PASID, MAP.
 */
public final class Core
    implements IommuCore, PasidCore, AttachHandles, HotPlugCore, DeviceStateCore {

  private final IommuBackend backend;
  private final CoreChecks checks;
  private final GroupCalls calls;
  private final Domains domains;
  private final CoreContext context;
  private final Groups groups;
  private final DomainSwitch domainSwitch;
  private final Ownership ownership;
  private final DeviceReset resets;
  private final @Nullable PasidSwitch pasids;
  private final Mappings mappings;
  private final FaultReporter faults;
  private final PageFaults pageFaults;
  private final DomainType defaultType;
  private final UserDomainDriver userDomains;

  /** Probes every device of the topology and attaches the default domains. */
  public Core(Environment environment, IommuBackend driver, CoreParts parts) {
    backend = parts.driver().apply(driver);
    checks = parts.checks();
    calls = new GroupCalls(environment.steps(), checks);
    domains = new Domains(backend);
    context = new CoreContext(environment, backend, domains);
    domainSwitch = parts.domainSwitch().apply(context);
    ownership = parts.ownership().apply(context, domainSwitch);
    resets = parts.resets().apply(context, ownership);
    var ofPasids = backend.extension(PasidBackend.class);
    pasids = ofPasids.map(driving -> parts.pasids().apply(context, driving)).orElse(null);
    PageMapper mapper = parts.mapper().apply(backend, parts.pageSizes());
    mappings = Mappings.of(backend, domains, mapper, checks.map());
    groups = new Groups(context, domainSwitch, mapper);
    defaultType = parts.defaultType();
    userDomains = new UserDomainDriver(backend, domains);
    faults = new FaultReporter(backend, this::domainOf);
    pageFaults = new PageFaults(context, groups::of);
    PciGroups formed = new PciGroups(environment.topology(), parts.pci());
    groups.probe(environment.topology(), formed, defaultType);
  }

  /** Who hears of faults. */
  public FaultReporter faults() {
    return faults;
  }

  /** Who hears of page requests. */
  public PageFaults pageFaults() {
    return pageFaults;
  }

  /** What iommufd asks of the driver. */
  public UserDomains userDomains() {
    return userDomains;
  }

  /** How many domains users have allocated and not freed. */
  public int userDomainCount() {
    return domains.countOfUsers();
  }

  @Override
  public Result<GroupId> addDevice(Rid device) {
    return groups.add(device, defaultType);
  }

  @Override
  @Clause("GRP-001")
  public Result<GroupId> addDevice(Rid device, GroupId id) {
    return groups.add(device, id, defaultType);
  }

  @Override
  public void removeDevice(Rid device) {
    groups.remove(device);
    pageFaults.forget(device);
  }

  @Override
  @Clause("GRP-007")
  public Result<GroupId> groupOf(Rid device) {
    Group group = groups.of(device);
    return group == null ? Result.err(Errno.ENODEV) : Result.ok(group.id());
  }

  /** The devices of a device's group, in the order in which they were probed. */
  public List<Rid> devicesOfGroup(Rid device) {
    Group group = groups.of(device);
    return group == null ? List.of() : group.members().stream().map(Member::rid).toList();
  }

  /** What a body answers that runs under the lock of a device's group. */
  public <T> Result<T> whileLocked(Rid device, Supplier<Result<T>> body) {
    Group group = groups.of(device);
    return group == null ? body.get() : calls.locked(group, body);
  }

  @Override
  public Result<Done> allocateDomain(DomainId domain, DomainType type) {
    return domains.allocate(domain, type);
  }

  @Override
  @Clause("DOM-004")
  public Result<Done> freeDomain(DomainId domain) {
    Errno refusal = checks.free().refusal(new FreeRequest(domains.named(domain), groups.all()));
    if (refusal != null) {
      return Result.err(refusal);
    }
    faults.forget(domain);
    pageFaults.forget(domain);
    return domains.free(domain);
  }

  @Override
  @Clause({"GRP-006", "GRP-007", "ATT-010"})
  public Result<Done> attachDevice(Rid device, DomainId domain) {
    return calls.call(
        CoreCall.ATTACH_DEVICE,
        GroupRequest.on(groups.of(device), domains.namedFor(groups.of(device), domain)),
        group -> domainSwitch.set(group, domain));
  }

  @Override
  @Clause({"GRP-004", "GRP-005"})
  public Result<Done> detachDevice(Rid device, DomainId domain) {
    return calls.act(
        groups.of(device),
        group -> {
          if (domain.equals(group.domain()) && group.members().size() == 1) {
            returnToCore(group);
          }
        });
  }

  @Override
  @Clause({"GRP-001", "GRP-003", "GRP-008"})
  public Result<Done> attachGroup(GroupId id, DomainId domain) {
    return calls.call(
        CoreCall.ATTACH_GROUP,
        GroupRequest.on(groups.of(id), domains.namedFor(groups.of(id), domain)),
        group -> domainSwitch.set(group, domain));
  }

  @Override
  @Clause({"ATT-002", "GRP-001"})
  public Result<Done> replaceGroup(GroupId id, DomainId domain) {
    return calls.call(
        CoreCall.REPLACE_GROUP,
        GroupRequest.on(groups.of(id), domains.named(domain)),
        group -> domainSwitch.set(group, domain));
  }

  @Override
  @Clause({"GRP-004", "GRP-005"})
  public Result<Done> detachGroup(GroupId id, DomainId domain) {
    return calls.act(groups.of(id), this::returnToCore);
  }

  @Override
  @Clause({"GRP-009", "GRP-010", "GRP-011", "GRP-012", "GRP-015", "GRP-018"})
  public Result<Done> claimOwner(Rid device, int owner) {
    return calls.call(
        CoreCall.CLAIM,
        GroupRequest.by(owner, groups.of(device)),
        group -> {
          if (group.ownerCount() > 0) {
            ownership.count(group); // nothing else is checked
            return Result.done();
          }
          Errno refusal = checks.of(CoreCall.TAKE).refusal(GroupRequest.by(owner, group));
          return refusal == null ? ownership.take(group, owner) : Result.err(refusal);
        });
  }

  @Override
  @Clause({"GRP-013", "GRP-019"})
  public Result<Done> releaseOwner(Rid device) {
    return calls.act(groups.of(device), ownership::release);
  }

  @Override
  @Clause("GRP-014")
  public Result<Done> useDefaultDomain(Rid device) {
    Group group = groups.of(device);
    if (group == null) {
      return Result.done();
    }
    return calls.call(
        CoreCall.USE_DEFAULT,
        GroupRequest.on(group, null),
        used -> {
          ownership.count(used);
          return Result.done();
        });
  }

  @Override
  public Result<Done> unuseDefaultDomain(Rid device) {
    return calls.act(groups.of(device), ownership::unuse);
  }

  @Override
  public Result<Done> prepareReset(Rid device) {
    return ofMember(device, resets::prepare);
  }

  @Override
  public Result<Done> finishReset(Rid device) {
    return ofMember(
        device,
        (group, member) -> {
          resets.finish(group, member);
          return Result.done();
        });
  }

  @Override
  public Result<Done> deferredAttach(Rid device) {
    Group group = groups.of(device);
    boolean deferred = group != null && group.isDeferred(device); // asked without the lock
    return deferred ? ofMember(device, domainSwitch::attachDeferred) : Result.done();
  }

  @Override
  @Clause({"PASID-006", "PASID-007", "PASID-008", "PASID-009"})
  public Result<Done> attachPasid(Rid device, Pasid pasid, DomainId domain) {
    return calls.call(
        CoreCall.ATTACH_PASID,
        pasidRequest(device, pasid, domain),
        group -> Objects.requireNonNull(pasids).attach(group, pasid, domain));
  }

  @Override
  @Clause({"PASID-005", "PASID-010"})
  public Result<Done> replacePasid(Rid device, Pasid pasid, DomainId domain) {
    return calls.call(
        CoreCall.REPLACE_PASID,
        pasidRequest(device, pasid, domain),
        group -> {
          DomainId old = Objects.requireNonNull(group.pasids().get(pasid));
          return old.equals(domain)
              ? Result.done()
              : Objects.requireNonNull(pasids).replace(group, pasid, domain, old);
        });
  }

  @Override
  @Clause("PASID-004")
  public Result<Done> detachPasid(Rid device, Pasid pasid, DomainId domain) {
    return calls.act(
        groups.of(device),
        group -> {
          DomainId old = group.pasids().get(pasid);
          if (old != null) {
            Objects.requireNonNull(pasids).detach(group, pasid, old);
          }
        });
  }

  @Override
  public Result<Done> attachGroup(GroupId id, DomainId domain, AttachHandle handle) {
    Group group = groups.of(id);
    if (group != null && context.handleOf(group, null) != null) {
      return Result.err(Errno.EBUSY);
    }
    return keeping(group, null, handle, attachGroup(id, domain));
  }

  @Override
  public Result<Done> replaceGroup(GroupId id, DomainId domain, AttachHandle handle) {
    return keeping(groups.of(id), null, handle, replaceGroup(id, domain));
  }

  @Override
  public Result<Done> attachPasid(Rid device, Pasid pasid, DomainId domain, AttachHandle handle) {
    return keeping(groups.of(device), pasid, handle, attachPasid(device, pasid, domain));
  }

  @Override
  public Result<Done> replacePasid(Rid device, Pasid pasid, DomainId domain, AttachHandle handle) {
    return keeping(groups.of(device), pasid, handle, replacePasid(device, pasid, domain));
  }

  @Override
  public @Nullable AttachHandle handleOf(GroupId id, @Nullable Pasid pasid) {
    Group group = groups.of(id);
    return group == null ? null : context.handleOf(group, pasid);
  }

  @Override
  public @Nullable DomainId domainOf(GroupId id, @Nullable Pasid pasid) {
    Group group = groups.of(id);
    return group == null ? null : context.domainOf(group, pasid);
  }

  private Result<Done> keeping(
      @Nullable Group group, @Nullable Pasid pasid, AttachHandle handle, Result<Done> attached) {
    if (group != null && attached.isOk()) {
      context.change(
          group, new FaultStep.RecordHandle(group.id()), step -> group.keepHandle(pasid, handle));
    }
    return attached;
  }

  @Override
  public Result<Done> map(DomainId domain, Iova iova, PhysAddr paddr, long size, Prot prot) {
    return mappings.map(domain, iova, paddr, size, prot);
  }

  @Override
  public long unmap(DomainId domain, Iova iova, long size) {
    return mappings.unmap(domain, iova, size);
  }

  @Override
  public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
    return mappings.iovaToPhys(domain, iova);
  }

  private void returnToCore(Group group) {
    var ignored = domainSwitch.mustSet(group, ownership.coreDomain(group));
    // after the hardware has left
    context.change(group, new FaultStep.ForgetHandle(group.id()), step -> group.dropHandle());
  }

  private GroupRequest pasidRequest(Rid device, Pasid pasid, DomainId domain) {
    Group group = groups.of(device);
    return new GroupRequest(group, domains.namedFor(group, domain), 0, pasid, pasids != null);
  }

  private @Nullable DomainId domainOf(FaultRecord fault) {
    Group group = groups.of(fault.rid());
    if (group == null) {
      return null;
    }
    return fault.pasid() == null ? group.domain() : group.pasids().get(fault.pasid());
  }

  /** What a body answers for a device in its group; success for a device in none. */
  private Result<Done> ofMember(Rid device, BiFunction<Group, Member, Result<Done>> body) {
    Group group = groups.of(device);
    if (group == null) {
      return Result.done();
    }
    Member member = group.member(device);
    return calls.locked(group, () -> body.apply(group, member));
  }
}
