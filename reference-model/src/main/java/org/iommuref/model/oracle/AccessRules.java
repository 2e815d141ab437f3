package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.oracle.DeviceState.FailedReturn;
import org.iommuref.model.oracle.ExpectedFaults.Cause;
import org.iommuref.model.oracle.HeldWrites.Place;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.jspecify.annotations.Nullable;

/**
 * What an access may do: what some state that is live between its issue and its effect gives.
 * Design of live states: the current mapping, the former ones not yet synced, and not-present
 * wherever it is one of these.
 */
final class AccessRules {

  /**
   * The outcomes that live states give.
   *
   * @param now where the current mapping leads, or null
   * @param stale where former mappings lead that are not yet synced
   * @param mayBlock whether some live state refuses
   * @param cause why the current state refuses; meaningless if it does not
   * @param clause the clause at stake
   */
  record Allowed(
      @Nullable Place now, List<Place> stale, boolean mayBlock, Cause cause, ClauseId clause) {

    boolean mustBlock() {
      return now == null && stale.isEmpty();
    }

    String inWords() {
      List<String> words = new ArrayList<>();
      if (now != null) {
        words.add("0x" + Long.toHexString(now.address()));
      }
      stale.forEach(place -> words.add("0x" + Long.toHexString(place.address()) + " (stale)"));
      if (mayBlock) {
        words.add("fault");
      }
      return String.join(" or ", words);
    }
  }

  private final State state;

  AccessRules(State state) {
    this.state = state;
  }

  Allowed allowed(DeviceAccess access) {
    DeviceState device = state.device(access.rid(), access.pasid());
    FailedReturn failed = device.failedReturn;
    if (failed != null) {
      return behind(failed, access);
    }
    return device.domain == null
        ? blocked(Cause.BLOCKED, unattachedClause(access, device))
        : in(device.domain, access);
  }

  /** GRP-017: a device that could not be returned is blocked, or where it was if nothing blocks. */
  private Allowed behind(FailedReturn failed, DeviceAccess access) {
    if (!failed.mayStay()) {
      return blocked(Cause.UNDETERMINED, Clauses.GRP_017);
    }
    Allowed stayed = in(failed.from(), access);
    return new Allowed(stayed.now(), stayed.stale(), true, Cause.UNDETERMINED, stayed.clause());
  }

  private Allowed in(DomainState domain, DeviceAccess access) {
    if (domain.type == DomainType.BLOCKED) {
      return blocked(Cause.BLOCKED, Clauses.DOM_001);
    }
    if (domain.ended) {
      return blocked(Cause.ENDED, Clauses.PASID_018);
    }
    long iova = access.iova().bytes();
    if (domain.user != null) {
      return nested(access, domain.user).allowed();
    }
    if (domain.type == DomainType.IDENTITY) {
      Leaf whole = new Leaf(iova, 1, iova, Prot.READ_WRITE);
      return new Allowed(
          new Place(domain, whole, iova), List.of(), false, Cause.BLOCKED, Clauses.DOM_002);
    }
    if (beyondWidth(iova)) {
      return blocked(Cause.BEYOND_WIDTH, Clauses.MAP_016);
    }
    return paging(access, domain);
  }

  private NestedWalk nested(DeviceAccess access, UserTable user) {
    return new NestedWalk(state.guests, user, access.kind(), access.iova().bytes());
  }

  /** The mappings that the access may go through now. */
  List<Leaf> reached(DeviceAccess access) {
    DomainState domain = state.device(access.rid(), access.pasid()).domain;
    if (domain == null || domain.type != DomainType.PAGING) {
      return List.of();
    }
    if (domain.user != null) {
      return nested(access, domain.user).reached();
    }
    Leaf leaf = domain.at(access.iova().bytes());
    return leaf == null ? List.of() : List.of(leaf);
  }

