package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.iommuref.model.oracle.ExpectedFaults.Cause;
import org.iommuref.model.oracle.ExpectedFaults.Expected;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.TakeFaults;
import org.jspecify.annotations.Nullable;

/**
 * The fault records against the accesses that were refused. FREC.
 *
 * <p>Equal records may be merged into one; overflow may lose records but must say so. A record with
 * a wrong reason is a record all the same: that it is there, and of whom, is judged apart.
 */
final class FaultRules implements Rule {

  /**
   * What a record must tell of the refused access, and the clause that says so; the order is that
   * of blame.
   */
  private record Field(ClauseId clause, BiPredicate<Expected, FaultRecord> same, String name) {}

  private static final List<Field> FIELDS =
      List.of(
          new Field(Clauses.FREC_002, Expected::sameRequester, "requester"),
          new Field(Clauses.FREC_003, Expected::samePage, "page"),
          new Field(Clauses.FREC_004, Expected::sameKind, "kind"),
          new Field(Clauses.FREC_007, Expected::samePasid, "PASID"));

  /** What a device is refused for that software took off its domain need not be recorded. */
  private static final Set<Cause> OPTIONAL = Set.of(Cause.BLOCKED, Cause.UNDETERMINED);

  private final State state;
  private final FaultReasons reasons;
  private final Set<FaultRecord> given = new HashSet<>();

  FaultRules(State state) {
    this.state = state;
    this.reasons = FaultReasons.of(state.claims);
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(TakeFaults.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    return state.claims.has(Capability.FAULT_RECORDS);
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    Map<Boolean, List<Expected>> taken =
        state.faults.take().stream()
            .collect(Collectors.partitioningBy(one -> one.cause() == Cause.ENDED));
    List<Expected> silent = Objects.requireNonNull(taken.get(true));
    List<Expected> refused = Objects.requireNonNull(taken.get(false));
    if (!(reply instanceof Reply.Ok<?> ok) || !(ok.value() instanceof FaultLog log)) {
      return Replies.succeeds(reply, Clauses.FREC_001, "the target claims fault records");
    }
    List<FaultRecord> unexplained = new ArrayList<>();
    for (FaultRecord record : log.records()) {
      if (refused.stream().noneMatch(expected -> expected.recordedBy(record))) {
        unexplained.add(record);
      }
    }
    List<Expected> unrecorded =
        refused.stream().filter(expected -> !recorded(expected, log)).toList();
    Judgement judgement = judge(refused, silent, log, unexplained, unrecorded);
    given.addAll(log.records());
    return judgement;
  }

  /** FREC-011: a target that merges records tells of one of a requester's faults alone. */
  private boolean recorded(Expected expected, FaultLog log) {
    boolean merges = state.claims.has(Capability.FAULT_MERGING);
    return OPTIONAL.contains(expected.cause())
        || log.records().stream()
            .anyMatch(
                record ->
                    expected.recordedBy(record) || (merges && expected.sameRequester(record)));
  }

  private Judgement judge(
      List<Expected> refused,
      List<Expected> silent,
      FaultLog log,
      List<FaultRecord> unexplained,
      List<Expected> unrecorded) {
    String expected = refused.isEmpty() ? "no record" : "a record of each of " + inWords(refused);
    if (unexplained.stream()
        .anyMatch(record -> silent.stream().anyMatch(one -> one.recordedBy(record)))) {
      return Judgement.refused(
          Clauses.FREC_013,
          Branch.MUST_SUCCEED,
          expected,
          "the table of the domain has ended, and what that refuses is not recorded");
    }
    if (!unexplained.isEmpty()) {
      return Judgement.refused(
          blame(unexplained.get(0), refused, log),
          Branch.MUST_SUCCEED,
          expected,
          "a record fits no refused access");
    }
    if (log.overflow() && log.records().isEmpty()) {
      return Judgement.refused(
          given.isEmpty() ? Clauses.FREC_006 : Clauses.FREC_008,
          Branch.MUST_SUCCEED,
          expected,
          "a log that says overflow and holds nothing was not ready to record");
    }
    if (!unrecorded.isEmpty() && !log.overflow()) {
      boolean some = !log.records().isEmpty();
      return Judgement.refused(
          some ? Clauses.FREC_006 : Clauses.FREC_001,
          Branch.MUST_SUCCEED,
          expected,
          "refused accesses left no record and no overflow was told");
    }
    if (outOfOrder(refused, log)) {
      return Judgement.refused(
          Clauses.FREC_010, Branch.MUST_SUCCEED, expected, "the records are out of order");
    }
    if (refused.isEmpty()) {
      return Judgement.allowed(
          Clauses.FREC_005, Branch.MUST_FAULT, expected, "nothing need be recorded");
    }
    ClauseId clause = log.overflow() ? Clauses.FREC_006 : Clauses.FREC_001;
    return Judgement.allowed(clause, Branch.MUST_SUCCEED, expected, "each has its record")
        .with(wrongReason(refused, log));
  }

  /** The one field in which the record differs from a refused access without a record. */
  private ClauseId blame(FaultRecord record, List<Expected> refused, FaultLog log) {
    for (Expected candidate : refused) {
      List<Field> differing =
          FIELDS.stream().filter(field -> !field.same().test(candidate, record)).toList();
      boolean unrecorded = log.records().stream().noneMatch(candidate::recordedBy);
      if (unrecorded && differing.size() == 1) {
        return differing.get(0).clause();
      }
    }
    return given.contains(record) ? Clauses.FREC_009 : Clauses.FREC_005;
  }

  /** FREC-010: the records of different accesses come in the order of the accesses. */
  private static boolean outOfOrder(List<Expected> refused, FaultLog log) {
    int last = -1;
    for (FaultRecord record : log.records()) {
      int at = -1;
      for (int i = 0; i < refused.size(); i++) {
        boolean matches = refused.get(i).recordedBy(record);
        if (matches && (at < 0 || at <= last)) {
          at = i;
        }
      }
      if (at < last) {
        return true;
      }
      last = at;
    }
    return false;
  }

  /** A record whose reason fits none of the refused accesses that it may tell of. */
  private @Nullable Judgement wrongReason(List<Expected> refused, FaultLog log) {
    for (FaultRecord record : log.records()) {
      List<Expected> told = refused.stream().filter(one -> one.recordedBy(record)).toList();
      FaultReasons.Rule rule = told.isEmpty() ? null : reasons.rule(told.get(0));
      if (rule != null && told.stream().noneMatch(one -> fits(one, record))) {
        return Judgement.refused(
            rule.clause(),
            Branch.MUST_SUCCEED,
            "reason " + rule.inWords(),
            "the access was refused because of " + told.get(0).cause());
      }
    }
    return null;
  }

  private boolean fits(Expected access, FaultRecord record) {
    FaultReasons.Rule rule = reasons.rule(access);
    return rule == null || rule.codes().contains(record.reason());
  }

  private static String inWords(List<Expected> refused) {
    List<String> words = new ArrayList<>();
    for (Expected one : refused) {
      words.add(one.access().kind() + " " + one.access().iova() + " by " + one.access().rid());
    }
    return String.join(", ", words);
  }
}
