package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import org.iommuref.hw.vtd.driver.DriverStep;
import org.iommuref.hw.vtd.driver.DriverStep.AssignTag;
import org.iommuref.hw.vtd.driver.DriverStep.ClearFaultRecord;
import org.iommuref.hw.vtd.driver.DriverStep.ClearPasidPresent;
import org.iommuref.hw.vtd.driver.DriverStep.ClearPresent;
import org.iommuref.hw.vtd.driver.DriverStep.CommandDone;
import org.iommuref.hw.vtd.driver.DriverStep.CountInvalidations;
import org.iommuref.hw.vtd.driver.DriverStep.DevicesSettled;
import org.iommuref.hw.vtd.driver.DriverStep.EndTranslated;
import org.iommuref.hw.vtd.driver.DriverStep.FetchAnswer;
import org.iommuref.hw.vtd.driver.DriverStep.FetchCompletion;
import org.iommuref.hw.vtd.driver.DriverStep.FetchPageAnswers;
import org.iommuref.hw.vtd.driver.DriverStep.HoldRequest;
import org.iommuref.hw.vtd.driver.DriverStep.KeepTranslation;
import org.iommuref.hw.vtd.driver.DriverStep.LinkContextTable;
import org.iommuref.hw.vtd.driver.DriverStep.LookUpDeviceTlb;
import org.iommuref.hw.vtd.driver.DriverStep.PutDomainId;
import org.iommuref.hw.vtd.driver.DriverStep.QueueHasRoom;
import org.iommuref.hw.vtd.driver.DriverStep.RaiseBusRequest;
import org.iommuref.hw.vtd.driver.DriverStep.RaisePageRequest;
import org.iommuref.hw.vtd.driver.DriverStep.RaiseRequest;
import org.iommuref.hw.vtd.driver.DriverStep.ReadContextEntry;
import org.iommuref.hw.vtd.driver.DriverStep.ReadFaultRecord;
import org.iommuref.hw.vtd.driver.DriverStep.ReadPasidDirectoryEntry;
import org.iommuref.hw.vtd.driver.DriverStep.ReadRegister;
import org.iommuref.hw.vtd.driver.DriverStep.ReadRootEntry;
import org.iommuref.hw.vtd.driver.DriverStep.ReadStatus;
import org.iommuref.hw.vtd.driver.DriverStep.ReadTags;
import org.iommuref.hw.vtd.driver.DriverStep.ReleaseRequest;
import org.iommuref.hw.vtd.driver.DriverStep.RequestAnswered;
import org.iommuref.hw.vtd.driver.DriverStep.ResetStatus;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitBatch;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitContextInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitDeviceInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitDrain;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitPasidInvalidation;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitPasidTranslations;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitResponse;
import org.iommuref.hw.vtd.driver.DriverStep.TakeDomainId;
import org.iommuref.hw.vtd.driver.DriverStep.UnassignTag;
import org.iommuref.hw.vtd.driver.DriverStep.UnitSettled;
import org.iommuref.hw.vtd.driver.DriverStep.WriteBarrier;
import org.iommuref.hw.vtd.driver.DriverStep.WriteContextEntry;
import org.iommuref.hw.vtd.driver.DriverStep.WriteRegister;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.memory.Memory.Atom;

/** Context entries, domain ids, tags and fault registers handled wrongly. */
final class DriverStepMutants {

  private static final String AT_START = "a unit that does not start serves nobody";
  private static final String REQUESTER = "it belongs to the devices, not to the driver";

  /** The steps that no mutant here or in {@link DescriptorMutants} touches, and why. */
  static final Map<Class<? extends DriverStep>, String> UNTOUCHED =
      Map.ofEntries(
          Map.entry(CommandDone.class, AT_START),
          Map.entry(ReadRootEntry.class, "a table that is never found is linked for ever"),
          Map.entry(ClearPresent.class, "the entry is emptied behind it; only a walk could tell"),
          Map.entry(
              ReadPasidDirectoryEntry.class, "a table that is never found is linked for ever"),
          Map.entry(
              ClearPasidPresent.class, "the entry is emptied behind it; only a walk could tell"),
          Map.entry(SubmitPasidInvalidation.class, "without a doorbell the unit does not start"),
          Map.entry(SubmitPasidTranslations.class, "without a doorbell nothing ends the wait"),
          Map.entry(WriteBarrier.class, "it is nothing but where stores are buffered: a race"),
          Map.entry(QueueHasRoom.class, "it takes more than a hundred threads to fill the queue"),
          Map.entry(ResetStatus.class, "it shows when the queue has gone round"),
          Map.entry(SubmitInvalidation.class, "without a doorbell the unit does not start"),
          Map.entry(SubmitContextInvalidation.class, "without a doorbell the unit does not start"),
          Map.entry(SubmitDeviceInvalidation.class, "without a doorbell nothing ends the wait"),
          Map.entry(SubmitBatch.class, "without a doorbell nothing ends the wait"),
          Map.entry(SubmitResponse.class, "without a doorbell nothing ends the wait"),
          Map.entry(SubmitDrain.class, "without a doorbell nothing ends the wait"),
          Map.entry(RaisePageRequest.class, REQUESTER),
          Map.entry(DevicesSettled.class, REQUESTER),
          Map.entry(FetchPageAnswers.class, REQUESTER),
          Map.entry(ReadStatus.class, "a submission that never seems done is waited for for ever"),
          Map.entry(LookUpDeviceTlb.class, REQUESTER),
          Map.entry(EndTranslated.class, REQUESTER),
          Map.entry(CountInvalidations.class, REQUESTER),
          Map.entry(RaiseBusRequest.class, REQUESTER),
          Map.entry(FetchCompletion.class, REQUESTER),
          Map.entry(KeepTranslation.class, REQUESTER),
          Map.entry(RaiseRequest.class, REQUESTER),
          Map.entry(RequestAnswered.class, REQUESTER),
          Map.entry(FetchAnswer.class, REQUESTER),
          Map.entry(HoldRequest.class, REQUESTER),
          Map.entry(ReleaseRequest.class, REQUESTER),
          Map.entry(UnitSettled.class, REQUESTER));