  private Allowed paging(DeviceAccess access, DomainState domain) {
    long iova = access.iova().bytes();
    List<Place> stale = new ArrayList<>();
    boolean mayBlock = false;
    for (Leaf former : domain.formerAt(iova)) {
      if (may(former, access.kind())) {
        stale.add(new Place(domain, former, former.translate(iova)));
      }
      mayBlock = true;
    }
    Leaf leaf = domain.at(iova);
    if (leaf == null) {
      return new Allowed(null, stale, true, Cause.NOT_MAPPED, notMappedClause(access, domain));
    }
    if (!may(leaf, access.kind())) {
      ClauseId right = leaf.prot.read() ? Clauses.MAP_003 : Clauses.MAP_005;
      return new Allowed(null, stale, true, Cause.NO_RIGHT, right);
    }
    mayBlock |= !leaf.settled || mayRefuse(leaf, access.kind());
    ClauseId clause = successClause(access, leaf);
    Place now = new Place(domain, leaf, leaf.translate(iova));
    return new Allowed(now, stale, mayBlock, Cause.NOT_MAPPED, clause);
  }

  private static ClauseId successClause(DeviceAccess access, Leaf leaf) {
    if (access.pasid() != null) {
      return Clauses.PASID_001;
    }
    if (access.kind() == AccessKind.ZERO_LENGTH_READ && !leaf.prot.read()) {
      return Clauses.MAP_030;
    }
    return leaf.size > 4096 ? Clauses.MAP_009 : Clauses.MAP_001;
  }

  private static ClauseId notMappedClause(DeviceAccess access, DomainState domain) {
    if (domain.wasMapped(access.iova().bytes())) {
      return Clauses.INV_001;
    }
    return domain.hasMappings() ? Clauses.MAP_002 : Clauses.DOM_003;
  }

  private static ClauseId unattachedClause(DeviceAccess access, DeviceState device) {
    if (access.pasid() == null) {
      return Clauses.ATT_005;
    }
    return device.former.isEmpty() ? Clauses.PASID_003 : Clauses.PASID_004;
  }

  private static Allowed blocked(Cause cause, ClauseId clause) {
    return new Allowed(null, List.of(), true, cause, clause);
  }

  private boolean beyondWidth(long iova) {
    int bits = state.claims.addressBits();
    return bits < 64 && iova >>> bits != 0;
  }

  private boolean may(Leaf leaf, AccessKind kind) {
    if (kind == AccessKind.ZERO_LENGTH_READ) {
      return leaf.prot.read() || (leaf.prot.write() && !refusesZeroLengthReads());
    }
    return (!kind.needsRead() || leaf.prot.read()) && (!kind.needsWrite() || leaf.prot.write());
  }

  /** VTD-020: a unit that does not report ZLR needs the read right for a zero-length read too. */
  private boolean refusesZeroLengthReads() {
    return state.claims.has(Capability.VTD) && !state.claims.has(Capability.ZERO_LENGTH_READS);
  }

  /** Only where the target claims it, a zero-length read must pass with the write right alone. */
  private boolean mayRefuse(Leaf leaf, AccessKind kind) {
    return kind == AccessKind.ZERO_LENGTH_READ
        && !leaf.prot.read()
        && !state.claims.has(Capability.ZERO_LENGTH_READS);
  }

  /**
   * The rule that an access broke which landed at {@code address} (null: nowhere known) against
   * {@code allowed}.
   */
  ClauseId broken(DeviceAccess access, Allowed allowed, @Nullable Long address) {
    if (address == null) {
      return allowed.clause();
    }
    DeviceState device = state.device(access.rid(), access.pasid());
    long iova = access.iova().bytes();
    if (device.failedReturn != null && gives(device.failedReturn.from(), iova, address)) {
      return Clauses.GRP_017;
    }
    if (device.domain != null && device.domain.onceGave(iova, address)) {
      return Clauses.INV_001;
    }
    for (DomainState former : device.former) {
      if (former != device.domain && gives(former, iova, address)) {
        return access.pasid() == null ? Clauses.ATT_002 : allowed.clause();
      }
    }
    for (DomainState freed : state.freed.values()) {
      if (gives(freed, iova, address)) {
        return Clauses.DOM_007;
      }
    }
    for (DomainState other : state.domains.values()) {
      if (other != device.domain
          && other.type == DomainType.PAGING
          && gives(other, iova, address)) {
        return access.pasid() == null ? Clauses.DOM_006 : Clauses.PASID_002;
      }
    }
    return allowed.clause();
  }

  private static boolean gives(DomainState domain, long iova, long address) {
    if (domain.type == DomainType.IDENTITY) {
      return iova == address;
    }
    Leaf leaf = domain.at(iova);
    return (leaf != null && leaf.translate(iova) == address) || domain.onceGave(iova, address);
  }
}
