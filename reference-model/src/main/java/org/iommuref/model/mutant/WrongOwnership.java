package org.iommuref.model.mutant;

import java.util.List;
import org.iommuref.model.core.CoreContext;
import org.iommuref.model.core.DomainSwitch;
import org.iommuref.model.core.Group;
import org.iommuref.model.core.Ownership;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.spi.Mutant;

/** Owners that are kept wrongly. */
final class WrongOwnership {

  private WrongOwnership() {}

  static List<Mutant> mutants() {
    return List.of(
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "release-keeps-domain",
            "the last release leaves the group in the owner's domain",
            "GRP-013",
            parts -> parts.withOwnership(KeepsDomain::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "first-release-returns",
            "the first release of several returns the group",
            "GRP-019",
            parts -> parts.withOwnership(FirstReturns::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "release-ignored",
            "a released group still has its owner",
            "GRP-013",
            parts -> parts.withOwnership(NeverReturns::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "detach-stays-blocked",
            "a group that nobody owns any more is blocked by a detach",
            "GRP-004",
            parts -> parts.withOwnership(StaysBlocked::new)));
  }

  /** Leaves a released group where it is. */
  private static final class KeepsDomain extends Ownership {

    KeepsDomain(CoreContext context, DomainSwitch domainSwitch) {
      super(context, domainSwitch);
    }

    @Override
    protected void leave(Group group) {
      // it stays in the owner's domain
    }
  }

  /** Gives the group back as often as it was claimed, at once. */
  private static final class FirstReturns extends Ownership {

    FirstReturns(CoreContext context, DomainSwitch domainSwitch) {
      super(context, domainSwitch);
    }

    @Override
    protected void release(Group group) {
      for (int claims = group.ownerCount(); claims > 0; claims--) {
        super.release(group);
      }
    }
  }

  /** Gives nothing back. */
  private static final class NeverReturns extends Ownership {

    NeverReturns(CoreContext context, DomainSwitch domainSwitch) {
      super(context, domainSwitch);
    }

    @Override
    protected void release(Group group) {
      // the owner keeps it
    }
  }

  /** Prefers the blocking domain. */
  private static final class StaysBlocked extends Ownership {

    StaysBlocked(CoreContext context, DomainSwitch domainSwitch) {
      super(context, domainSwitch);
    }

    @Override
    protected DomainId coreDomain(Group group) {
      return blockingDomain(group).value();
    }
  }
}
