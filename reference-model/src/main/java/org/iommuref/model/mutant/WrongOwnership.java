package org.iommuref.model.mutant;

import java.util.List;
import org.iommuref.model.core.CoreCall;
import org.iommuref.model.core.CoreChecks;
import org.iommuref.model.core.CoreContext;
import org.iommuref.model.core.DomainSwitch;
import org.iommuref.model.core.Group;
import org.iommuref.model.core.Ownership;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
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
            parts -> parts.withOwnership(StaysBlocked::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "detach-of-owned-ignored",
            "a detach leaves an owned group in the domain that it is in",
            "GRP-005",
            parts -> parts.withOwnership(KeepsOwned::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "blocking-domain-passes-through",
            "the domain that blocks owned groups lets every access pass",
            "GRP-012 GRP-005",
            parts -> parts.withDriver(PassesThrough::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "second-claim-refused",
            "an owner cannot claim again",
            "GRP-010",
            parts -> parts.withChecks(refusingEveryOwner(parts.checks()))));
  }

  private static CoreChecks refusingEveryOwner(CoreChecks checks) {
    return checks.with(
        CoreCall.CLAIM,
        checks
            .of(CoreCall.CLAIM)
            .when("GRP-010", "it is owned", request -> request.group().owner() != 0, Errno.EPERM));
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

  /** Finds nothing to return from while there is an owner. */
  private static final class KeepsOwned extends Ownership {

    KeepsOwned(CoreContext context, DomainSwitch domainSwitch) {
      super(context, domainSwitch);
    }

    @Override
    protected DomainId coreDomain(Group group) {
      DomainId now = group.domain();
      return group.owner() == 0 || now == null ? super.coreDomain(group) : now;
    }
  }

  /** A driver whose blocked domains, where the core asks for one, are identity domains. */
  private static final class PassesThrough extends Forwarding {

    PassesThrough(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> allocateDomain(DomainId domain, DomainType type) {
      boolean ofTheCore = domain.value() < 0 && type == DomainType.BLOCKED;
      return super.allocateDomain(domain, ofTheCore ? DomainType.IDENTITY : type);
    }
  }
}
