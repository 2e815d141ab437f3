package org.iommuref.conformance.doctor;

import java.io.IOException;
import java.util.List;
import org.iommuref.conformance.process.CommandLine;
import org.iommuref.conformance.process.NoHelloException;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.process.ProcessTarget;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.wire.Introduction;

/**
 * Examines the harness of an adapter, not the implementation behind it: hello, reset, bye, and a
 * handful of operations.
 */
public final class Doctor {

  /** Each costs a deadline or two, and the sentences begin to repeat. */
  private static final int MOST_SILENCES = 2;

  private final ProcessOptions options;
  private final Findings findings = new Findings();

  private Doctor(ProcessOptions options) {
    this.options = options;
  }

  /**
   * Examines the adapter behind a command.
   *
   * @param command split at spaces, quotes respected; no shell runs
   * @throws IllegalArgumentException if the command is empty or a quote is not closed
   */
  public static Diagnosis examine(String command, ProcessOptions options) {
    return new Doctor(options).examine(command);
  }

  /** Examines a target that is open to calls; a process target has said hello already. */
  public static Diagnosis examine(Target target) {
    Findings findings = new Findings();
    new OperationChecks(findings).examine(target);
    return new Diagnosis(true, findings.all());
  }

  private Diagnosis examine(String command) {
    List<String> words = CommandLine.split(command);
    try {
      return new Diagnosis(converse(words, command), findings.all());
    } catch (IOException e) {
      findings.problem("It cannot be started: " + e.getMessage() + ".");
      return new Diagnosis(false, findings.all());
    }
  }

  /** Asks everything there is to ask. Returns whether the child said hello. */
  private boolean converse(List<String> words, String command) throws IOException {
    HelloCheck hello = new HelloCheck(options, findings);
    Dialogue child = Dialogue.start(words, options, findings);
    try {
      Introduction said = hello.greet(child);
      if (said == null) {
        return false;
      }
      findings.fine("It says hello: " + said.name() + " " + said.version() + ".");
      int silences = 0;
      for (HarnessChecks.Check check : new HarnessChecks(options, findings).all()) {
        int before = findings.problems();
        check.ask(child, said);
        silences += child.fellSilent() ? 1 : 0;
        if (silences == MOST_SILENCES) {
          break;
        }
        if (findings.problems() > before || child.fellSilent()) {
          child.close(); // whatever state it is in, the next check begins afresh
          child = Dialogue.start(words, options, findings);
          hello.greet(child);
        }
      }
    } finally {
      child.close();
    }
    if (findings.problems() == 0) {
      operations(command);
    } else {
      findings.note("Mapping and access were not tried: the conversation comes first.");
    }
    return true;
  }

  private void operations(String command) {
    try (ProcessTarget target = ProcessTarget.start(command, options.validating())) {
      new OperationChecks(findings).examine(target);
    } catch (NoHelloException e) {
      findings.problem("Started again, it says no hello: " + e.getMessage() + ".");
    }
  }
}
