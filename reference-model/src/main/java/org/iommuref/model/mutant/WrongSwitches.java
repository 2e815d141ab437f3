package org.iommuref.model.mutant;

import java.util.List;
import java.util.Objects;
import org.iommuref.model.core.CoreCall;
import org.iommuref.model.core.CoreChecks;
import org.iommuref.model.core.CoreContext;
import org.iommuref.model.core.DomainSwitch;
import org.iommuref.model.core.Group;
import org.iommuref.model.core.Member;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** Changes of a group's domain that are wrong. */
final class WrongSwitches {

  private WrongSwitches() {}

  static List<Mutant> mutants() {
    return List.of(
        CoreMutants.mutant(
                CoreMutants.IDEAL,
                "no-rollback",
                "after a failed attach some devices of the group stay in the new domain",
                "GRP-002",
                parts -> parts.withDomainSwitch(NoRollback::new))
            .ofRaces("R39"),
        CoreMutants.mutant(
                CoreMutants.IDEAL,
                "rollback-to-default",
                "after a failed attach some devices of the group are in the default domain",
                "GRP-002",
                parts -> parts.withDomainSwitch(RollbackToDefault::new))
            .ofRaces("R39"),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "first-device-only",
            "of a group the first device alone is attached",
            "GRP-001",
            parts -> parts.withDomainSwitch(FirstOnly::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "attach-error-swallowed",
            "an attach that the driver refused succeeds",
            "GRP-002",
            parts -> parts.withDomainSwitch(Swallowing::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "failed-return-not-blocked",
            "a device that cannot leave a user's domain stays in it",
            "GRP-017",
            parts -> parts.withDomainSwitch(NotBlocking::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "rid-change-drops-pasids",
            "a change of a group's domain removes its PASIDs from the devices",
            "PASID-013",
            parts -> parts.withDomainSwitch(DropsPasids::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "same-domain-refused",
            "a replace by the domain in force is refused",
            "ATT-010",
            parts -> parts.withChecks(refusingTheSame(parts.checks()))));
  }

  private static CoreChecks refusingTheSame(CoreChecks checks) {
    return checks.with(
        CoreCall.REPLACE_GROUP,
        checks
            .of(CoreCall.REPLACE_GROUP)
            .when(
                "ATT-010",
                "the domain is in force",
                request -> Objects.equals(request.domain(), request.group().domain()),
                Errno.EBUSY));
  }

  /** Leaves the devices where they are. */
  private static final class NoRollback extends DomainSwitch {

    NoRollback(CoreContext context) {
      super(context);
    }

    @Override
    protected void restore(Group group, List<Member> switched, DomainId failed) {
      // they stay in the new domain
    }
  }

  /** Attaches the default domain in place of the old one. */
  private static final class RollbackToDefault extends DomainSwitch {

    RollbackToDefault(CoreContext context) {
      super(context);
    }

    @Override
    protected void restore(Group group, List<Member> switched, DomainId failed) {
      switched.forEach(member -> attach(group, member, group.defaultDomain(), failed));
    }
  }

  /** Attaches no device behind the first. */
  private static final class FirstOnly extends DomainSwitch {

    FirstOnly(CoreContext context) {
      super(context);
    }

    @Override
    protected @Nullable Errno attach(
        Group group, Member member, DomainId next, @Nullable DomainId old) {
      boolean first = group.members().get(0).equals(member);
      return first ? super.attach(group, member, next, old) : null;
    }
  }

  /** Takes every attach for a success. */
  private static final class Swallowing extends DomainSwitch {

    Swallowing(CoreContext context) {
      super(context);
    }

    @Override
    protected @Nullable Errno attach(
        Group group, Member member, DomainId next, @Nullable DomainId old) {
      super.attach(group, member, next, old);
      return null;
    }
  }

  /** Does nothing for a device that the driver would not move. */
  private static final class NotBlocking extends DomainSwitch {

    NotBlocking(CoreContext context) {
      super(context);
    }

    @Override
    protected @Nullable Errno attachOrBlock(
        Group group, Member member, DomainId next, @Nullable DomainId old) {
      return attach(group, member, next, old);
    }
  }

  /** Takes the PASIDs along with the domain. */
  private static final class DropsPasids extends DomainSwitch {

    private final CoreContext context;

    DropsPasids(CoreContext context) {
      super(context);
      this.context = context;
    }

    @Override
    protected @Nullable Errno attach(
        Group group, Member member, DomainId next, @Nullable DomainId old) {
      context.backend().extension(PasidBackend.class).ifPresent(d -> drop(d, group, member.rid()));
      return super.attach(group, member, next, old);
    }

    private static void drop(PasidBackend driver, Group group, Rid device) {
      group.pasids().forEach((pasid, domain) -> driver.removePasid(device, pasid, domain));
    }
  }
}
