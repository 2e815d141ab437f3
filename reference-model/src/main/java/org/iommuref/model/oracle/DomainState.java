package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.iommuref.spec.backend.DomainType;
import org.jspecify.annotations.Nullable;

/** The live and the former mappings of one domain. */
final class DomainState {

  /** A mapping that was removed; live until its gather is synced. */
  record Former(Leaf leaf, int gather) {}

  final DomainType type;
  private final TreeMap<Long, Leaf> leaves = new TreeMap<>(Long::compareUnsigned);
  private final List<Former> unsynced = new ArrayList<>();
  private final List<Leaf> gone = new ArrayList<>();

  /** Whether others may be nested on it. */
  boolean nestParent;

  /** Whether it can record what devices write, and whether it does. */
  boolean canTrack;

  boolean tracks;

  /** Whether the accesses of its devices are coherent whatever they ask for. */
  boolean coherent;

  /** Whether its table has ended, though PASIDs are still set to it. */
  boolean ended;

  /** The user's table that makes it a nested domain, or null. */
  final @Nullable UserTable user;

  DomainState(DomainType type) {
    this.type = type;
    this.user = null;
  }

  /** A domain for a user's table. */
  DomainState(UserTable user) {
    this.type = DomainType.PAGING;
    this.user = user;
  }

  /** Whether it has mappings of its own. */
  boolean maps() {
    return type == DomainType.PAGING && user == null;
  }

  /** The mappings that lie in [first, last], in their order. */
  List<Leaf> in(long first, long last) {
    List<Leaf> found = new ArrayList<>();
    for (Leaf leaf = firstIn(first, last); leaf != null; ) {
      found.add(leaf);
      Map.Entry<Long, Leaf> next = leaves.higherEntry(leaf.iova);
      leaf =
          next != null && Long.compareUnsigned(next.getKey(), last) <= 0 ? next.getValue() : null;
    }
    return found;
  }

  /** A sync has ended what was cached as written already; null for that of every gather. */
  void cleaned(@Nullable Integer gather) {
    for (Leaf leaf : leaves.values()) {
      if (gather == null || gather.equals(leaf.cleaning)) {
        leaf.cleaning = null;
      }
    }
  }

  @Nullable Leaf at(long iova) {
    Map.Entry<Long, Leaf> entry = leaves.floorEntry(iova);
    return entry != null && entry.getValue().covers(iova) ? entry.getValue() : null;
  }

  /** The first mapping in [first, last], or null. */
  @Nullable Leaf firstIn(long first, long last) {
    Leaf before = at(first);
    if (before != null) {
      return before;
    }
    Map.Entry<Long, Leaf> next = leaves.ceilingEntry(first);
    return next != null && Long.compareUnsigned(next.getKey(), last) <= 0 ? next.getValue() : null;
  }

  void add(Leaf leaf) {
    leaves.put(leaf.iova, leaf);
  }

  void settle(long first, long last) {
    for (Leaf leaf : leaves.tailMap(first, true).values()) {
      if (Long.compareUnsigned(leaf.iova, last) > 0) {
        return;
      }
      leaf.settled = true;
    }
  }

  /** Moves a mapping to those that wait for the sync of {@code gather}. */
  void remove(Leaf leaf, int gather) {
    leaves.remove(leaf.iova);
    unsynced.add(new Former(leaf, gather));
  }

  /** Takes a mapping back that a failed call had made; nobody had been told of it. */
  void undo(Leaf leaf) {
    leaves.remove(leaf.iova);
    gone.add(leaf);
  }

  /** Releases the former mappings that the predicate names and returns them. INV-001. */
  List<Leaf> release(Predicate<Former> which) {
    List<Leaf> released = new ArrayList<>();
    unsynced.removeIf(
        former -> {
          if (!which.test(former)) {
            return false;
          }
          released.add(former.leaf());
          return true;
        });
    gone.addAll(released);
    return released;
  }

  /** Former mappings of {@code iova} that may still be used. */
  List<Leaf> formerAt(long iova) {
    if (unsynced.isEmpty()) {
      return List.of();
    }
    List<Leaf> found = new ArrayList<>();
    for (Former former : unsynced) {
      if (former.leaf().covers(iova)) {
        found.add(former.leaf());
      }
    }
    return found;
  }

  /** Whether {@code iova} was mapped once and the removal was synced. */
  boolean wasMapped(long iova) {
    return gone.stream().anyMatch(leaf -> leaf.covers(iova));
  }

  /** Whether some synced former mapping of {@code iova} gives {@code address}. */
  boolean onceGave(long iova, long address) {
    return gone.stream().anyMatch(leaf -> leaf.covers(iova) && leaf.translate(iova) == address);
  }

  boolean hasMappings() {
    return !leaves.isEmpty();
  }
}
