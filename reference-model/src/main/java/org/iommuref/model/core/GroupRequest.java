package org.iommuref.model.core;

import java.util.Objects;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.jspecify.annotations.Nullable;

/**
 * A call on a group, as its checks see it.
 *
 * @param maybeGroup the group, or null if the device or the number has none
 * @param domain the domain named, or null if the call names none or one that the driver does not
 *     know
 * @param owner the owner's cookie; 0 for none
 * @param pasid the PASID named, or null if the call names none
 * @param driverHasPasids whether the driver can set and block a PASID
 */
public record GroupRequest(
    @Nullable Group maybeGroup,
    @Nullable DomainId domain,
    int owner,
    @Nullable Pasid pasid,
    boolean driverHasPasids) {

  static GroupRequest on(@Nullable Group group, @Nullable DomainId domain) {
    return new GroupRequest(group, domain, 0, null, false);
  }

  static GroupRequest by(int owner, @Nullable Group group) {
    return new GroupRequest(group, null, owner, null, false);
  }

  /** The group of a call that has one; the checks for none come first. */
  public Group group() {
    return Objects.requireNonNull(maybeGroup);
  }

  boolean hasGroup() {
    return maybeGroup != null;
  }

  boolean isPasidTooLarge() {
    return group().members().stream()
        .anyMatch(member -> member.hasPasids() && number() >= member.maxPasids());
  }

  boolean isPasidSet() {
    return group().pasids().containsKey(Objects.requireNonNull(pasid));
  }

  boolean isNoPasid() {
    return number() == 0;
  }

  private int number() {
    return Objects.requireNonNull(pasid).value();
  }
}
