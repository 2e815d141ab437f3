package org.iommuref.hw.vtd.unit;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.iommuref.hw.cache.CacheSettings;
import org.iommuref.hw.cache.TranslationCache;
import org.iommuref.hw.event.DeliverInterrupt;
import org.iommuref.hw.event.ReadInterruptEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.InterruptMessage;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.UnitMessage.Msi;
import org.jspecify.annotations.Nullable;

/**
 * The interrupts of devices, one after the other: format, entry, message or posted-interrupt
 * descriptor. Manual 5.1.4 and 5.2.3.
 *
 * <p>Where to start: {@link #advance}; what becomes of a descriptor is in {@link InterruptPosting}.
 */
final class InterruptRemapper {

  private static final int CACHE_ENTRIES = 32;

  private final VtdConfiguration unit;
  private final InterruptChecks checks;
  private final InterruptRules rules;
  private final FaultRules recorded;
  private final Memory memory;
  private final Steps steps;
  private final Footprint footprint;
  private final RegisterFile registers;
  private final FaultRecorder faults;
  private final Consumer<UnitMessage> outbox;
  private final InterruptPosting posting;
  private final TranslationCache<InterruptCacheEntry> cache;
  private final boolean keepsAbsence;
  private final ArrayDeque<InterruptMessage> arrived = new ArrayDeque<>();
  private @Nullable Atom posted;
  private long table;

  InterruptRemapper(
      VtdParts parts,
      Memory memory,
      Steps steps,
      Footprint footprint,
      CachePolicy policy,
      RegisterFile registers,
      FaultRecorder faults,
      Consumer<UnitMessage> outbox) {
    this.unit = parts.configuration();
    this.checks = parts.scalable().interruptChecks();
    this.rules = parts.scalable().interrupts();
    this.recorded = parts.faults();
    this.memory = memory;
    this.steps = steps;
    this.footprint = footprint;
    this.registers = registers;
    this.faults = faults;
    this.outbox = outbox;
    this.posting = new InterruptPosting(rules, memory);
    this.keepsAbsence = parts.cacheRules().keepsAbsence(unit);
    this.cache =
        parts
            .caches()
            .apply(policy)
            .make(new CacheSettings("interrupt entry", CACHE_ENTRIES, false, steps, footprint));
    if (unit.has(ExtendedCapability.IR)) {
      registers.row(Register.IRTA, RegisterFile.Effect.NONE);
    }
  }

  /** A device sends an interrupt. */
  void take(InterruptMessage message) {
    footprint.write(this, 0);
    if (unit.has(ExtendedCapability.IR)) {
      arrived.add(message);
    } else {
      deliver(new Msi(message.address(), message.data()));
    }
  }

  /** Whether an interrupt is under way. */
  boolean isBusy() {
    footprint.read(this, 0);
    return !arrived.isEmpty();
  }

  /** The command to set the table pointer. VTD-199 */
  void setTable() {
    footprint.write(this, 0);
    table = registers.get(Register.IRTA);
    emptied();
  }

  /** The table changed or remapping was turned off. VTD-199 */
  void emptied() {
    if (rules.emptiesCache(unit)) {
      cache.invalidate(entry -> true);
    }
  }

  /** Drops cached entries. VTD-198 */
  void invalidate(boolean byIndex, int index, int mask) {
    cache.invalidate(entry -> rules.takes(byIndex, index, mask, (int) entry.tag()));
  }

  /** Moves the interrupt in hand by one access. */
  @Clause({"VTD-191", "VTD-192", "VTD-196"})
  void advance() {
    footprint.write(this, 0);
    long inForce = rules.table(table, registers.get(Register.IRTA));
    InterruptRequest request =
        new InterruptRequest(arrived.element(), inForce, registers.get(Register.GSTS));
    if (posted != null) {
      post(request, posted);
      return;
    }
    FaultReason refusal = checks.refusal(request, unit);
    if (refusal != null) {
      refuse(request, refusal, false);
    } else if (!request.isOn() || !request.isRemappable()) {
      arrived.remove();
      deliver(new Msi(request.message().address(), request.message().data()));
    } else {
      InterruptCacheEntry cached = cache.lookup(request.index(), 0);
      Atom entry = cached == null ? fetch(request) : cached.content();
      if (entry != null) {
        use(request, entry);
      }
    }
  }

  /** Reads the entry; null if it cannot be read, which refuses the interrupt. */
  @Clause("VTD-193")
  private @Nullable Atom fetch(InterruptRequest request) {
    long at =
        InterruptEntry.IRTA.address(request.table())
            + (long) request.index() * InterruptEntry.BYTES;
    if (!memory.contains(at)) {
      refuse(request, FaultReason.IR_23, false);
      return null;
    }
    Atom entry = rules.seen(memory.readAtom(at));
    steps.report(new ReadInterruptEntry(request.index()));
    if (keepsAbsence || checks.refusal(request, entry, unit) == null) {
      cache.fill(new InterruptCacheEntry(request.index(), entry));
    }
    return entry;
  }

  private void use(InterruptRequest request, Atom entry) {
    FaultReason refusal = checks.refusal(request, entry, unit);
    if (refusal != null) {
      refuse(request, refusal, InterruptEntry.FPD.isSet(entry.low()));
    } else if (InterruptChecks.isPosted(entry)) {
      posted = entry;
    } else {
      arrived.remove();
      deliver(rules.remapped(entry, request.isExtended()));
    }
  }

  /** Posts the interrupt in hand, and sends the notification behind it. */
  @Clause({"VTD-197", "VTD-209", "VTD-211"})
  private void post(InterruptRequest request, Atom entry) {
    posted = null;
    boolean extended = request.isExtended();
    FaultReason refusal = posting.refusal(entry, extended);
    if (refusal != null) {
      refuse(request, refusal, InterruptEntry.FPD.isSet(entry.low()));
      return;
    }
    arrived.remove();
    Msi notification = posting.notification(entry, extended);
    boolean notified = notification != null;
    rules.inOrder(
        () -> posting.post(entry, notified),
        () -> {
          if (notification != null) {
            deliver(notification);
          }
        });
  }

  private void deliver(Msi message) {
    outbox.accept(message);
    steps.report(new DeliverInterrupt(message.address(), message.data()));
  }

  private void refuse(InterruptRequest request, FaultReason reason, boolean silenced) {
    arrived.remove();
    if (!recorded.isSilenced(reason, silenced)) {
      faults.recordInterrupt(request.message().rid().value(), request.index(), reason);
    }
  }
}
