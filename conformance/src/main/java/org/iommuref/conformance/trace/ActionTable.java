package org.iommuref.conformance.trace;

import static java.util.Map.entry;
import static org.iommuref.conformance.trace.Argument.CPU;
import static org.iommuref.conformance.trace.Argument.DMA;
import static org.iommuref.conformance.trace.Argument.IOVA;
import static org.iommuref.conformance.trace.Argument.LEAF_ONLY;
import static org.iommuref.conformance.trace.Argument.PAGE;
import static org.iommuref.conformance.trace.Argument.SUBMITTER;
import static org.iommuref.conformance.trace.Argument.YIELDED_PAGE;
import static org.iommuref.conformance.trace.Argument.page;
import static org.iommuref.conformance.trace.Argument.scope;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.iommuref.conformance.trace.Meaning.Action;
import org.iommuref.conformance.trace.Meaning.Either;
import org.iommuref.conformance.trace.Meaning.Noted;
import org.iommuref.conformance.trace.Meaning.Outside;
import org.iommuref.conformance.trace.Meaning.Stutter;

/**
 * What each record of driver, unit and scenario is to the model {@code UnmapFlush}: one row for
 * each, since a record that nobody has thought of is an error.
 *
 * <p>The model has one directory entry: what happens to tables above it is either nothing to the
 * model (reads) or outside it (changes).
 */
final class ActionTable {

  /** The actions of the trace module that no record stands for, and why. */
  static final Map<String, String> NOT_LOGGED =
      Map.of(
          "DrainStore", "a store of the driver is in memory when its step is over",
          "EvictIotlb", "a cache that does not use an entry chooses so; nothing is dropped",
          "EvictPagingStructure", "a cache that does not use an entry chooses so");

  private static final Meaning UPPER_LEVEL =
      new Stutter("it reads a table above the directory, which nobody changes");
  private static final Meaning NO_ATTACH = new Outside("the model attaches no device");
  private static final Meaning NO_FAULT_RECORDS = new Outside("the model has no fault records");
  private static final Meaning NO_START = new Outside("the model begins with units that translate");
  private static final Meaning DEVICE_SIDE =
      new Stutter("it belongs to the device; the unit reports StartDma, AccessPage and BlockDma");
  private static final Meaning LEGACY = new Outside("the model's unit is in legacy mode");
  private static final Meaning NO_HOLDING = new Outside("the model's accesses are not held");

