package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.ScalableSecondStageProvider;
import org.iommuref.hw.vtd.driver.DriverStep.AssignTag;
import org.iommuref.hw.vtd.driver.DriverStep.LinkPasidTable;
import org.iommuref.hw.vtd.driver.DriverStep.PutDomainId;
import org.iommuref.hw.vtd.driver.DriverStep.ReadPasidTableEntry;
import org.iommuref.hw.vtd.driver.DriverStep.ReadTags;
import org.iommuref.hw.vtd.driver.DriverStep.SetPasidPresent;
import org.iommuref.hw.vtd.driver.DriverStep.TakeDomainId;
import org.iommuref.hw.vtd.driver.DriverStep.UnassignTag;
import org.iommuref.hw.vtd.driver.DriverStep.WriteContextEntry;
import org.iommuref.hw.vtd.driver.DriverStep.WriteDescriptor;
import org.iommuref.hw.vtd.driver.DriverStep.WritePasidFields;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.memory.Memory.Atom;

/** Steps of scalable mode gone wrong: PASID tables, their entries, and lists. */
final class ScalableStepMutants {

  private static final DomainId EVERY_DOMAIN = new DomainId(-1);
  private static final long NEXT_ENTRY = PasidEntry.BYTES;
  private static final int SECOND_STAGE_FIELDS = 0;
  private static final int FIRST_STAGE_FIELDS = 1;

  private ScalableStepMutants() {}

  static List<StepMutant> all() {
    return Stream.of(
            tables().map(mutant -> mutant.of(ScalableProvider.NAME)),
            entries().map(mutant -> mutant.of(ScalableProvider.NAME)),
            secondStage().map(mutant -> mutant.of(ScalableSecondStageProvider.NAME)),
            lists().map(mutant -> mutant.of(ScalableProvider.NAME)))
        .flatMap(mutants -> mutants)
        .toList();
  }

  private static Stream<StepMutant> tables() {
    return Stream.of(
        StepMutant.drop(
            LinkPasidTable.class,
            "drop-link-pasid-table",
            "a new PASID table is never linked",
            "ATT-001"),
        StepMutant.drop(
                ReadPasidTableEntry.class,
                "drop-read-pasid-entry",
                "every PASID is taken for one without an entry",
                "ATT-002",
                "ATT-005",
                "PASID-004")
            .ofRaces("R44"),
        StepMutant.change(
            WriteContextEntry.class,
            step ->
                new WriteContextEntry(
                    step.unit(),
                    step.device(),
                    step.address() ^ ScalableContextEntry.BYTES,
                    step.entry()),
            "context-entry-of-next-function",
            "a context entry is written for the function beside the right one",
            "ATT-001"),
        StepMutant.change(
            WriteContextEntry.class,
            step ->
                new WriteContextEntry(
                    step.unit(),
                    step.device(),
                    step.address(),
                    with(step.entry(), ScalableContextEntry.PASIDE, on -> 0)),
            "context-entry-without-pasids",
            "no context entry admits PASIDs",
            "PASID-001"),
        StepMutant.change(
            WriteContextEntry.class,
            step ->
                new WriteContextEntry(
                    step.unit(),
                    step.device(),
                    step.address(),
                    with(step.entry(), ScalableContextEntry.RID_PASID, pasid -> pasid + 1)),
            "context-entry-with-next-rid-pasid",
            "requests without PASID have the entry of PASID 1",
            "PASID-001",
            "PASID-002"),
        StepMutant.change(
            WriteContextEntry.class,
            step ->
                new WriteContextEntry(
                    step.unit(),
                    step.device(),
                    step.address(),
                    with(step.entry(), ScalableContextEntry.PDTS, size -> 0)),
            "context-entry-with-small-directory",
            "the context entry names the smallest directory, whatever its size",
            "PASID-017"));
  }

  private static Stream<StepMutant> entries() {
    return Stream.of(
        StepMutant.drop(
            WritePasidFields.class,
            step -> step.atom() == FIRST_STAGE_FIELDS,
            "drop-write-first-stage-fields",
            "the fields of the first stage are never written",
            "ATT-001"),
        StepMutant.drop(
            WritePasidFields.class,
            step -> step.atom() == SECOND_STAGE_FIELDS,
            "drop-write-entry-fields",
            "domain id and type are never written but with P",
            "DOM-006",
            "INV-001"),
        StepMutant.drop(
            SetPasidPresent.class,
            "drop-set-pasid-present",
            "no PASID entry becomes present",
            "ATT-001"),
        StepMutant.change(
            SetPasidPresent.class,
            step ->
                new SetPasidPresent(
                    step.unit(),
                    step.device(),
                    step.pasid(),
                    step.address() ^ NEXT_ENTRY,
                    step.low()),
            "pasid-entry-of-next-pasid",
            "the entry beside the right one becomes present",
            "ATT-001",
            "PASID-003"),
        low(
            PasidEntry.PGTT,
            type -> PasidEntry.PGTT_PASS_THROUGH,
            "every-entry-pass-through",
            "every PASID entry passes addresses through",
            "DOM-003",
            "ATT-001"),
        low(
            PasidEntry.PGTT,
            type -> PasidEntry.PGTT_FIRST_STAGE,
            "no-entry-pass-through",
            "no PASID entry passes addresses through",
            "DOM-002"),
        field(
            SECOND_STAGE_FIELDS,
            PasidEntry.DID,
            did -> did == 0 ? 0 : did ^ 1,
            "entry-with-wrong-domain-id",
            "a PASID entry names the domain id beside the right one",
            "INV-001"),
        field(
            FIRST_STAGE_FIELDS,
            PasidEntry.FSPM,
            mode -> 0,
            "entry-with-four-levels",
            "a PASID entry says that the first stage has 4 levels where it has 5",
            "ATT-001",
            "MAP-001"));
  }

