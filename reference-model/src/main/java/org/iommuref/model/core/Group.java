package org.iommuref.model.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.step.StepLock;
import org.jspecify.annotations.Nullable;

/**
 * Devices that cannot be told apart or kept apart, and the domain that they share. Linux: struct
 * iommu_group.
 *
 * <p>Its state changes in steps, under its lock. GRP-001.
 */
public final class Group {

  private final GroupId id;
  private final DomainId defaultDomain;
  private final StepLock lock;
  private final List<Member> members = new ArrayList<>();
  private final TreeMap<Pasid, DomainId> pasids = new TreeMap<>();
  private @Nullable DomainId blockingDomain;
  private @Nullable DomainId domain;
  private final Map<Pasid, AttachHandle> pasidHandles = new TreeMap<>();
  private @Nullable AttachHandle handle;
  private int owner;
  private int ownerCount;
  private final Map<Rid, Integer> resets = new TreeMap<>();
  private final Set<Rid> deferred = new TreeSet<>();

  Group(GroupId id, DomainId defaultDomain) {
    this.id = id;
    this.defaultDomain = defaultDomain;
    this.lock = new StepLock(id.toString());
  }

  /** The number of the group. */
  public GroupId id() {
    return id;
  }

  /** The devices in the order in which they were probed. */
  public List<Member> members() {
    return Collections.unmodifiableList(members);
  }

  /** A device that is in the group. */
  Member member(Rid device) {
    return members.stream().filter(each -> each.rid().equals(device)).findFirst().orElseThrow();
  }

  /** The domain of ordinary drivers. */
  public DomainId defaultDomain() {
    return defaultDomain;
  }

  /** The domain of a group that is owned and attached to nothing, or null before its first need. */
  public @Nullable DomainId blockingDomain() {
    return blockingDomain;
  }

  /** What the devices are attached to now; null before the first attach. */
  public @Nullable DomainId domain() {
    return domain;
  }

  /** The cookie of the owner, or 0 if ordinary drivers or nobody use the group. */
  public int owner() {
    return owner;
  }

  /** How many claims the owner has, or how many ordinary drivers are bound. */
  public int ownerCount() {
    return ownerCount;
  }

  /** The domains of the PASIDs that are set, in ascending order. */
  public Map<Pasid, DomainId> pasids() {
    return Collections.unmodifiableMap(pasids);
  }

  /** Whether the group is in a domain of a user, neither the default nor the blocking one. */
  public boolean isInUserDomain() {
    return domain != null && !domain.equals(defaultDomain) && !domain.equals(blockingDomain);
  }

  /** Whether a domain is attached to the devices or to one of their PASIDs. */
  boolean uses(DomainId candidate) {
    return candidate.equals(domain) || pasids.containsValue(candidate);
  }

  /** What the user keeps with the attachment, or null if it keeps nothing. */
  @Nullable AttachHandle handleOf(@Nullable Pasid pasid) {
    return pasid == null ? handle : pasidHandles.get(pasid);
  }

  /** The domain that it is attached to with such a handle, or null. */
  @Nullable DomainId attachedDomain(@Nullable Pasid pasid) {
    DomainId attached = pasid == null ? domain : pasids.get(pasid);
    return handleOf(pasid) == null ? null : attached;
  }

  void keepHandle(@Nullable Pasid pasid, AttachHandle kept) {
    if (pasid == null) {
      handle = kept;
    } else {
      pasidHandles.put(pasid, kept);
    }
  }

  /** How many resets of a device are under way. */
  int resetDepth(Rid device) {
    return resets.getOrDefault(device, 0);
  }

  /** Whether a device of it is being reset, and its domains must not change. RST-004 */
  public boolean isInRecovery() {
    return !resets.isEmpty();
  }

  void noteReset(Rid device, int depth) {
    if (depth == 0) {
      resets.remove(device);
    } else {
      resets.put(device, depth);
    }
  }

  /** Whether a device is to be attached when its driver first maps something. ATT-013 */
  boolean isDeferred(Rid device) {
    return deferred.contains(device);
  }

  void defer(Rid device) {
    deferred.add(device);
  }

  void attachNow(Rid device) {
    deferred.remove(device);
  }

  StepLock lock() {
    return lock;
  }

  void join(Member member) {
    members.add(member);
  }

  void leave(Rid device) {
    members.removeIf(member -> member.rid().equals(device));
    resets.remove(device);
    deferred.remove(device);
  }

  void dropHandle() {
    handle = null;
  }

  void keepForBlocking(DomainId blocking) {
    blockingDomain = blocking;
  }

  void enter(DomainId next) {
    domain = next;
  }

  void own(int cookie, int count) {
    owner = cookie;
    ownerCount = count;
  }

  void put(Pasid pasid, DomainId next) {
    pasids.put(pasid, next);
  }

  void erase(Pasid pasid) {
    pasids.remove(pasid);
    pasidHandles.remove(pasid);
  }
}
