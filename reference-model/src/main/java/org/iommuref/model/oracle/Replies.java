package org.iommuref.model.oracle;

import java.util.Objects;
import java.util.Set;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/** Judgements on replies that are a value or an errno. */
final class Replies {

  private Replies() {}

  /** The call must succeed. */
  static Judgement succeeds(Reply<?> reply, ClauseId clause, String why) {
    return reply instanceof Reply.Ok
        ? Judgement.allowed(clause, Branch.MUST_SUCCEED, "success", why)
        : Judgement.refused(clause, Branch.MUST_SUCCEED, "success", why);
  }

  /** The call must fail with one of these. */
  static Judgement failsWith(Reply<?> reply, Set<Errno> errnos, ClauseId clause, String why) {
    boolean allowed = reply instanceof Reply.Err<?> err && errnos.contains(err.errno());
    String expected = errnos.size() == 1 ? errnos.iterator().next().name() : errnos.toString();
    return new Judgement(allowed, clause, Branch.MUST_FAULT, expected, why);
  }

  /** The call must succeed and yield this. */
  static Judgement yields(Reply<?> reply, Object expected, ClauseId clause, String why) {
    boolean allowed = reply instanceof Reply.Ok<?> ok && Objects.equals(ok.value(), expected);
    return new Judgement(allowed, clause, Branch.MUST_SUCCEED, inWords(expected), why);
  }

  /** What a reply says, for a reader. */
  static String inWords(@Nullable Object value) {
    return value instanceof Long bytes ? "0x" + Long.toHexString(bytes) : String.valueOf(value);
  }
}