  private static Stream<StepMutant> secondStage() {
    return Stream.of(
        low(
            PasidEntry.AW,
            width -> width - 1,
            "entry-with-narrow-width",
            "a PASID entry names the address width below the right one",
            "ATT-001",
            "MAP-001"),
        low(
            PasidEntry.PGTT,
            type -> PasidEntry.PGTT_PASS_THROUGH,
            "every-entry-pass-through",
            "every PASID entry passes addresses through",
            "DOM-003",
            "ATT-001"),
        descriptor(
                InvalidationDescriptor.TYPE_IOTLB,
                d -> with(d, InvalidationDescriptor.DID, did -> did + 1),
                "translations-of-next-domain-id",
                "an invalidation of translations carries the domain id behind the right one",
                "INV-001",
                "ATT-002")
            .ofRaces("R48"),
        descriptor(
                InvalidationDescriptor.TYPE_IOTLB,
                ScalableStepMutants::withHalfTheRange,
                "half-the-range",
                "the invalidation of several pages names the first half of them",
                "INV-005")
            .ofRaces("R09"));
  }

  private static Stream<StepMutant> lists() {
    return Stream.of(
        StepMutant.change(
            TakeDomainId.class,
            step -> new TakeDomainId(step.unit(), EVERY_DOMAIN),
            "one-domain-id-for-all",
            "all domains of a unit share one domain id",
            "DOM-006",
            "ATT-007"),
        StepMutant.again(
                PutDomainId.class,
                UnaryOperator.identity(),
                "domain-id-given-back-twice",
                "a PASID that leaves a domain gives its domain id back for another one too",
                "DOM-006",
                "DOM-007",
                "ATT-007",
                "ATT-011")
            .ofRaces("R32"),
        StepMutant.drop(
            AssignTag.class, "drop-assign-tag", "a domain has no tag on any unit", "INV-001"),
        StepMutant.drop(
            AssignTag.class,
            step -> step.tag().pasid() != 0,
            "drop-assign-tag-of-pasid",
            "a domain has no tag for PASIDs",
            "INV-017"),
        StepMutant.again(
            UnassignTag.class,
            UnaryOperator.identity(),
            "tag-taken-back-twice",
            "a PASID that leaves a domain takes the tag of another device back too",
            "ATT-011"),
        StepMutant.drop(ReadTags.class, "drop-read-tags", "a sync finds no tag", "INV-001")
            .ofRaces("R25"));
  }

  private static StepMutant low(
      Field field, LongUnaryOperator change, String name, String title, String... clauses) {
    return StepMutant.change(
        SetPasidPresent.class,
        step ->
            new SetPasidPresent(
                step.unit(),
                step.device(),
                step.pasid(),
                step.address(),
                field.put(step.low(), change.applyAsLong(field.get(step.low())))),
        name,
        title,
        clauses);
  }

  private static StepMutant field(
      int atom,
      Field field,
      LongUnaryOperator change,
      String name,
      String title,
      String... clauses) {
    return StepMutant.change(
        WritePasidFields.class,
        step ->
            step.atom() == atom
                ? new WritePasidFields(
                    step.unit(),
                    step.device(),
                    step.pasid(),
                    atom,
                    step.address(),
                    with(step.fields(), field, change))
                : step,
        name,
        title,
        clauses);
  }

  /** Descriptors of a type are changed. */
  static StepMutant descriptor(
      int type, UnaryOperator<Atom> change, String name, String title, String... clauses) {
    Predicate<Atom> which = descriptor -> InvalidationDescriptor.TYPE.get(descriptor) == type;
    return StepMutant.change(
        WriteDescriptor.class,
        step ->
            which.test(step.descriptor())
                ? new WriteDescriptor(step.unit(), step.address(), change.apply(step.descriptor()))
                : step,
        name,
        title,
        clauses);
  }

  static Atom withHalfTheRange(Atom descriptor) {
    return InvalidationDescriptor.AM.get(descriptor) == 0
        ? descriptor
        : with(descriptor, InvalidationDescriptor.AM, mask -> mask - 1);
  }

  /** The field in the first or the second of two quadwords, wherever the pair lies. */
  static Atom with(Atom pair, Field field, LongUnaryOperator change) {
    boolean first = field.quadword() % 2 == 0;
    long quadword = first ? pair.low() : pair.high();
    long changed = field.put(quadword, change.applyAsLong(field.get(quadword)));
    return first ? new Atom(changed, pair.high()) : new Atom(pair.low(), changed);
  }
}
