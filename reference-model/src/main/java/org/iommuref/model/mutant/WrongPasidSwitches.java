package org.iommuref.model.mutant;

import java.util.List;
import org.iommuref.model.core.CoreContext;
import org.iommuref.model.core.Group;
import org.iommuref.model.core.Member;
import org.iommuref.model.core.PasidSwitch;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.spi.Mutant;

/** Changes of a PASID's domain that are wrong. */
final class WrongPasidSwitches {

  private WrongPasidSwitches() {}

  static List<Mutant> mutants() {
    return List.of(
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "pasid-left-on-devices",
            "a detached PASID stays set on the devices",
            "PASID-004",
            parts -> parts.withPasids(LeftOnDevices::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "pasid-no-rollback",
            "after a failed attach a PASID stays set on some devices of the group",
            "PASID-011",
            parts -> parts.withPasids(NoRollback::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "failed-pasid-noted",
            "a PASID whose attach failed is noted as set",
            "PASID-011",
            parts -> parts.withPasids(NotesFailure::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "pasid-replace-no-restore",
            "after a failed replace a PASID is in the new domain on some devices of the group",
            "PASID-012",
            parts -> parts.withPasids(NoRestore::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "pasid-of-first-device-only",
            "of a group the first device alone has the PASID set",
            "PASID-001 PASID-011",
            parts -> parts.withPasids(FirstOnly::new)));
  }

  /** Blocks no device. */
  private static final class LeftOnDevices extends PasidSwitch {

    LeftOnDevices(CoreContext context, PasidBackend driver) {
      super(context, driver);
    }

    @Override
    protected void block(List<Member> members, Pasid pasid, DomainId old) {
      // it stays set
    }
  }

  /** Leaves a PASID that could not be set everywhere where it was set. */
  private static final class NoRollback extends PasidSwitch {

    NoRollback(CoreContext context, PasidBackend driver) {
      super(context, driver);
    }

    @Override
    protected void revert(Group group, List<Member> set, Pasid pasid, DomainId failed) {
      // it stays set
    }
  }

  /** Keeps the entry of a PASID that could not be set. */
  private static final class NotesFailure extends PasidSwitch {

    NotesFailure(CoreContext context, PasidBackend driver) {
      super(context, driver);
    }

    @Override
    protected void revert(Group group, List<Member> set, Pasid pasid, DomainId failed) {
      super.revert(group, set, pasid, failed);
      record(group, pasid, failed);
    }
  }

  /** Leaves a PASID that could not be moved everywhere where it was moved. */
  private static final class NoRestore extends PasidSwitch {

    NoRestore(CoreContext context, PasidBackend driver) {
      super(context, driver);
    }

    @Override
    protected void restore(List<Member> moved, Pasid pasid, DomainId failed, DomainId old) {
      // it stays in the new domain
    }
  }

  /** Knows one device of a group. */
  private static final class FirstOnly extends PasidSwitch {

    FirstOnly(CoreContext context, PasidBackend driver) {
      super(context, driver);
    }

    @Override
    protected List<Member> withPasids(Group group) {
      return super.withPasids(group).subList(0, 1);
    }
  }
}
