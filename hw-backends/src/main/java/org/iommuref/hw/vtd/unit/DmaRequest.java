package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.BusRequest;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.TranslationCompletion;
import org.iommuref.spec.unit.Translator;
import org.jspecify.annotations.Nullable;

/**
 * A request of a device on its way through the unit: what it asks, and what its walk holds so far.
 *
 * <p>One object for each slot, used again and again. What is not known yet is stale from the
 * request before: {@link #stage()} says what is known.
 */
public final class DmaRequest {

  /** How far a request is. */
  public enum Stage {
    /** The slot waits for a request. */
    FREE,
    /** Nothing has been looked up yet. */
    TAKEN,
    /** The root entry was read; the context entry is next. */
    CONTEXT,
    /** The context entry is known; the second stage is next. */
    SECOND_STAGE,
    /** The table of {@link #level()} is to be read. */
    TABLES,
    /** Scalable mode: an atom of the context entry is next. */
    SCALABLE_CONTEXT,
    /** Scalable mode: the PASID directory entry is next. */
    PASID_DIRECTORY,
    /** Scalable mode: an atom of the PASID entry is next. */
    PASID_ENTRY,
    /** Scalable mode: the PASID entry is known; its tables are next. */
    ADDRESS_SPACE,
    /** Scalable mode: an entry of the first stage is next. */
    FIRST_STAGE,
    /** Scalable mode: flags of the first-stage entry that was read are to be set. */
    FIRST_STAGE_UPDATE,
    /** Scalable mode: an entry of the second stage is next. */
    SCALABLE_SECOND_STAGE,
    /** Scalable mode: flags of the second-stage entry that was read are to be set. */
    SECOND_STAGE_UPDATE,
    /** The output address is known; the effect is next. */
    TRANSLATED,
    /** The device has not fetched its answer yet. */
    ANSWERED
  }

  private static final int NO_PASID = Translator.NO_PASID;

  /** The domain tag of a request that no context entry was found for. */
  static final int NO_DOMAIN = -1;

  private final int slot;

  final ScalableWalk walk = new ScalableWalk();

  Stage stage = Stage.FREE;
  int sourceId;
  int pasid;
  long iova;
  AccessKind kind = AccessKind.READ;
  long value;
  boolean privileged;
  AddressType addressType = AddressType.UNTRANSLATED;
  boolean noWrite;
  boolean pageRequest;
  boolean scalable;
  boolean held;
  boolean draining;

  long contextTable;
  int domainId = NO_DOMAIN;
  int translationType;
  int addressWidth;
  boolean faultsSilenced;
  long table;
  int level;
  int rights;
  long output;
  int pageShift;

  /** The leaf of a walk in legacy mode. */
  long leaf;

  @Nullable AccessOutcome outcome;
  @Nullable TranslationCompletion completion;
  @Nullable FaultReason refusal;

  DmaRequest(int slot) {
    this.slot = slot;
  }

  /** Takes the request of a device. */
  void take(BusRequest access) {
    take(
        access.rid().value(),
        access.pasid() == null ? NO_PASID : access.pasid().value(),
        access.address(),
        access.kind());
    privileged = access.privileged();
    addressType = access.type();
    noWrite = access.noWrite();
    value = access.value();
  }

  /** Takes an untranslated request in user mode. */
  void take(int requester, int requestersPasid, long address, AccessKind asked) {
    sourceId = requester;
    pasid = requestersPasid;
    privileged = false;
    addressType = AddressType.UNTRANSLATED;
    noWrite = false;
    pageRequest = false;
    iova = address;
    kind = asked;
    value = 0;
    held = false;
    outcome = null;
    completion = null;
    refusal = null;
    restart();
  }

  /** Takes a page request. */
  void take(PageRequestMessage request) {
    BusRequest access =
        new BusRequest(
            request.rid(),
            request.pasid(),
            request.privileged(),
            AddressType.UNTRANSLATED,
            request.address(),
            request.execute() ? AccessKind.EXECUTE : AccessKind.READ,
            0,
            false);
    take(access);
    pageRequest = true;
    beginScalable();
  }

  /** Forgets what was read and looked up so far. */
  void restart() {
    stage = Stage.TAKEN;
    draining = false;
    domainId = NO_DOMAIN;
    faultsSilenced = false;
    scalable = false;
  }

