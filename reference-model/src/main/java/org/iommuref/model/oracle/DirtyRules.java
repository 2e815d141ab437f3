package org.iommuref.model.oracle;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.iommuref.model.oracle.AccessRules.Allowed;
import org.iommuref.model.oracle.HeldWrites.Place;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.operation.DirtyRanges;
import org.iommuref.spec.operation.DirtyRanges.Range;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadDirty;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.SetDirtyTracking;
import org.jspecify.annotations.Nullable;

/**
 * What devices have written. DIRTY-035 to DIRTY-043.
 *
 * <p>Every write that has landed is told; nothing is told that no device has reached since it was
 * clean, but an entry is told as a whole. Between a query that cleans and the sync of its gather a
 * write may go by a translation that is cached as written already, and need not be told.
 */
final class DirtyRules implements Rule {

  private static final long PAGE = 4096;

  private final State state;

  DirtyRules(State state) {
    this.state = state;
  }

  /** A device has made an access, or has begun one; {@code landed} if it was seen to land there. */
  static void reached(DeviceAccess access, List<Leaf> through, Allowed allowed, boolean landed) {
    through.forEach(leaf -> leaf.reached = true);
    Place now = allowed.now();
    if (landed && now != null && access.kind().needsWrite() && now.domain().tracks) {
      Leaf leaf = now.leaf();
      if (leaf.cleaning == null && !mayGoByFormer(now, allowed.stale())) {
        leaf.written.add((leaf.iova + (now.address() - leaf.paddr)) & -PAGE);
      }
    }
  }

  /** What was mapped anew where it had been, without a sync: the mark may be that of before. */
  private static boolean mayGoByFormer(Place now, List<Place> stale) {
    return stale.stream()
        .anyMatch(place -> place.address() == now.address() && place.leaf() != now.leaf());
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(SetDirtyTracking.class, ReadDirty.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof SetDirtyTracking set) {
      return canTrack(state.domains.get(set.domain()));
    }
    ReadDirty read = (ReadDirty) operation;
    DomainState domain = state.domains.get(read.domain());
    if (!canTrack(domain)
        || read.size() <= 0
        || ((read.iova().bytes() | read.size()) % PAGE) != 0) {
      return false;
    }
    long first = read.iova().bytes();
    long last = first + read.size() - 1;
    return Objects.requireNonNull(domain).in(first, last).stream()
        .allMatch(leaf -> leaf.iova >= first && leaf.iova + leaf.size - 1 <= last);
  }

  private boolean canTrack(@Nullable DomainState domain) {
    return state.claims.has(Capability.DIRTY_TRACKING) && domain != null && domain.canTrack;
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof SetDirtyTracking set) {
      if (reply instanceof Reply.Ok) {
        Objects.requireNonNull(state.domains.get(set.domain())).tracks = set.enable();
      }
      return Replies.succeeds(reply, Clauses.DIRTY_038, "the domain was made to be tracked");
    }
    return read((ReadDirty) operation, reply);
  }

  private Judgement read(ReadDirty read, Reply<?> reply) {
    if (!(reply instanceof Reply.Ok<?> ok) || !(ok.value() instanceof DirtyRanges told)) {
      return Replies.succeeds(reply, Clauses.DIRTY_035, "the domain was made to be tracked");
    }
    long first = read.iova().bytes();
    List<Leaf> asked =
        Objects.requireNonNull(state.domains.get(read.domain())).in(first, first + read.size() - 1);
    Judgement judgement = judge(asked, told);
    if (read.clear()) {
      asked.forEach(leaf -> clean(leaf, read.gather()));
    }
    return judgement;
  }

  private static void clean(Leaf leaf, int gather) {
    leaf.written.clear();
    leaf.reached = false;
    leaf.cleaning = gather;
  }

  private static Judgement judge(List<Leaf> asked, DirtyRanges told) {
    StringBuilder expected = new StringBuilder();
    for (Leaf leaf : asked) {
      leaf.written.forEach(page -> expected.append(" 0x").append(Long.toHexString(page)));
    }
    String words = "a range with each of" + (expected.isEmpty() ? " none" : expected.toString());
    for (Leaf leaf : asked) {
      for (long page : leaf.written) {
        if (told.ranges().stream().noneMatch(range -> range.covers(page))) {
          return Judgement.refused(
              Clauses.DIRTY_035, Branch.MUST_SUCCEED, words, "a device has written it since");
        }
      }
    }
    for (Range range : told.ranges()) {
      for (long at = 0; at < range.length(); at += PAGE) {
        long page = range.iova().bytes() + at;
        if (asked.stream().noneMatch(leaf -> leaf.covers(page))) {
          return Judgement.refused(
              Clauses.DIRTY_041, Branch.MUST_FAULT, words, "nothing that was asked for is there");
        }
        if (asked.stream().noneMatch(leaf -> leaf.covers(page) && leaf.reached)) {
          return Judgement.refused(
              Clauses.DIRTY_036, Branch.MUST_FAULT, words, "no device has reached it since");
        }
      }
    }
    boolean some = !expected.isEmpty();
    return Judgement.allowed(
        some ? Clauses.DIRTY_035 : Clauses.DIRTY_036,
        some ? Branch.MUST_SUCCEED : Branch.MUST_FAULT,
        words,
        "each write that has landed, and what else devices have reached");
  }
}