  /** The rows. */
  static final Map<String, Meaning> ROWS =
      Map.ofEntries(
          // the caller of map and unmap
          entry("AllocPage", action(CPU, YIELDED_PAGE)),
          entry("FreePage", action(CPU, PAGE)),
          // page tables
          entry("TakePage", new Stutter("the page that it takes is named by AllocTable")),
          entry("AllocTable", action(CPU, PAGE)),
          entry("ReadEntry", new Stutter("software looks at a table; nothing changes")),
          entry("LinkTable", ofDirectory(action(CPU, PAGE))),
          entry("WritePte", ofLeaf(action(CPU, IOVA, PAGE))),
          entry("ClearPte", ofLeaf(action(CPU, IOVA))),
          entry("UnlinkTable", ofDirectory(action(CPU, PAGE))),
          entry("FreeTable", action(CPU, PAGE)),
          // invalidation, by the driver
          entry("ReadTags", new Stutter("the only domain has one tag from set-up on")),
          entry("QueueHasRoom", new Stutter("the model's queue is never full")),
          entry("WriteDescriptor", new Noted("no unit sees it yet", Circumstances::noteWriter)),
          entry("WriteBarrier", new Stutter("every store is in memory when its step is over")),
          entry("ResetStatus", new Stutter("CompleteWait says when the word is written")),
          entry("SubmitInvalidation", action(CPU, scope("domainId"), LEAF_ONLY)),
          entry("InvalidationDone", action(CPU)),
          // invalidation, by the unit
          entry(
              "FetchDescriptor",
              new Noted("nothing is carried out yet", Circumstances::noteFetched)),
          entry("ExecuteInvalidation", action(SUBMITTER, scope("domainTag"), LEAF_ONLY)),
          entry("CompleteWait", action(SUBMITTER)),
          entry("StopQueue", new Outside("the model's queue meets no error")),
          entry("Evict", new Outside("caches that lose entries by themselves are left out")),
          // device requests
          entry("RaiseRequest", DEVICE_SIDE),
          entry("RequestAnswered", DEVICE_SIDE),
          entry("FetchAnswer", DEVICE_SIDE),
          entry("HoldRequest", NO_HOLDING),
          entry("UnitSettled", NO_HOLDING),
          entry("ReleaseRequest", NO_HOLDING),
          entry("StartDma", action(DMA, IOVA)),
          entry("ReadRoot", new Stutter("the model's device is attached throughout")),
          entry("ReadContext", new Stutter("the model's device is attached throughout")),
          entry("HitIotlb", action(DMA)),
          entry("HitPagingStructure", readOfDirectory(action(DMA))),
          entry("ReadNonLeaf", readOfDirectory(action(DMA, page("table")))),
          entry("ReadLeaf", action(DMA, PAGE)),
          entry("BlockDma", action(DMA)),
          entry("AccessPage", action(DMA, PAGE)),
          entry("PassUntranslated", new Outside("the model translates every request")),
          // attach
          entry("ReadRootEntry", NO_ATTACH),
          entry("LinkContextTable", NO_ATTACH),
          entry("ReadContextEntry", NO_ATTACH),
          entry("WriteContextEntry", NO_ATTACH),
          entry("ClearPresent", NO_ATTACH),
          entry("TakeDomainId", NO_ATTACH),
          entry("PutDomainId", NO_ATTACH),
          entry("AssignTag", NO_ATTACH),
          entry("UnassignTag", NO_ATTACH),
          entry("SubmitContextInvalidation", NO_ATTACH),
          entry("ExecuteContextInvalidation", NO_ATTACH),
          // registers
          entry("ReadRegister", NO_START),
          entry("WriteRegister", NO_START),
          entry("CommandDone", NO_START),
          entry("ReadFaultRecord", NO_FAULT_RECORDS),
          entry("ClearFaultRecord", NO_FAULT_RECORDS),
          // scalable mode, page requests and interrupts
          entry("ReadPasidDirectoryEntry", LEGACY),
          entry("LinkPasidTable", LEGACY),
          entry("ReadPasidTableEntry", LEGACY),
          entry("WritePasidFields", LEGACY),
          entry("SetPasidPresent", LEGACY),
          entry("ClearPasidPresent", LEGACY),
          entry("ChangeDirtyEnable", LEGACY),
          entry("SubmitPasidInvalidation", LEGACY),
          entry("SubmitPasidTranslations", LEGACY),
          entry("SubmitDeviceInvalidation", LEGACY),
          entry("ReadStatus", LEGACY),
          entry("AbortWait", LEGACY),
          entry("FindDevice", LEGACY),
          entry("SubmitResponse", LEGACY),
          entry("SubmitDrain", LEGACY),
          entry("SubmitBatch", LEGACY),
          entry("ReadPageRequest", LEGACY),
          entry("CompleteDeviceInvalidation", LEGACY),
          entry("EnableAts", LEGACY),
          entry("DisableAts", LEGACY),
          entry("EnablePri", LEGACY),
          entry("DisablePri", LEGACY),
          entry("RaisePageRequest", LEGACY),
          entry("DevicesSettled", LEGACY),
          entry("FetchPageAnswers", LEGACY),
          entry("ChangePageSnoop", LEGACY),
          entry("LookUpDeviceTlb", LEGACY),
          entry("EndTranslated", LEGACY),
          entry("CountInvalidations", LEGACY),
          entry("RaiseBusRequest", LEGACY),
          entry("FetchCompletion", LEGACY),
          entry("KeepTranslation", LEGACY),
          entry("ClearDirty", LEGACY),
          entry("SetDirty", LEGACY),
          entry("ReadPasidDirectory", LEGACY),
          entry("ReadPasidEntry", LEGACY),
          entry("UpdateEntry", LEGACY),
          entry("ExecutePasidInvalidation", LEGACY),
          entry("ExecutePasidIotlbInvalidation", LEGACY),
          entry("WritePageRequest", LEGACY),
          entry("ReadInterruptEntry", LEGACY),
          entry("DeliverInterrupt", LEGACY));

  private ActionTable() {}

  /** What a record is; empty if it has no row. */
  static Optional<Meaning> meaningOf(Line line) {
    Meaning meaning = ROWS.get(line.action());
    while (meaning instanceof Either either) {
      meaning = either.condition().test(line) ? either.met() : either.otherwise();
    }
    return Optional.ofNullable(meaning);
  }

  private static Meaning action(Argument... arguments) {
    return new Action(List.of(arguments));
  }

  private static Meaning ofDirectory(Meaning action) {
    return atLevel(
        Span.DIRECTORY_LEVEL,
        action,
        new Outside("the model changes no table above the directory"));
  }

  private static Meaning ofLeaf(Meaning action) {
    return atLevel(Span.LEAF_LEVEL, action, new Outside("the model has no large leaves"));
  }

  private static Meaning readOfDirectory(Meaning action) {
    return atLevel(Span.DIRECTORY_LEVEL, action, UPPER_LEVEL);
  }

  private static Meaning atLevel(int level, Meaning met, Meaning otherwise) {
    return new Either(line -> line.number("level") == level, met, otherwise);
  }
}
