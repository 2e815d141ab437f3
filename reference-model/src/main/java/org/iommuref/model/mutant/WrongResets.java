package org.iommuref.model.mutant;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.iommuref.model.core.CoreCall;
import org.iommuref.model.core.CoreChecks;
import org.iommuref.model.core.CoreContext;
import org.iommuref.model.core.DeviceReset;
import org.iommuref.model.core.DomainSwitch;
import org.iommuref.model.core.Group;
import org.iommuref.model.core.Member;
import org.iommuref.model.core.Ownership;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** Resets of devices that are wrong. */
final class WrongResets {

  private WrongResets() {}

  static List<Mutant> mutants() {
    return List.of(
        resets("reset-not-blocked", "blocks no device", "RST-001 ATT-017", NotBlocking::new)
            .ofRaces("R73"),
        resets("reset-not-restored", "leaves a device blocked", "RST-002", NotRestoring::new),
        resets("reset-keeps-pasids", "blocks no PASID", "RST-003", KeepsPasids::new).ofRaces("R73"),
        resets("reset-loses-pasids", "leaves PASIDs blocked", "RST-003", LosesPasids::new),
        resets("first-end-of-reset", "frees a device early", "RST-006", FirstEnd::new)
            .ofRaces("R75"),
        resets("reset-of-any-device", "blocks devices without ATS", "RST-007", AnyDevice::new),
        resets("reset-error-swallowed", "resets whatever failed", "RST-008", Swallowing::new),
        resets("reset-of-the-group", "blocks the whole group", "RST-011", WholeGroup::new),
        resets("reset-revives-pasids", "sets PASIDs as before", "RST-013", FormerPasids::new),
        switches("moves-during-reset", "changes any domain", "RST-004", Unrefused::new)
            .ofRaces("R74"),
        switches("fences-one-device", "moves the rest of a group", "RST-004", OneDevice::new)
            .ofRaces("R76"),
        switches("return-during-reset", "moves what is blocked", "RST-005", NotPassedOver::new)
            .ofRaces("R40"),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "no-replace-by-itself-during-reset",
            "refuses the domain in force during a reset",
            "RST-012",
            parts -> parts.withChecks(refusingEvery(parts.checks()))));
  }

  private static Mutant resets(
      String name,
      String title,
      String clauses,
      BiFunction<CoreContext, Ownership, DeviceReset> wrong) {
    return CoreMutants.mutant(
        CoreMutants.IDEAL, name, "a reset " + title, clauses, parts -> parts.withResets(wrong));
  }

  private static Mutant switches(
      String name, String title, String clauses, Function<CoreContext, DomainSwitch> wrong) {
    return CoreMutants.mutant(
        CoreMutants.IDEAL,
        name,
        "during a reset the core " + title,
        clauses,
        parts -> parts.withDomainSwitch(wrong));
  }

  private static CoreChecks refusingEvery(CoreChecks checks) {
    return checks.with(
        CoreCall.REPLACE_GROUP,
        checks
            .of(CoreCall.REPLACE_GROUP)
            .when("RST-012", "a reset", r -> r.group().isInRecovery(), Errno.EBUSY));
  }

  private static final class NotBlocking extends DeviceReset {
    NotBlocking(CoreContext context, Ownership ownership) {
      super(context, ownership);
    }

    @Override
    protected @Nullable Errno block(Group group, Member member) {
      return null;
    }

    @Override
    protected void restore(Group group, Member member) {
      // it was not blocked
    }
  }

  private static final class NotRestoring extends DeviceReset {
    NotRestoring(CoreContext context, Ownership ownership) {
      super(context, ownership);
    }

    @Override
    protected void restore(Group group, Member member) {
      // it stays blocked
    }
  }

  private static final class KeepsPasids extends DeviceReset {
    KeepsPasids(CoreContext context, Ownership ownership) {
      super(context, ownership);
    }

    @Override
    protected void blockPasids(Group group, Member member) {
      // they stay set
    }
  }

  private static final class LosesPasids extends DeviceReset {
    LosesPasids(CoreContext context, Ownership ownership) {
      super(context, ownership);
    }

    @Override
    protected void restorePasids(Group group, Member member) {
      // they stay blocked
    }
  }

  private static final class FirstEnd extends DeviceReset {
    FirstEnd(CoreContext context, Ownership ownership) {
      super(context, ownership);
    }

    @Override
    protected int left(int depth) {
      return 0;
    }
  }

  private static final class AnyDevice extends DeviceReset {
    AnyDevice(CoreContext context, Ownership ownership) {
      super(context, ownership);
    }

    @Override
    protected boolean concerns(Member member) {
      return true;
    }
  }

  private static final class Swallowing extends DeviceReset {
    Swallowing(CoreContext context, Ownership ownership) {
      super(context, ownership);
    }

    @Override
    protected @Nullable Errno block(Group group, Member member) {
      Errno ignored = super.block(group, member);
      return null;
    }
  }

  private static final class WholeGroup extends DeviceReset {
    WholeGroup(CoreContext context, Ownership ownership) {
      super(context, ownership);
    }

    @Override
    protected @Nullable Errno block(Group group, Member member) {
      group.members().forEach(each -> super.block(group, each));
      return null;
    }
  }

  private static final class FormerPasids extends DeviceReset {

    private final CoreContext context;
    private final Map<Pasid, DomainId> former = new TreeMap<>();

    FormerPasids(CoreContext context, Ownership ownership) {
      super(context, ownership);
      this.context = context;
    }

    @Override
    protected void blockPasids(Group group, Member member) {
      former.putAll(group.pasids());
      super.blockPasids(group, member);
    }

    @Override
    protected void restorePasids(Group group, Member member) {
      PasidBackend driver = context.backend().extension(PasidBackend.class).orElseThrow();
      former.forEach(
          (pasid, domain) -> {
            var ignored = driver.setPasid(member.rid(), pasid, domain, null);
          });
    }
  }

  private static final class Unrefused extends DomainSwitch {
    Unrefused(CoreContext context) {
      super(context);
    }

    @Override
    protected boolean isRefused(Group group) {
      return false;
    }
  }

  /** Whoever shares the requester id of what is being reset frees it. */
  private static final class OneDevice extends DomainSwitch {
    OneDevice(CoreContext context) {
      super(context);
    }

    @Override
    protected boolean isRefused(Group group) {
      return group.members().stream().allMatch(member -> isPassedOver(group, member));
    }

    @Override
    protected @Nullable Errno attach(
        Group group, Member member, DomainId next, @Nullable DomainId old) {
      return isPassedOver(group, member) ? null : super.attach(group, member, next, old);
    }
  }

  private static final class NotPassedOver extends DomainSwitch {
    NotPassedOver(CoreContext context) {
      super(context);
    }

    @Override
    protected boolean isPassedOver(Group group, Member member) {
      return false;
    }
  }
}
