package org.iommuref.model.mutant;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.iommuref.model.core.CoreContext;
import org.iommuref.model.core.DomainSwitch;
import org.iommuref.model.core.Group;
import org.iommuref.model.core.Member;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.backend.SeveralDrivers;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.spi.Mutant;

/** Attaches that are put off wrongly, and regions of firmware that are taken for others. */
final class WrongDeferrals {

  private WrongDeferrals() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant("never-deferred", "puts off no attach", "ATT-013", AtOnce::new),
        mutant("deferred-for-good", "never makes an attach put off", "ATT-014", Never::new),
        mutant("deferred-again", "puts off each return of a device", "ATT-015", Again::new),
        regions(
            "relaxable-region-unmapped",
            "DOM-010",
            ReservedRegion.Type.DIRECT_RELAXABLE,
            ReservedRegion.Type.RESERVED),
        regions(
            "direct-region-unmapped",
            "DOM-010",
            ReservedRegion.Type.DIRECT,
            ReservedRegion.Type.RESERVED),
        regions(
            "direct-region-blocked",
            "GRP-027",
            ReservedRegion.Type.DIRECT,
            ReservedRegion.Type.DIRECT_RELAXABLE),
        mutant("new-member-left-alone", "attaches no new member of a group", "GRP-016", Alone::new),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "one-driver",
            "the core takes all devices for those of one driver",
            "GRP-008",
            parts -> parts.withDriver(OneDriver::new)),
        mutant("deferred-error-swallowed", "ignores a refusal", "ATT-016", Swallowing::new));
  }

  private static Mutant mutant(
      String name, String title, String clauses, Function<CoreContext, DomainSwitch> wrong) {
    return CoreMutants.mutant(
        CoreMutants.IDEAL,
        name,
        "the core " + title,
        clauses,
        parts -> parts.withDomainSwitch(wrong));
  }

  private static Mutant regions(
      String name, String clauses, ReservedRegion.Type type, ReservedRegion.Type taken) {
    return CoreMutants.mutant(
        CoreMutants.IDEAL,
        name,
        "the core takes a region of type " + type + " for one of type " + taken,
        clauses,
        parts -> parts.withDriver(driver -> new Retyping(driver, type, taken)));
  }

  private static final class Retyping extends Forwarding {

    private final ReservedRegion.Type type;
    private final ReservedRegion.Type taken;

    Retyping(IommuBackend backend, ReservedRegion.Type type, ReservedRegion.Type taken) {
      super(backend);
      this.type = type;
      this.taken = taken;
    }

    @Override
    public List<ReservedRegion> reservedRegions(Rid device) {
      return super.reservedRegions(device).stream()
          .map(
              region ->
                  new ReservedRegion(
                      region.start(),
                      region.length(),
                      region.type() == type ? taken : region.type()))
          .toList();
    }
  }

  private static final class AtOnce extends DomainSwitch {
    AtOnce(CoreContext context) {
      super(context);
    }

    @Override
    protected boolean isPutOff(Group group, Member member, DomainId next) {
      return false;
    }
  }

  private static final class Never extends DomainSwitch {
    Never(CoreContext context) {
      super(context);
    }

    @Override
    protected Result<Done> attachDeferred(Group group, Member member) {
      return Result.done();
    }
  }

  private static final class Alone extends DomainSwitch {
    Alone(CoreContext context) {
      super(context);
    }

    @Override
    protected Result<Done> join(Group group, Member member) {
      return Result.done();
    }
  }

  private static final class OneDriver extends Forwarding {
    OneDriver(IommuBackend backend) {
      super(backend);
    }

    @Override
    public <E extends BackendExtension> Optional<E> extension(Class<E> type) {
      return type == SeveralDrivers.class ? Optional.empty() : super.extension(type);
    }
  }

  private static final class Again extends DomainSwitch {

    private final Set<Rid> deferred = new HashSet<>();

    Again(CoreContext context) {
      super(context);
    }

    @Override
    protected boolean isPutOff(Group group, Member member, DomainId next) {
      if (super.isPutOff(group, member, next)) {
        deferred.add(member.rid());
      }
      return deferred.contains(member.rid()) && next.equals(group.defaultDomain());
    }
  }

  private static final class Swallowing extends DomainSwitch {
    Swallowing(CoreContext context) {
      super(context);
    }

    @Override
    protected Result<Done> attachDeferred(Group group, Member member) {
      var ignored = super.attachDeferred(group, member);
      return Result.done();
    }
  }
}
