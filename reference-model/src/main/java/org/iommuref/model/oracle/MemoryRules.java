package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.iommuref.model.oracle.AccessRules.Allowed;
import org.iommuref.model.oracle.HeldWrites.Place;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.operation.FinishAccess;
import org.iommuref.spec.operation.IssueAccess;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadMemory;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.WriteMemory;

/** Memory under writes that take effect late. INV-002. */
final class MemoryRules implements Rule {

  private final State state;
  private final AccessRules accesses;

  MemoryRules(State state, AccessRules accesses) {
    this.state = state;
    this.accesses = accesses;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(IssueAccess.class, FinishAccess.class, ReadMemory.class, WriteMemory.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof IssueAccess issue) {
      return state.claims.has(Capability.DRAIN)
          && state.knows(issue.access().rid())
          && issue.access().kind() == AccessKind.WRITE
          && !state.held.isIssued(issue.token());
    }
    return !(operation instanceof FinishAccess finish) || state.held.isIssued(finish.token());
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof IssueAccess issue) {
      Allowed allowed = accesses.allowed(issue.access());
      DirtyRules.reached(issue.access(), accesses.reached(issue.access()), allowed, false);
      List<Place> places = new ArrayList<>(allowed.stale());
      if (allowed.now() != null) {
        places.add(allowed.now());
      }
      state.held.issue(issue.token(), issue.access().value(), places);
      return Replies.succeeds(
          reply, Clauses.INV_002, "the target claims that accesses can be held");
    }
    if (operation instanceof FinishAccess finish) {
      state.held.finish(finish.token());
      return Replies.succeeds(reply, Clauses.INV_002, "the access was issued");
    }
    if (operation instanceof WriteMemory write) {
      state.held.written(write.address().bytes(), write.value());
      state.guests.write(write.address().bytes(), write.value());
      return Replies.succeeds(reply, Clauses.INV_002, "software owns the page");
    }
    return read((ReadMemory) operation, reply);
  }

  private Judgement read(ReadMemory read, Reply<?> reply) {
    Set<Long> possible = state.held.possible(read.address().bytes());
    boolean known = reply instanceof Reply.Ok<?> ok && possible.contains(ok.value());
    boolean allowed = reply instanceof Reply.Ok && (possible.isEmpty() || known);
    Branch branch = possible.size() == 1 ? Branch.MUST_FAULT : Branch.MAY;
    List<String> words = new ArrayList<>();
    possible.forEach(value -> words.add(Replies.inWords(value)));
    return new Judgement(
        allowed,
        Clauses.INV_002,
        branch,
        words.isEmpty() ? "any value" : String.join(" or ", words),
        "what software wrote last, and writes that no sync has drained since");
  }
}
