package org.iommuref.model.oracle;

import java.util.Objects;
import java.util.Set;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.UnmapPages;

/** Map and unmap of pages of one size. MAP. */
final class MappingRules implements Rule {

  private static final Set<Errno> OCCUPIED = Set.of(Errno.EADDRINUSE, Errno.EEXIST);

  /** No table format of the architectures here holds a wider output address. */
  static final int PHYSICAL_BITS = 52;

  private final State state;

  MappingRules(State state) {
    this.state = state;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(MapPages.class, UnmapPages.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof MapPages map) {
      DomainState domain = state.domains.get(map.domain());
      return domain != null
          && domain.maps()
          && sizeSupported(map.pageSize())
          && map.count() > 0
          && aligned(map.iova().bytes() | map.paddr().bytes(), map.pageSize())
          && (map.prot() != Prot.WRITE || state.claims.has(Capability.WRITE_ONLY_PAGES));
    }
    UnmapPages unmap = (UnmapPages) operation;
    DomainState domain = state.domains.get(unmap.domain());
    return domain != null
        && domain.maps()
        && sizeSupported(unmap.pageSize())
        && unmap.count() > 0
        && aligned(unmap.iova().bytes(), unmap.pageSize());
  }

  private boolean sizeSupported(long pageSize) {
    return Long.bitCount(pageSize) == 1 && (state.claims.pageSizes() & pageSize) != 0;
  }

  private static boolean aligned(long bits, long pageSize) {
    return (bits & (pageSize - 1)) == 0;
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    return operation instanceof MapPages map
        ? map(map, reply)
        : unmap((UnmapPages) operation, reply);
  }

  private Judgement map(MapPages map, Reply<?> reply) {
    if (map.prot() == Prot.NONE) {
      return Replies.failsWith(
          reply, Set.of(Errno.EINVAL), Clauses.MAP_015, "neither read nor write was asked for");
    }
    DomainState domain = Objects.requireNonNull(state.domains.get(map.domain()));
    long size = map.pageSize() * map.count();
    long first = map.iova().bytes();
    if (beyondWidth(first, size)) {
      return Replies.failsWith(
          reply,
          Set.of(Errno.ERANGE),
          Clauses.MAP_016,
          "the range ends above " + state.claims.addressBits() + " address bits");
    }
    if (map.paddr().bytes() >>> PHYSICAL_BITS != 0) {
      return Replies.failsWith(
          reply, Set.of(Errno.ERANGE), Clauses.MAP_024, "no format holds a wider address");
    }
    Leaf occupied = domain.firstIn(first, first + size - 1);
    if (occupied == null) {
      addLeaves(domain, map, size);
      return Replies.yields(reply, size, Clauses.MAP_001, "nothing is mapped in the range");
    }
    long before = Long.compareUnsigned(occupied.iova, first) <= 0 ? 0 : occupied.iova - first;
    before = before / map.pageSize() * map.pageSize();
    addLeaves(domain, map, before);
    return occupied(reply, before);
  }

  private static Judgement occupied(Reply<?> reply, long before) {
    boolean allowed =
        reply instanceof Reply.Err<?> err
            && OCCUPIED.contains(err.errno())
            && (err.partial() == null ? 0L : (Long) err.partial()) == before;
    String expected = "EADDRINUSE or EEXIST after " + Replies.inWords(before) + " bytes";
    return new Judgement(
        allowed,
        Clauses.MAP_006,
        Branch.MUST_FAULT,
        expected,
        "part of the range is mapped already");
  }

  private boolean beyondWidth(long first, long size) {
    int bits = state.claims.addressBits();
    return bits < 64 && (first >>> bits != 0 || (first + size - 1) >>> bits != 0);
  }

  private static void addLeaves(DomainState domain, MapPages map, long size) {
    for (long at = 0; at < size; at += map.pageSize()) {
      domain.add(
          new Leaf(map.iova().bytes() + at, map.pageSize(), map.paddr().bytes() + at, map.prot()));
    }
  }

  /**
   * Takes leaves out from the start on, whole ones only, up to the first hole. MAP-010 to MAP-012.
   */
  private Judgement unmap(UnmapPages unmap, Reply<?> reply) {
    DomainState domain = Objects.requireNonNull(state.domains.get(unmap.domain()));
    long first = unmap.iova().bytes();
    long size = unmap.pageSize() * unmap.count();
    long removed = 0;
    boolean insideLarger = false;
    while (removed < size) {
      Leaf leaf = domain.at(first + removed);
      insideLarger = leaf != null && leaf.iova != first + removed;
      if (leaf == null || insideLarger) {
        break;
      }
      domain.remove(leaf, unmap.gather());
      removed += leaf.size;
    }
    ClauseId clause = unmapClause(removed, size, insideLarger);
    return Replies.yields(reply, removed, clause, "whole pages up to the first hole");
  }

  private static ClauseId unmapClause(long removed, long size, boolean insideLarger) {
    if (insideLarger || removed > size) {
      return Clauses.MAP_012;
    }
    return removed < size ? Clauses.MAP_011 : Clauses.MAP_010;
  }
}
