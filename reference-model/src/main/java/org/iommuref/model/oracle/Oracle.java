package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.model.oracle.AccessRules.Allowed;
import org.iommuref.model.oracle.HeldWrites.Place;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.Topology;

/**
 * Judges one run of operations, in their order, against all states that were live when each was
 * seen.
 *
 * <p>Accesses are judged by where they landed, all other operations by their reply. An operation
 * that the oracle calls not {@linkplain #wellFormed well-formed} breaks the caller's side of the
 * contract and says nothing about the target.
 */
public final class Oracle {

  private final State state;
  private final AccessRules accesses;
  private final Map<Class<?>, Rule> rules = new HashMap<>();

  private Oracle(HwInfo claims, Topology topology, boolean withCore) {
    this.state = new State(claims, topology);
    this.accesses = new AccessRules(state);
    Rule.register(rules, new DomainRules(state));
    Rule.register(rules, new AttachRules(state));
    Rule.register(rules, new PasidRules(state));
    Rule.register(rules, new MappingRules(state));
    Rule.register(rules, new SyncRules(state));
    Rule.register(rules, new MemoryRules(state, accesses));
    Rule.register(rules, new FaultRules(state));
    Rule.register(rules, new DirtyRules(state));
    Rule.register(rules, new NestedRules(state));
    Rule.register(rules, new KeepingRules(state, accesses));
    Rule.register(rules, new PageRequestRules(state));
    if (withCore) {
      CoreState core = new CoreState(state);
      Rule.register(rules, new CoreDomainRules(state));
      Rule.register(rules, new CoreGroupRules(state, core));
      Rule.register(rules, new CorePasidRules(state, core));
      Rule.register(rules, new CoreDeviceRules(state, core));
    }
  }

  /** An oracle for a backend to which no device has been attached. */
  public static Oracle ofBackend(HwInfo claims, Topology topology) {
    return new Oracle(claims, topology, false);
  }

  /** An oracle for an IOMMU core over a backend: every device is in its group's default domain. */
  public static Oracle ofCore(HwInfo claims, Topology topology) {
    return new Oracle(claims, topology, true);
  }

  /** Whether a caller that keeps the contract may make this call now. */
  public boolean wellFormed(Operation<?> operation) {
    Rule rule = rules.get(operation.getClass());
    return rule != null && rule.wellFormed(operation);
  }

  /** Whether a device of the topology may raise this access; state does not matter. */
  public boolean wellFormed(DeviceAccess access) {
    return state.knows(access.rid()) && !state.gone.contains(access.rid());
  }

  /** Judges a reply and moves the state on. */
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    Rule rule = rules.get(operation.getClass());
    if (rule == null) {
      throw new IllegalArgumentException("no rule for " + operation.op());
    }
    return rule.judge(operation, reply);
  }

  /** Judges an access by where it landed. */
  public Judgement judge(DeviceAccess access, Landing landing) {
    Allowed allowed = accesses.allowed(access);
    List<Leaf> through = accesses.reached(access);
    Judgement judgement = judge(access, landing, allowed);
    boolean landed = judgement.allowed() && landing instanceof Landing.At;
    DirtyRules.reached(access, through, allowed, landed && isNow(landing, allowed));
    return judgement;
  }

  private static boolean isNow(Landing landing, Allowed allowed) {
    Place now = allowed.now();
    return now != null && landing instanceof Landing.At at && at.address().bytes() == now.address();
  }

  private Judgement judge(DeviceAccess access, Landing landing, Allowed allowed) {
    if (landing instanceof Landing.Blocked) {
      return judgeBlocked(access, allowed);
    }
    if (landing instanceof Landing.Somewhere && !allowed.mustBlock()) {
      return Judgement.allowed(
          allowed.clause(), Branch.MUST_SUCCEED, allowed.inWords(), "current mapping");
    }
    if (landing instanceof Landing.At at) {
      long address = at.address().bytes();
      if (allowed.now() != null && allowed.now().address() == address) {
        boolean alone = allowed.stale().isEmpty() && !allowed.mayBlock();
        Branch branch = alone ? Branch.MUST_SUCCEED : Branch.MAY;
        return Judgement.allowed(allowed.clause(), branch, allowed.inWords(), "current mapping");
      }
      for (Place place : allowed.stale()) {
        if (place.address() == address) {
          return Judgement.allowed(
              Clauses.INV_003, Branch.STALE_USED, allowed.inWords(), "removed, not yet synced");
        }
      }
      return refused(accesses.broken(access, allowed, address), allowed);
    }
    return refused(accesses.broken(access, allowed, null), allowed);
  }

  private Judgement judgeBlocked(DeviceAccess access, Allowed allowed) {
    if (!allowed.mayBlock()) {
      return Judgement.refused(
          allowed.clause(),
          Branch.MUST_SUCCEED,
          allowed.inWords(),
          "every state live since the access was issued maps the address with the right asked for");
    }
    if (state.claims.has(Capability.FAULT_RECORDS)) {
      state.faults.add(access, allowed.cause(), state.recordedBits());
    }
    Branch branch = allowed.mustBlock() ? Branch.MUST_FAULT : Branch.MAY;
    return Judgement.allowed(allowed.clause(), branch, allowed.inWords(), "refused");
  }

  private static Judgement refused(ClauseId clause, Allowed allowed) {
    List<String> live = new ArrayList<>();
    if (allowed.now() != null) {
      live.add("the current mapping");
    }
    if (!allowed.stale().isEmpty()) {
      live.add("a removal that is not yet synced");
    }
    String why =
        live.isEmpty()
            ? "no state that is live gives a translation"
            : "only " + String.join(" and ", live) + " give a translation, and not this one";
    Branch branch = allowed.mustBlock() ? Branch.MUST_FAULT : Branch.MUST_SUCCEED;
    return Judgement.refused(clause, branch, allowed.inWords(), why);
  }
}
