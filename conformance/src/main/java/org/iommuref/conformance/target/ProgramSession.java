package org.iommuref.conformance.target;

import java.io.IOException;
import java.util.List;
import org.iommuref.conformance.program.Machine;
import org.iommuref.conformance.program.MachineDiedException;
import org.iommuref.conformance.program.NoAnswerException;
import org.iommuref.conformance.program.Program;
import org.iommuref.conformance.program.SystemCall;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.program.Answer;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.step.HangException;
import org.jspecify.annotations.Nullable;

/**
 * A case of seam 3 on a machine: a program that is started at its first call, and makes the system
 * calls that its steps come to.
 */
public final class ProgramSession implements Session {

  private final Machine machine;
  private final Lowering lowering = new Lowering();
  private @Nullable Program program;

  /** A program that is started on a machine at its first call. */
  public ProgramSession(Machine machine) {
    this.machine = machine;
  }

  @Override
  @SuppressWarnings("unchecked") // every call of a program yields an Answer
  public <V> Reply<V> execute(Operation<V> operation) {
    if (!(operation instanceof ProgramCall call)) {
      return new Reply.Unsupported<>("no call of a program");
    }
    try {
      return (Reply<V>) make(call);
    } catch (NoAnswerException lost) {
      return (Reply<V>) lost.reply();
    } catch (HangException hang) {
      return new Reply.Lost<>(Loss.TIMEOUT, String.valueOf(hang.getMessage()));
    } catch (MachineDiedException | IOException dead) {
      return new Reply.Lost<>(Loss.CRASH, String.valueOf(dead.getMessage()));
    } catch (RuntimeException | AssertionError crash) {
      return new Reply.Lost<>(Loss.CRASH, crash.toString());
    }
  }

  private Reply<Answer> make(ProgramCall call) throws IOException {
    Lowering.Lowered lowered = lowering.of(call);
    List<String> answers = lowered.calls().isEmpty() ? List.of() : started().make(lowered.calls());
    for (String answer : answers) {
      if (answer.startsWith("killed") || answer.equals("gone")) {
        return new Reply.Lost<>(Loss.CRASH, "the process " + call.process() + " is " + answer);
      }
    }
    return Reply.ok(lowering.learn(call, lowered.meaning().apply(answers)));
  }

  private Program started() throws IOException {
    Program running = program;
    if (running == null) {
      running = machine.start();
      program = running;
      running.make(List.<SystemCall>of(Lowering.SCRATCH));
    }
    return running;
  }

  /** Every process ends, which a machine may not survive. */
  @Override
  public Reply<Done> end() {
    Program running = program;
    program = null;
    if (running == null) {
      return Reply.ok(Done.DONE);
    }
    try {
      running.close();
      return Reply.ok(Done.DONE);
    } catch (MachineDiedException | IOException dead) {
      return new Reply.Lost<>(Loss.CRASH, String.valueOf(dead.getMessage()));
    } catch (RuntimeException behind) {
      // an implementation that survives is judged by its answers, and there are no more
      return Reply.ok(Done.DONE);
    }
  }

  @Override
  public void close() {
    end();
  }
}
