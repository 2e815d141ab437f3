package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.Translation;
import org.iommuref.spec.unit.TranslationCompletion;
import org.jspecify.annotations.Nullable;

/**
 * The way of a request through the unit; each move makes at most one access to memory.
 *
 * <p>Order: conditions on the request, IOTLB, context entry, second stage, effect. Manual 3.4 and
 * 6.2.4.
 */
final class DmaMachine {

  private final VtdConfiguration unit;
  private final WalkChecks checks;
  private final TableGeometry geometry;
  private final AccessEffects effects;
  private final Memory memory;
  private final DmaEvents events;
  private final GlobalCommands commands;
  private final UnitCaches caches;
  private final FaultRecorder faults;
  private final InFlight inFlight;
  private final ContextWalk contexts;
  private final SecondStageWalk tables;
  private final ScalableMachine scalable;
  private final TranslationAnswers answers;
  private final DeviceTlbRules deviceTlbs;

  DmaMachine(
      VtdParts parts,
      Memory memory,
      Steps steps,
      GlobalCommands commands,
      UnitCaches caches,
      FaultRecorder faults,
      InFlight inFlight) {
    this.unit = parts.configuration();
    this.checks = parts.checks();
    this.geometry = parts.geometry();
    this.effects = parts.effects();
    this.memory = memory;
    this.events = new DmaEvents(steps);
    this.commands = commands;
    this.caches = caches;
    this.faults = faults;
    this.inFlight = inFlight;
    this.contexts = new ContextWalk(parts, memory, events, caches);
    this.tables = new SecondStageWalk(parts, memory, events, caches);
    this.deviceTlbs = parts.scalable().deviceTlbs();
    this.answers = new TranslationAnswers(parts);
    this.scalable = new ScalableMachine(parts, memory, events, caches.scalable());
  }

  /** Moves the request in a slot by one access. */
  void advance(int slot) {
    move(inFlight.change(slot));
  }

  /**
   * Moves a request until it is translated or refused.
   *
   * <p>The moves are those of {@link #advance}, without a look at all stages before each: that took
   * some per cent of the time of a walk.
   */
  long translate(DmaRequest request) {
    FaultReason refusal = begin(request);
    while (refusal == null && request.isUnderWay()) {
      refusal = request.isScalable() ? scalable.walk(request) : walk(request);
    }
    if (refusal != null) {
      block(request, refusal);
      return Translation.refused(refusal.code());
    }
    return Translation.to(request.output(), request.pageShift());
  }

  private @Nullable FaultReason walk(DmaRequest request) {
    return request.stage() == DmaRequest.Stage.TABLES ? tables.readEntry(request) : next(request);
  }

  private void move(DmaRequest request) {
    FaultReason refusal = next(request);
    if (refusal != null) {
      block(request, refusal);
    }
  }

  private @Nullable FaultReason next(DmaRequest request) {
    return switch (request.stage()) {
      case TAKEN -> begin(request);
      case CONTEXT -> contexts.readContext(request);
      case SECOND_STAGE -> tables.enter(request);
      case TABLES -> tables.readEntry(request);
      case TRANSLATED -> takeEffect(request);
      case SCALABLE_CONTEXT,
          PASID_DIRECTORY,
          PASID_ENTRY,
          ADDRESS_SPACE,
          FIRST_STAGE,
          FIRST_STAGE_UPDATE,
          SCALABLE_SECOND_STAGE,
          SECOND_STAGE_UPDATE ->
          scalable.advance(request);
      case FREE, ANSWERED ->
          throw new IllegalStateException("slot " + request.slot() + " has nothing to do");
    };
  }

  @Clause("VTD-028")
  private @Nullable FaultReason begin(DmaRequest request) {
    if (!commands.translates()) {
      return request.addressType() == AddressType.UNTRANSLATED ? pass(request) : refuse(request);
    }
    long rootTable = commands.rootTable();
    FaultReason refusal = checks.request().refusal(request, rootTable, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    if (bypasses(request)) {
      return pass(request);
    }
    if (request.isTranslationRequest() && deviceTlbs.answersAsInterruptRange(request)) {
      request.finish(answers.ofInterruptRange(request));
      return null;
    }
    if (RootTableAddress.TTM.get(rootTable) == RootTableAddress.TTM_SCALABLE) {
      return scalable.begin(request, rootTable);
    }
    boolean ofDevice = request.addressType() != AddressType.UNTRANSLATED;
    IotlbEntry cached = ofDevice ? null : caches.translation(request);
    if (cached != null) {
      return use(request, cached);
    }
    ContextCacheEntry context = caches.context(request);
    if (context == null) {
      return contexts.readRoot(request, rootTable);
    }
    refusal = contexts.use(request, context);
    return refusal == null ? tables.enter(request) : refusal;
  }

  /**
   * A zero-length read of the interrupt range succeeds without a look at any table. Manual 3.15.
   */
  private static boolean bypasses(DmaRequest request) {
    return request.kind() == AccessKind.ZERO_LENGTH_READ
        && !request.hasPasid()
        && LegacyChecks.inInterruptRange(request.iova());
  }

  /** While translation is off, nothing of a device-TLB is served, and nothing recorded. */
  private @Nullable FaultReason refuse(DmaRequest request) {
    if (request.isTranslationRequest()) {
      request.finish(TranslationCompletion.without(TranslationCompletion.Status.UNSUPPORTED));
    } else {
      request.finish(effects.refuse(request, memory));
    }
    return null;
  }

  private @Nullable FaultReason pass(DmaRequest request) {
    request.pageShift = SecondStageEntry.shift(1);
    request.translatedTo(request.iova());
    events.passUntranslated(request);
    return null;
  }

  /** Uses a cached translation; its rights are enforced from the cache. */
  private @Nullable FaultReason use(DmaRequest request, IotlbEntry cached) {
    request.domainId = cached.domainId();
    request.faultsSilenced = cached.faultsSilenced();
    request.rights = cached.rights();
    request.pageShift = cached.shift();
    FaultReason refusal = checks.rights().refusal(request, 0, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    long output = geometry.output(cached.page(), cached.shift(), request.iova());
    // VTD-017: a large page may reach into the interrupt range beside where it was filled.
    refusal = checks.output().refusal(request, output, 0, unit);
    if (refusal != null) {
      return refusal;
    }
    request.translatedTo(output);
    events.hitIotlb(request);
    return null;
  }

  private @Nullable FaultReason takeEffect(DmaRequest request) {
    if (request.isTranslationRequest()) {
      request.finish(answers.of(request));
      inFlight.runIfDrained();
      return null;
    }
    request.finish(effects.perform(request, memory));
    events.accessPage(request);
    inFlight.runIfDrained();
    return null;
  }

  private void block(DmaRequest request, FaultReason reason) {
    request.refusal = reason;
    if (request.isTranslationRequest()) {
      request.finish(answers.refused(reason));
      if (answers.records(reason)) {
        faults.record(request, reason);
      }
    } else {
      request.finish(effects.refuse(request, memory));
      faults.record(request, reason);
    }
    events.blockDma(request, reason);
  }
}
