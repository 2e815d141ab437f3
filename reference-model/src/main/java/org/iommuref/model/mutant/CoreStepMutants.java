package org.iommuref.model.mutant;

import java.util.List;
import org.iommuref.model.core.ErasePasid;
import org.iommuref.model.core.RecordDomain;
import org.iommuref.model.core.RecordOwner;
import org.iommuref.model.core.RecordPasid;
import org.iommuref.model.core.RecordReset;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepMutation;

/** The core's steps, dropped or changed. */
final class CoreStepMutants {

  private CoreStepMutants() {}

  static List<Mutant> mutants() {
    return List.of(
        dropped(
            RecordDomain.class, "the domain that a group is in is not noted", "GRP-003 GRP-004"),
        dropped(RecordReset.class, "a reset is not noted", "RST-004 RST-006"),
        dropped(RecordOwner.class, "the owner of a group is not noted", "GRP-009 GRP-014"),
        dropped(RecordPasid.class, "a PASID that was set is not noted", "PASID-008"),
        dropped(ErasePasid.class, "a PASID that was removed is noted as set", "PASID-004"),
        mutant(
            "core-count-one-claim",
            "of the claims of an owner one is counted",
            "GRP-019",
            step ->
                step instanceof RecordOwner r
                    ? List.of(new RecordOwner(r.group(), r.owner(), Math.min(r.count(), 1)))
                    : List.of(step)),
        mutant(
            "core-note-neighbour-pasid",
            "the PASID behind the one that was set is noted",
            "PASID-008",
            step ->
                step instanceof RecordPasid r
                    ? List.of(
                        new RecordPasid(r.group(), new Pasid(r.pasid().value() + 1), r.domain()))
                    : List.of(step)));
  }

  private static Mutant dropped(Class<? extends Step> step, String title, String clauses) {
    return mutant(
        "core-drop-" + step.getSimpleName(),
        title,
        clauses,
        each -> step.isInstance(each) ? List.of() : List.of(each));
  }

  private static Mutant mutant(String name, String title, String clauses, StepMutation mutation) {
    return new Mutant.OfSteps(
        name, title, IdealMutants.clauses(clauses), "core", CoreMutants.IDEAL, mutation);
  }
}
