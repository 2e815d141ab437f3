package org.iommuref.model.oracle;

import java.util.Objects;
import java.util.Set;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreAllocateDomain;
import org.iommuref.spec.operation.CoreFreeDomain;
import org.iommuref.spec.operation.CoreIovaToPhys;
import org.iommuref.spec.operation.CoreMap;
import org.iommuref.spec.operation.CoreUnmap;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;

/**
 * Domains, map and unmap of the core: page sizes are its choice, an unmap is synced when it
 * returns. MAP.
 */
final class CoreDomainRules implements Rule {

  private static final int SYNCED = -1;

  private final State state;

  CoreDomainRules(State state) {
    this.state = state;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(
        CoreAllocateDomain.class,
        CoreFreeDomain.class,
        CoreMap.class,
        CoreUnmap.class,
        CoreIovaToPhys.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof CoreAllocateDomain allocate) {
      return !state.domains.containsKey(allocate.domain())
          && (allocate.type() != DomainType.IDENTITY || state.claims.has(Capability.IDENTITY));
    }
    if (operation instanceof CoreFreeDomain free) {
      return state.domains.containsKey(free.domain());
    }
    if (operation instanceof CoreIovaToPhys lookUp) {
      return state.domains.containsKey(lookUp.domain());
    }
    if (operation instanceof CoreMap map) {
      return state.domains.containsKey(map.domain());
    }
    CoreUnmap unmap = (CoreUnmap) operation;
    return paging(unmap.domain()) && unmap.size() > 0;
  }

  private boolean paging(DomainId id) {
    DomainState domain = state.domains.get(id);
    return domain != null && domain.type == DomainType.PAGING;
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof CoreAllocateDomain allocate) {
      if (reply instanceof Reply.Ok) {
        state.domains.put(allocate.domain(), new DomainState(allocate.type()));
      }
      return Replies.succeeds(reply, Clauses.DOM_003, "a domain of a claimed type was asked for");
    }
    if (operation instanceof CoreFreeDomain free) {
      return DomainRules.free(state, free.domain(), reply);
    }
    if (operation instanceof CoreIovaToPhys lookUp) {
      return Lookup.judge(state, lookUp.domain(), lookUp.iova(), reply);
    }
    return operation instanceof CoreMap map ? map(map, reply) : unmap((CoreUnmap) operation, reply);
  }

  private Judgement map(CoreMap map, Reply<?> reply) {
    DomainState domain = Objects.requireNonNull(state.domains.get(map.domain()));
    if (domain.type != DomainType.PAGING) {
      return Replies.failsWith(
          reply, Set.of(Errno.EINVAL), Clauses.MAP_026, "the domain takes no mappings");
    }
    if (map.size() == 0) {
      return emptyMap(reply);
    }
    long first = map.iova().bytes();
    long smallest = state.claims.smallestPage();
    if (((first | map.paddr().bytes()) & (smallest - 1)) != 0) {
      return Replies.failsWith(
          reply,
          Set.of(Errno.EINVAL, Errno.ENXIO),
          Clauses.MAP_007,
          "not a multiple of the smallest page");
    }
    if ((map.size() & (smallest - 1)) != 0) {
      return Replies.failsWith(
          reply, Set.of(Errno.EINVAL), Clauses.MAP_028, "not a multiple of the smallest page");
    }
    if (map.prot() == Prot.NONE) {
      return Replies.failsWith(
          reply, Set.of(Errno.EINVAL), Clauses.MAP_015, "neither read nor write was asked for");
    }
    int bits = state.claims.addressBits();
    if (bits < 64 && (first >>> bits != 0 || (first + map.size() - 1) >>> bits != 0)) {
      return Replies.failsWith(
          reply,
          Set.of(Errno.ERANGE),
          Clauses.MAP_016,
          "the range ends above " + bits + " address bits");
    }
    if (domain.firstIn(first, first + map.size() - 1) != null) {
      return Replies.failsWith(
          reply,
          Set.of(Errno.EADDRINUSE, Errno.EEXIST),
          Clauses.MAP_013,
          "part of the range is mapped already, and nothing of the call stays");
    }
    addLeaves(domain, map);
    return Replies.succeeds(reply, Clauses.MAP_001, "nothing is mapped in the range");
  }

  private static Judgement emptyMap(Reply<?> reply) {
    boolean allowed =
        reply instanceof Reply.Ok || (reply instanceof Reply.Err<?> e && e.errno() == Errno.EINVAL);
    return new Judgement(
        allowed, Clauses.MAP_025, Branch.MAY, "success or EINVAL", "there is nothing to map");
  }

  private void addLeaves(DomainState domain, CoreMap map) {
    long done = 0;
    while (done < map.size()) {
      long iova = map.iova().bytes() + done;
      long paddr = map.paddr().bytes() + done;
      long size = largestPage(iova | paddr, map.size() - done);
      Leaf leaf = new Leaf(iova, size, paddr, map.prot());
      leaf.settled = true; // MAP-014: the core syncs before it returns
      domain.add(leaf);
      done += size;
    }
  }

  /** MAP-008: the largest page that the addresses are aligned to and the rest has room for. */
  private long largestPage(long addresses, long rest) {
    long best = state.claims.smallestPage();
    for (long sizes = state.claims.pageSizes(); sizes != 0; sizes &= sizes - 1) {
      long size = Long.lowestOneBit(sizes);
      if (size <= rest && (addresses & (size - 1)) == 0) {
        best = size;
      }
    }
    return best;
  }

  private Judgement unmap(CoreUnmap unmap, Reply<?> reply) {
    DomainState domain = Objects.requireNonNull(state.domains.get(unmap.domain()));
    long first = unmap.iova().bytes();
    if (((first | unmap.size()) & (state.claims.smallestPage() - 1)) != 0) {
      return Replies.yields(reply, 0L, Clauses.MAP_029, "not a multiple of the smallest page");
    }
    long removed = 0;
    while (removed < unmap.size()) {
      Leaf leaf = domain.at(first + removed);
      if (leaf == null || leaf.iova != first + removed) {
        break;
      }
      domain.remove(leaf, SYNCED);
      removed += leaf.size;
    }
    state.held.drain(domain, domain.release(former -> former.gather() == SYNCED));
    return Replies.yields(
        reply,
        removed,
        removed < unmap.size() ? Clauses.MAP_011 : Clauses.MAP_010,
        "whole pages up to the first hole");
  }
}
