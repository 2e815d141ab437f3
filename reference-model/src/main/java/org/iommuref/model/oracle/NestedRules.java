package org.iommuref.model.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Set;
import org.iommuref.model.oracle.UserTable.Release;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.operation.AllocateNested;
import org.iommuref.spec.operation.InvalidateNested;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/** Domains of users' tables, and what users invalidate. NEST. */
final class NestedRules implements Rule {

  /** IOMMU_HWPT_INVALIDATE_DATA_VTD_S1. */
  private static final int INVALIDATION = 0;

  private static final int LEAF = 1;
  private static final long PAGE = 4096;
  private static final long ALL = -1;

  private final State state;

  NestedRules(State state) {
    this.state = state;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(AllocateNested.class, InvalidateNested.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof AllocateNested allocate) {
      DomainState parent = state.domains.get(allocate.parent());
      return state.claims.has(Capability.NESTING)
          && state.claims.has(Capability.VTD_SCALABLE)
          && state.probed.contains(allocate.device())
          && parent != null
          && parent.maps()
          && !state.domains.containsKey(allocate.domain())
          && allocate.type() == UserTable.TYPE
          && allocate.data().toArray().length == UserTable.BYTES;
    }
    InvalidateNested invalidate = (InvalidateNested) operation;
    DomainState domain = state.domains.get(invalidate.domain());
    return domain != null
        && domain.user != null
        && invalidate.entries().stream()
            .allMatch(entry -> entry.toArray().length == UserTable.BYTES);
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    return operation instanceof AllocateNested allocate
        ? allocate(allocate, reply)
        : invalidate((InvalidateNested) operation, reply);
  }

  private Judgement allocate(AllocateNested allocate, Reply<?> reply) {
    DomainState parent = Objects.requireNonNull(state.domains.get(allocate.parent()));
    if (!parent.nestParent) {
      return Replies.failsWith(
          reply, Set.of(Errno.EINVAL), Clauses.NEST_009, "the domain was not made to nest on");
    }
    if (reply instanceof Reply.Ok) {
      UserTable user = UserTable.of(parent, allocate.data().toArray());
      state.domains.put(allocate.domain(), new DomainState(user));
    }
    return Replies.succeeds(reply, Clauses.NEST_001, "the domain was made to nest on");
  }

  private Judgement invalidate(InvalidateNested invalidate, Reply<?> reply) {
    UserTable user = Objects.requireNonNull(state.domains.get(invalidate.domain())).user;
    if (invalidate.type() != INVALIDATION) {
      return fails(reply, Errno.EINVAL, 0);
    }
    int handled = 0;
    for (Bytes bytes : invalidate.entries()) {
      ByteBuffer entry = ByteBuffer.wrap(bytes.toArray()).order(ByteOrder.LITTLE_ENDIAN);
      Errno failure = failure(entry);
      if (failure != null) {
        return fails(reply, failure, handled);
      }
      Objects.requireNonNull(user).release(release(entry));
      handled++;
    }
    return Replies.yields(reply, handled, Clauses.NEST_012, "every entry is well-formed");
  }

  private static Judgement fails(Reply<?> reply, Errno errno, int handled) {
    boolean allowed =
        reply instanceof Reply.Err<?> err
            && err.errno() == errno
            && Objects.equals(err.partial(), handled);
    return new Judgement(
        allowed,
        Clauses.NEST_012,
        Branch.MUST_FAULT,
        errno + " after " + handled + " entries",
        "an entry is malformed");
  }

  private static @Nullable Errno failure(ByteBuffer entry) {
    if ((entry.getInt(16) & ~LEAF) != 0 || entry.getInt(20) != 0) {
      return Errno.EOPNOTSUPP;
    }
    long first = entry.getLong(0);
    boolean all = entry.getLong(8) == ALL;
    return first % PAGE != 0 || (all && first != 0) ? Errno.EINVAL : null;
  }

  private Release release(ByteBuffer entry) {
    long first = entry.getLong(0);
    long pages = entry.getLong(8);
    long last = pages == ALL ? -1 : first + pages * PAGE - 1;
    return new Release(state.guests.tick(), first, last, (entry.getInt(16) & LEAF) != 0);
  }
}