  /** It is translated in scalable mode: nothing of its walk is known yet. */
  void beginScalable() {
    scalable = true;
    walk.restart();
  }

  void finish(AccessOutcome answer) {
    outcome = answer;
    draining = false;
    stage = Stage.ANSWERED;
  }

  /** A translation request has its answer. */
  void finish(TranslationCompletion answer) {
    completion = answer;
    finish(AccessOutcome.blocked());
  }

  void translatedTo(long address) {
    output = address;
    stage = Stage.TRANSLATED;
  }

  /** Whether its walk is under way: it holds something that it read and has no result yet. */
  public boolean isWalking() {
    return stage.compareTo(Stage.TAKEN) > 0 && stage.compareTo(Stage.TRANSLATED) < 0;
  }

  /** Whether the walk is still to begin or to end. */
  boolean isUnderWay() {
    return stage.compareTo(Stage.FREE) > 0 && stage.compareTo(Stage.TRANSLATED) < 0;
  }

  /** Whether it can move: translated requests that are held move only to be drained. */
  boolean canMove() {
    return switch (stage) {
      case FREE, ANSWERED -> false;
      case TRANSLATED -> !held || draining;
      default -> true;
    };
  }

  /** The slot, by which events name the request. */
  public int slot() {
    return slot;
  }

  /** How far it is. */
  public Stage stage() {
    return stage;
  }

  /** Who asks. */
  public int sourceId() {
    return sourceId;
  }

  /** Whether it carries a PASID. */
  public boolean hasPasid() {
    return pasid != NO_PASID;
  }

  /** The PASID that it carries, or -1. */
  public int pasid() {
    return pasid;
  }

  /** Whether it asks for privileged mode. */
  public boolean isPrivileged() {
    return privileged;
  }

  /** What its address is. */
  public AddressType addressType() {
    return addressType;
  }

  /** Whether it is translated in scalable mode. */
  public boolean isScalable() {
    return scalable;
  }

  /** Whether its translation counts as a write to the page. */
  boolean writes() {
    return isTranslationRequest() ? walk.asksToWrite && walk.admitsWrite() : kind.needsWrite();
  }

  /** NW of a translation request. */
  public boolean noWrite() {
    return noWrite;
  }

  /** Whether it is a page request rather than an access. */
  public boolean isPageRequest() {
    return pageRequest;
  }

  /** Whether a device-TLB asks for the translation alone. */
  public boolean isTranslationRequest() {
    return addressType == AddressType.TRANSLATION_REQUEST;
  }

  /** Whether a device-TLB has translated the address. */
  public boolean isTranslated() {
    return addressType == AddressType.TRANSLATED;
  }

  /** What its walk holds in scalable mode. */
  public ScalableWalk walk() {
    return walk;
  }

  /** The address asked for, in bytes. */
  public long iova() {
    return iova;
  }

  /** What is asked. */
  public AccessKind kind() {
    return kind;
  }

  /** What a write stores or an atomic adds. */
  public long value() {
    return value;
  }

  /** The domain tag of its context entry, from {@link Stage#SECOND_STAGE} on, or -1. */
  public int domainId() {
    return domainId;
  }

  /** The translation type of its context entry, from {@link Stage#SECOND_STAGE} on. */
  public int translationType() {
    return translationType;
  }

  /** Whether its context entry passes addresses through, from {@link Stage#SECOND_STAGE} on. */
  public boolean passesThrough() {
    return translationType == ContextEntry.TT_PASS_THROUGH;
  }

  /** AW of its context entry, from {@link Stage#SECOND_STAGE} on. */
  public int addressWidth() {
    return addressWidth;
  }

  /** FPD of its context entry, from {@link Stage#SECOND_STAGE} on. */
  public boolean faultsSilenced() {
    return faultsSilenced;
  }

  /** The level of the table that is read next, in {@link Stage#TABLES}. */
  public int level() {
    return level;
  }

  /** The rights of all entries read so far, in {@link Stage#TABLES}: {@link Rights} bits. */
  public int rights() {
    return rights;
  }

  /** log2 of the bytes of the page that it goes to, from {@link Stage#TRANSLATED} on. */
  int pageShift() {
    return scalable ? walk.pageShift : pageShift;
  }

  /** The address that it goes to, from {@link Stage#TRANSLATED} on. */
  public long output() {
    return output;
  }
}