  private static final DomainId EVERY_DOMAIN = new DomainId(-1);
  private static final long NEXT_ENTRY = ContextEntry.BYTES;

  private DriverStepMutants() {}

  static List<StepMutant> all() {
    return List.of(
        StepMutant.drop(
            LinkContextTable.class,
            "drop-link-context-table",
            "a new context table is never linked",
            "ATT-001"),
        StepMutant.drop(
            ReadContextEntry.class,
            "drop-read-context-entry",
            "every device is taken for one without a context entry",
            "ATT-002",
            "ATT-005"),
        StepMutant.drop(
            WriteContextEntry.class,
            "drop-write-context-entry",
            "a context entry is never written",
            "ATT-001"),
        StepMutant.change(
            WriteContextEntry.class,
            step ->
                new WriteContextEntry(
                    step.unit(), step.device(), step.address() ^ NEXT_ENTRY, step.entry()),
            "context-entry-of-next-function",
            "a context entry is written for the function beside the right one",
            "ATT-001"),
        entry(
            ContextEntry.DID,
            did -> did ^ 1,
            "entry-with-wrong-domain-id",
            "a context entry names the domain id beside the right one",
            "INV-001"),
        entry(
            ContextEntry.AW,
            width -> width - 1,
            "entry-with-narrow-width",
            "a context entry names the address width below the right one",
            "ATT-001",
            "MAP-001"),
        entry(
            ContextEntry.TT,
            type -> ContextEntry.TT_PASS_THROUGH,
            "every-entry-pass-through",
            "every context entry passes addresses through",
            "DOM-003",
            "ATT-001"),
        entry(
            ContextEntry.TT,
            type -> ContextEntry.TT_SECOND_STAGE,
            "no-entry-pass-through",
            "no context entry passes addresses through",
            "DOM-002"),
        StepMutant.change(
                TakeDomainId.class,
                step -> new TakeDomainId(step.unit(), EVERY_DOMAIN),
                "one-domain-id-for-all",
                "all domains of a unit share one domain id",
                "DOM-006",
                "ATT-007")
            .ofRaces("R32"),
        StepMutant.again(
                PutDomainId.class,
                UnaryOperator.identity(),
                "domain-id-given-back-twice",
                "a device that leaves a domain gives its domain id back for another one too",
                "DOM-006",
                "DOM-007",
                "ATT-007",
                "ATT-011")
            .ofRaces("R32"),
        StepMutant.drop(
            AssignTag.class, "drop-assign-tag", "a domain has no tag on any unit", "INV-001"),
        StepMutant.again(
            UnassignTag.class,
            UnaryOperator.identity(),
            "tag-taken-back-twice",
            "a device that leaves a domain takes the tag of another one back too",
            "ATT-011"),
        StepMutant.drop(ReadTags.class, "drop-read-tags", "a sync finds no tag", "INV-001")
            .ofRaces("R25"),
        StepMutant.drop(
            ReadRegister.class,
            step -> step.register() == Register.FSTS,
            "drop-read-fault-status",
            "the driver takes the fault status for 0",
            "FREC-001"),
        StepMutant.change(
            ReadFaultRecord.class,
            step -> new ReadFaultRecord(step.unit(), step.index() ^ 1, step.quadword()),
            "fault-of-next-register",
            "the driver reads the fault recording register beside the right one",
            "FREC-001",
            "FREC-010"),
        StepMutant.drop(
            ClearFaultRecord.class,
            "drop-clear-fault",
            "a fault record is never cleared",
            "FREC-009"),
        StepMutant.drop(
            WriteRegister.class,
            step -> step.register() == Register.FSTS,
            "drop-clear-overflow",
            "the overflow of the fault records is never cleared",
            "FREC-008"));
  }

  /** A field of every present context entry is changed. */
  private static StepMutant entry(
      Field field, LongUnaryOperator change, String name, String title, String... clauses) {
    return StepMutant.change(
        WriteContextEntry.class,
        step ->
            ContextEntry.P.isSet(step.entry().low())
                ? new WriteContextEntry(
                    step.unit(), step.device(), step.address(), with(step.entry(), field, change))
                : step,
        name,
        title,
        clauses);
  }

  private static Atom with(Atom entry, Field field, LongUnaryOperator change) {
    long value = change.applyAsLong(field.get(entry));
    return field.quadword() == 0
        ? new Atom(field.put(entry.low(), value), entry.high())
        : new Atom(entry.low(), field.put(entry.high(), value));
  }
}
