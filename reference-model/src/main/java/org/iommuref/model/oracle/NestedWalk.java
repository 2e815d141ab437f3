package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.oracle.AccessRules.Allowed;
import org.iommuref.model.oracle.ExpectedFaults.Cause;
import org.iommuref.model.oracle.GuestMemory.Version;
import org.iommuref.model.oracle.HeldWrites.Place;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.ClauseId;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's table and the domain beneath it may lead an access: by every choice of what is
 * live of each entry and of each mapping beneath. NEST-001 to NEST-008.
 *
 * <p>Entries are those of VT-d's first stage, without rights for supervisors.
 */
final class NestedWalk {

  private static final long PRESENT = 1;
  private static final long WRITABLE = 2;
  private static final long USER = 4;
  private static final long LARGE = 0x80;
  private static final long FRAME = 0x000f_ffff_ffff_f000L;
  private static final int INDEX = 0x1ff;

  private final GuestMemory memory;
  private final UserTable table;
  private final AccessKind kind;
  private final long address;
  private final List<Place> stale = new ArrayList<>();
  private final List<Leaf> reached = new ArrayList<>();
  private boolean mayBlock;
  private @Nullable Place now;
  private ClauseId refusal = Clauses.NEST_003;

  NestedWalk(GuestMemory memory, UserTable table, AccessKind kind, long address) {
    this.memory = memory;
    this.table = table;
    this.kind = kind;
    this.address = address;
    walk(table.levels(), table.root(), true, true);
  }

  Allowed allowed() {
    ClauseId clause = now == null ? refusal : Clauses.NEST_001;
    return new Allowed(now, List.copyOf(stale), mayBlock, Cause.NESTED, clause);
  }

  /** The mappings beneath that it can have gone through. */
  List<Leaf> reached() {
    return reached;
  }

  private void walk(int level, long frame, boolean writable, boolean current) {
    long entry = frame + 8 * (address >>> shift(level) & INDEX);
    for (Beneath beneath : beneath(entry)) {
      if (!beneath.leaf().prot.read()) {
        refuse(current && beneath.current(), Clauses.NEST_002);
        continue;
      }
      for (Version version : memory.versions(beneath.leaf().translate(entry))) {
        boolean cached = !version.isCurrent() && (version.value() & PRESENT) == 0;
        if (!cached && table.isLive(version, address, level)) {
          boolean still = current && beneath.current() && version.isCurrent();
          read(level, version.value(), writable, still);
        }
      }
    }
    if (table.parent().at(entry) == null) {
      refuse(current, Clauses.NEST_003);
    }
  }

  private void read(int level, long entry, boolean writable, boolean current) {
    if ((entry & PRESENT) == 0) {
      refuse(current, Clauses.NEST_003);
    } else if ((entry & USER) == 0) {
      refuse(current, Clauses.NEST_002);
    } else if (level == 1 || (entry & LARGE) != 0) {
      long mask = (1L << shift(level)) - 1;
      land((entry & FRAME & ~mask) | (address & mask), writable && isWritable(entry), current);
    } else {
      walk(level - 1, entry & FRAME, writable && isWritable(entry), current);
    }
  }

  private void land(long guest, boolean writable, boolean current) {
    for (Beneath beneath : beneath(guest)) {
      Leaf leaf = beneath.leaf();
      boolean may =
          (!kind.needsWrite() || (writable && leaf.prot.write()))
              && (!kind.needsRead() || leaf.prot.read());
      boolean still = current && beneath.current();
      Place place = new Place(table.parent(), leaf, leaf.translate(guest));
      if (!may) {
        refuse(still, Clauses.NEST_002);
      } else if (still) {
        now = place;
        mayBlock |= !leaf.settled;
      } else {
        stale.add(place);
      }
    }
    if (table.parent().at(guest) == null) {
      refuse(current, Clauses.NEST_003);
    }
  }

  private void refuse(boolean current, ClauseId clause) {
    mayBlock = true;
    if (current) {
      refusal = clause;
    }
  }

  /** A mapping beneath, and whether it is the current one. */
  private record Beneath(Leaf leaf, boolean current) {}

  private List<Beneath> beneath(long guest) {
    List<Beneath> live = new ArrayList<>();
    Leaf mapped = table.parent().at(guest);
    if (mapped != null) {
      live.add(new Beneath(mapped, true));
      reached.add(mapped);
    }
    table.parent().formerAt(guest).forEach(former -> live.add(new Beneath(former, false)));
    return live;
  }

  private static boolean isWritable(long entry) {
    return (entry & WRITABLE) != 0;
  }

  private static int shift(int level) {
    return 12 + 9 * (level - 1);
  }
}
