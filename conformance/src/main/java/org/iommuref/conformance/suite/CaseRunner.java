package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.report.Words;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.model.oracle.Branch;
import org.iommuref.model.oracle.Judgement;
import org.iommuref.model.oracle.Landing;
import org.iommuref.model.oracle.Oracle;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Executes one case on one target and judges it step by step.
 *
 * <p>All operations of a case are known before the first is sent, so that they can be pipelined;
 * they are judged in order afterwards.
 */
final class CaseRunner {

  private final Target target;

  CaseRunner(Target target) {
    this.target = target;
  }

  /** What it executes cases on. */
  Target target() {
    return target;
  }

  /** One step with the operations that find out what it did. */
  private record Prepared(CaseStep step, List<Long> words, int first, int at, int readBack) {}

  CaseResult run(Case given, SessionConfig config) {
    if (given.layer() == Layer.IOMMUFD) {
      try (Session session = target.open(config)) {
        return new ProgramJudging(given, session).judge();
      }
    }
    if (given.layer() == Layer.UNIT) {
      return new UnitJudging(given, execute(given.operations(), config)).judge();
    }
    List<Operation<?>> operations = new ArrayList<>();
    List<Prepared> prepared = prepare(given, target.dataMemory(), operations);
    List<Reply<?>> replies = execute(operations, config);
    Oracle oracle =
        given.layer() == Layer.CORE
            ? Oracle.ofCore(target.hwInfo(), given.topology())
            : Oracle.ofBackend(target.hwInfo(), given.topology());
    return new Judging(given, oracle, replies).judge(prepared);
  }

  /** Executes a case as {@link #run} does, and judges nothing. Returns how many replies came. */
  int executeAlone(Case given, SessionConfig config) {
    List<Operation<?>> operations = new ArrayList<>();
    prepare(given, target.dataMemory(), operations);
    return execute(operations, config).size();
  }

  private List<Reply<?>> execute(List<Operation<?>> operations, SessionConfig config) {
    try (Session session = target.open(config)) {
      return session.executeAll(operations);
    }
  }

  private static List<Prepared> prepare(
      Case given, DataMemory memory, List<Operation<?>> operations) {
    Tags tags = new Tags(given, memory);
    List<Prepared> prepared = new ArrayList<>();
    for (CaseStep step : given.steps()) {
      int first = operations.size();
      List<Long> words = List.of();
      if (step.operation() instanceof Access access) {
        words = tags.candidates(access.access().iova().bytes());
        operations.addAll(Tags.plant(words));
      }
      int at = operations.size();
      operations.add(step.operation());
      if (step.operation() instanceof Access access) {
        operations.addAll(Tags.readBack(access.access(), words));
      }
      prepared.add(new Prepared(step, words, first, at, operations.size()));
    }
    return prepared;
  }

  /** The judging of one execution. */
  private static final class Judging {
    private final Case given;
    private final Oracle oracle;
    private final List<Reply<?>> replies;
    private final List<Judgement> judgements = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private CaseResult.@Nullable Refused inexact;

    Judging(Case given, Oracle oracle, List<Reply<?>> replies) {
      this.given = given;
      this.oracle = oracle;
      this.replies = replies;
    }

    CaseResult judge(List<Prepared> prepared) {
      for (int i = 0; i < prepared.size(); i++) {
        CaseResult end = judge(i, prepared.get(i));
        if (end != null) {
          return end;
        }
      }
      return inexact == null
          ? new CaseResult.Allowed(judgements, answers)
          : new CaseResult.Inexact(judgements, inexact);
    }

    private @Nullable CaseResult judge(int index, Prepared prepared) {
      CaseStep step = prepared.step();
      if (!wellFormed(step.operation())) {
        return new CaseResult.IllFormed(index);
      }
      CaseResult lost = lost(index, prepared);
      if (lost != null) {
        return lost;
      }
      Reply<?> reply = replies.get(prepared.at());
      Judgement judgement;
      String seen;
      if (step.operation() instanceof Access access) {
        Landing landing = landing(access, prepared, reply);
        seen = landing.toString();
        answers.add(seen);
        judgement = oracle.judge(access.access(), landing);
      } else {
        seen = Words.of(reply);
        answers.add(seen);
        judgement = oracle.judge(step.operation(), reply);
      }
      if (!judgement.allowed()) {
        ClauseId clause = step.shows() != null ? step.shows() : judgement.clause();
        return new CaseResult.Refused(
            index, clause, judgement.expected(), seen, judgement.why(), judgements, answers, false);
      }
      noteBeside(index, seen, judgement.beside());
      judgements.add(judgement);
      return disagreement(index, step, judgement);
    }

    /** Keeps the first detail that is not allowed; the case goes on. */
    private void noteBeside(int index, String seen, @Nullable Judgement beside) {
      if (beside != null && inexact == null) {
        inexact =
            new CaseResult.Refused(
                index,
                beside.clause(),
                beside.expected(),
                seen,
                beside.why(),
                List.copyOf(judgements),
                List.copyOf(answers),
                false);
      }
    }

    private boolean wellFormed(Operation<?> operation) {
      return operation instanceof Access access
          ? oracle.wellFormed(access.access())
          : oracle.wellFormed(operation);
    }

    /** The first of the step's operations that got no usable reply. */
    private @Nullable CaseResult lost(int index, Prepared prepared) {
      for (int i = prepared.first(); i < prepared.readBack(); i++) {
        Reply<?> reply = replies.get(i);
        if (reply instanceof Reply.Lost || reply instanceof Reply.Unsupported) {
          CaseStep step = prepared.step();
          ClauseId clause = step.shows() != null ? step.shows() : given.clause();
          String seen = Words.of(reply);
          answers.add(seen);
          return new CaseResult.Refused(
              index,
              clause,
              "a reply",
              seen,
              reply instanceof Reply.Lost
                  ? "the target gave no usable reply"
                  : "the target refuses a call that it claims",
              judgements,
              answers,
              reply instanceof Reply.Lost);
        }
      }
      return null;
    }

    private Landing landing(Access access, Prepared prepared, Reply<?> reply) {
      if (reply instanceof Reply.Ok<?> ok && ok.value() instanceof AccessOutcome outcome) {
        return Tags.landing(
            access.access(),
            outcome,
            prepared.words(),
            replies.subList(prepared.at() + 1, prepared.readBack()));
      }
      return new Landing.Unknown(Words.of(reply));
    }

    /** The author's word against the oracle's. */
    private @Nullable CaseResult disagreement(int index, CaseStep step, Judgement judgement) {
      Claim claim = step.claim();
      boolean agree =
          claim == null
              || claim == Claim.MAY_BE_STALE
              || (claim == Claim.SUCCEEDS && judgement.branch() == Branch.MUST_SUCCEED)
              || (claim == Claim.FAULTS && judgement.branch() == Branch.MUST_FAULT);
      return agree
          ? null
          : new CaseResult.Broken(
              given.name()
                  + " step "
                  + (index + 1)
                  + " ("
                  + Words.of(step.operation())
                  + "): the case says "
                  + claim
                  + ", the oracle says "
                  + judgement.expected());
    }
  }
}
