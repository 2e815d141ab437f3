package org.iommuref.model.core;

import static org.iommuref.spec.errno.Errno.EBUSY;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENODEV;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;
import static org.iommuref.spec.errno.Errno.EPERM;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.iommuref.model.check.Checks;

/**
 * The checks of the core's calls, each list in the order of its function in drivers/iommu/iommu.c.
 *
 * @param calls the checks of the calls on a group
 * @param map the checks of map and unmap, which answers a refusal with 0 bytes
 * @param free the checks of the end of a domain
 */
public record CoreChecks(
    Map<CoreCall, Checks<GroupRequest>> calls, Checks<MapRequest> map, Checks<FreeRequest> free) {

  private static final Checks<GroupRequest> HAS_GROUP =
      Checks.<GroupRequest>inOrder()
          .when("GRP-007", "the device has no group", r -> !r.hasGroup(), ENODEV);

  private static final Checks<GroupRequest> CAN_ATTACH =
      Checks.<GroupRequest>inOrder()
          .when(
              "GRP-003", "the group is in a user's domain", r -> r.group().isInUserDomain(), EBUSY)
          .when("GRP-008", "the domain is not of this driver", r -> r.domain() == null, EINVAL);

  private static final Checks<GroupRequest> PASID =
      HAS_GROUP
          .when("PASID-009", "the driver has no PASIDs", r -> !r.driverHasPasids(), EOPNOTSUPP)
          .when("GRP-008", "the domain is not of this driver", r -> r.domain() == null, EINVAL)
          .when("PASID-006", "PASID 0 stands for none", GroupRequest::isNoPasid, EINVAL);

  /** The checks of Linux. */
  public static final CoreChecks LINUX =
      new CoreChecks(
          Map.of(
              CoreCall.ATTACH_DEVICE,
              HAS_GROUP
                  .when(
                      "GRP-006",
                      "the group has several devices",
                      r -> r.group().members().size() > 1,
                      EINVAL)
                  .then(CAN_ATTACH),
              CoreCall.ATTACH_GROUP,
              HAS_GROUP.then(CAN_ATTACH),
              CoreCall.REPLACE_GROUP,
              HAS_GROUP.when("GRP-008", "there is no such domain", r -> r.domain() == null, EINVAL),
              CoreCall.CLAIM,
              Checks.<GroupRequest>inOrder()
                  .when("GRP-018", "there is no owner", r -> r.owner() == 0, EINVAL)
                  .then(HAS_GROUP)
                  .when("GRP-015", "a kernel driver uses it", CoreChecks::isUsedByKernel, EPERM)
                  .when("GRP-009", "somebody else owns it", CoreChecks::isOwnedByOther, EPERM),
              CoreCall.TAKE,
              Checks.<GroupRequest>inOrder()
                  .when("GRP-011", "a domain is attached", r -> !isInDefault(r), EBUSY)
                  .when("GRP-011", "a PASID is set", CoreChecks::hasPasidSet, EBUSY),
              CoreCall.USE_DEFAULT,
              Checks.<GroupRequest>inOrder()
                  .when("GRP-014", "a user has it", CoreChecks::isUsersOwn, EBUSY),
              CoreCall.ATTACH_PASID,
              PASID
                  .when("RST-009", "a device is being reset", CoreChecks::isInRecovery, EBUSY)
                  .when("PASID-007", "a device has too few", r -> r.isPasidTooLarge(), EINVAL)
                  .when("PASID-008", "it is set already", r -> r.isPasidSet(), EBUSY),
              CoreCall.REPLACE_PASID,
              PASID
                  .when("RST-010", "a device is being reset", CoreChecks::isInRecovery, EBUSY)
                  .when("PASID-010", "it is not set", r -> !r.isPasidSet(), EINVAL)),
          Checks.<MapRequest>inOrder()
              .when("MAP-026", "it is not a paging domain", MapRequest::isNotPaging, EINVAL)
              .when(
                  "MAP-007", "not a multiple of the smallest page", r -> r.isMisaligned(), EINVAL),
          Checks.<FreeRequest>inOrder()
              .when("DOM-004", "it does not exist", r -> r.domain() == null, EINVAL)
              .when("DOM-004", "it is attached", FreeRequest::isAttached, EBUSY));

  /** Copies the lists. */
  public CoreChecks {
    calls = Collections.unmodifiableMap(new EnumMap<>(calls));
  }

  /** The checks of one call. */
  public Checks<GroupRequest> of(CoreCall call) {
    return Objects.requireNonNull(calls.get(call));
  }

  /** The same with other checks of one call. */
  public CoreChecks with(CoreCall call, Checks<GroupRequest> other) {
    Map<CoreCall, Checks<GroupRequest>> changed = new EnumMap<>(calls);
    changed.put(call, other);
    return new CoreChecks(changed, map, free);
  }

  /** The same with other checks of map and unmap. */
  public CoreChecks withMap(Checks<MapRequest> other) {
    return new CoreChecks(calls, other, free);
  }

  /** The same with other checks of the end of a domain. */
  public CoreChecks withFree(Checks<FreeRequest> other) {
    return new CoreChecks(calls, map, other);
  }

  private static boolean isInRecovery(GroupRequest r) {
    return r.group().isInRecovery();
  }

  private static boolean isUsedByKernel(GroupRequest r) {
    return r.group().ownerCount() > 0 && r.group().owner() == 0;
  }

  private static boolean isOwnedByOther(GroupRequest r) {
    return r.group().owner() != 0 && r.group().owner() != r.owner();
  }

  private static boolean isInDefault(GroupRequest r) {
    return r.group().defaultDomain().equals(r.group().domain());
  }

  private static boolean hasPasidSet(GroupRequest r) {
    return !r.group().pasids().isEmpty();
  }

  private static boolean isUsersOwn(GroupRequest r) {
    return r.group().ownerCount() > 0
        && (!isInDefault(r) || r.group().owner() != 0 || hasPasidSet(r));
  }
}
