package org.iommuref.hw.vtd.unit;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.jspecify.annotations.Nullable;

/**
 * When an interrupt is refused. Manual 5.1.4.1.
 *
 * @param request before its entry is read
 * @param entry on its entry
 */
public record InterruptChecks(List<InterruptCheck> request, List<InterruptCheck> entry) {

  private static final int XAPIC_DESTINATION = 0xff00;

  /** Copies the lists. */
  public InterruptChecks {
    request = List.copyOf(request);
    entry = List.copyOf(entry);
  }

  /** The conditions of the manual. */
  static InterruptChecks standard() {
    return new InterruptChecks(ofRequest(), ofEntry());
  }

  @Clause({"VTD-191", "VTD-192"})
  private static List<InterruptCheck> ofRequest() {
    return List.of(
        new InterruptCheck(
            "remapping required",
            "VTD-191",
            (r, e, unit) -> !r.isOn() && unit.has(ExtendedCapability.IRREQ),
            FaultReason.IR_2B),
        new InterruptCheck(
            "extended mode required",
            "VTD-191",
            (r, e, unit) -> r.isOn() && unit.has(ExtendedCapability.EIMER) && !r.isExtended(),
            FaultReason.IR_2A),
        new InterruptCheck(
            "compatibility format",
            "VTD-191",
            (r, e, unit) ->
                r.isOn() && !r.isRemappable() && (r.isExtended() || !r.passesCompatible()),
            FaultReason.IR_25),
        new InterruptCheck(
            "reserved data",
            "VTD-192",
            (r, e, unit) -> remaps(r) && r.hasSubhandle() && r.message().data() >>> 16 != 0,
            FaultReason.IR_20),
        new InterruptCheck(
            "index beyond the table",
            "VTD-192",
            (r, e, unit) -> remaps(r) && r.index() >= r.entries(),
            FaultReason.IR_21));
  }

  @Clause({"VTD-193", "VTD-194", "VTD-195"})
  private static List<InterruptCheck> ofEntry() {
    return List.of(
        new InterruptCheck(
            "P", "VTD-193", (r, e, unit) -> !InterruptEntry.P.isSet(e.low()), FaultReason.IR_22),
        new InterruptCheck("source", "VTD-195", (r, e, unit) -> !admits(r, e), FaultReason.IR_26),
        new InterruptCheck(
            "SVT", "VTD-194", (r, e, unit) -> InterruptEntry.SVT.get(e) == 3, FaultReason.IR_24),
        new InterruptCheck(
            "posted without PI",
            "VTD-194",
            (r, e, unit) -> isPosted(e) && !Capability.PI.isSet(unit.capability()),
            FaultReason.IR_24),
        new InterruptCheck(
            "reserved bits", "VTD-194", (r, e, unit) -> hasReserved(e), FaultReason.IR_24),
        new InterruptCheck(
            "destination of 8 bits",
            "VTD-194",
            (r, e, unit) ->
                !isPosted(e)
                    && !r.isExtended()
                    && (InterruptEntry.DST.get(e) & ~XAPIC_DESTINATION) != 0,
            FaultReason.IR_24),
        new InterruptCheck(
            "descriptor beyond the host",
            "VTD-194",
            (r, e, unit) -> isPosted(e) && (InterruptEntry.descriptor(e) & unit.beyondHost()) != 0,
            FaultReason.IR_24));
  }

  /** Why an interrupt is refused before its entry is read, or null. */
  @Nullable FaultReason refusal(InterruptRequest interrupt, VtdConfiguration unit) {
    return first(request, interrupt, new Atom(0, 0), unit);
  }

  /** Why an interrupt is refused for its entry, or null. */
  @Nullable FaultReason refusal(InterruptRequest interrupt, Atom read, VtdConfiguration unit) {
    return first(entry, interrupt, read, unit);
  }

  private static @Nullable FaultReason first(
      List<InterruptCheck> list, InterruptRequest request, Atom entry, VtdConfiguration unit) {
    for (InterruptCheck check : list) {
      if (check.test().refuses(request, entry, unit)) {
        return check.reason();
      }
    }
    return null;
  }

  /** The same with one condition replaced, or left out for null; entry conditions come last. */
  public InterruptChecks with(int index, @Nullable InterruptCheck other) {
    List<InterruptCheck> all = new ArrayList<>(request);
    all.addAll(entry);
    int split = request.size();
    if (other == null) {
      all.remove(index);
      split -= index < split ? 1 : 0;
    } else {
      all.set(index, other);
    }
    return new InterruptChecks(all.subList(0, split), all.subList(split, all.size()));
  }

  /** All conditions in order. */
  public List<InterruptCheck> all() {
    List<InterruptCheck> all = new ArrayList<>(request);
    all.addAll(entry);
    return all;
  }

  private static boolean remaps(InterruptRequest r) {
    return r.isOn() && r.isRemappable();
  }

  static boolean isPosted(Atom entry) {
    return InterruptEntry.IM.isSet(entry.low());
  }

  private static boolean hasReserved(Atom entry) {
    Layout layout = isPosted(entry) ? InterruptEntry.POSTED : InterruptEntry.REMAPPED;
    return (entry.low() & layout.reserved(0)) != 0 || (entry.high() & layout.reserved(1)) != 0;
  }

  /** Whether the requester may use the entry, as SVT, SQ and SID say. */
  private static boolean admits(InterruptRequest r, Atom entry) {
    int source = r.message().rid().value();
    int sid = (int) InterruptEntry.SID.get(entry);
    return switch ((int) InterruptEntry.SVT.get(entry)) {
      case InterruptEntry.SVT_SOURCE -> {
        int ignored =
            switch ((int) InterruptEntry.SQ.get(entry)) {
              case 1 -> 0b100;
              case 2 -> 0b110;
              case 3 -> 0b111;
              default -> 0;
            };
        yield (source & ~ignored) == (sid & ~ignored);
      }
      case InterruptEntry.SVT_BUSES -> source >>> 8 >= sid >>> 8 && source >>> 8 <= (sid & 0xff);
      default -> true;
    };
  }
}
