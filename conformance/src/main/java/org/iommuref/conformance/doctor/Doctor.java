package org.iommuref.conformance.doctor;

import java.io.IOException;
import java.util.List;
import org.iommuref.conformance.process.CommandLine;
import org.iommuref.conformance.process.NoHelloException;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.process.ProcessTarget;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.Introduction;

/**
 * Examines the harness of an adapter, not the implementation behind it: hello, reset, bye, and a
 * handful of operations.
 */
public final class Doctor {

  /** Each costs a deadline or two, and the sentences begin to repeat. */
  private static final int MOST_SILENCES = 2;

  private final ProcessOptions options;
  private final int seam;
  private final Findings findings = new Findings();

  private Doctor(ProcessOptions options, int seam) {
    this.options = options;
    this.seam = seam;
  }

  /** Examines the adapter of seam 2 behind a command. */
  public static Diagnosis examine(String command, ProcessOptions options) {
    return examine(command, Hello.BACKEND_SEAM, options);
  }

  /**
   * Examines the adapter behind a command.
   *
   * @param command split at spaces, quotes respected; no shell runs
   * @param seam that it stands at
   * @throws IllegalArgumentException if the command is empty or a quote is not closed
   */
  public static Diagnosis examine(String command, int seam, ProcessOptions options) {
    return new Doctor(options, seam).examine(command);
  }

  /** Examines a target that is open to calls; a process target has said hello already. */
  public static Diagnosis examine(Target target, int seam) {
    Findings findings = new Findings();
    operations(target, seam, findings);
    return new Diagnosis(true, findings.all());
  }

  private static void operations(Target target, int seam, Findings findings) {
    switch (seam) {
      case Hello.UNIT_SEAM -> new UnitChecks(findings).examine(target);
      case Hello.IOMMUFD_SEAM -> new ProgramChecks(findings).examine(target);
      default -> new OperationChecks(findings).examine(target);
    }
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
    HelloCheck hello = new HelloCheck(options, seam, findings);
    Dialogue child = Dialogue.start(words, options, Answers.at(seam), findings);
    try {
      Introduction said = hello.greet(child);
      if (said == null) {
        return false;
      }
      findings.fine("It says hello: " + said.name() + " " + said.version() + ".");
      int silences = 0;
      for (HarnessChecks.Check check : new HarnessChecks(options, samples(), findings).all()) {
        int before = findings.problems();
        check.ask(child, said);
        silences += child.fellSilent() ? 1 : 0;
        if (silences == MOST_SILENCES) {
          break;
        }
        if (findings.problems() > before || child.fellSilent()) {
          child.close(); // whatever state it is in, the next check begins afresh
          child = Dialogue.start(words, options, Answers.at(seam), findings);
          hello.greet(child);
        }
      }
    } finally {
      child.close();
    }
    if (findings.problems() == 0) {
      operations(command);
    } else {
      findings.note(untried());
    }
    return true;
  }

  private String untried() {
    return (seam == Hello.UNIT_SEAM ? "Registers and accesses" : "Mapping and access")
        + " were not tried: the conversation comes first.";
  }

  private SampleCalls samples() {
    return switch (seam) {
      case Hello.UNIT_SEAM -> new SampleCalls.OfUnit();
      case Hello.IOMMUFD_SEAM -> new SampleCalls.OfIommufd();
      default -> new SampleCalls.OfDriver();
    };
  }

  private void operations(String command) {
    try (ProcessTarget target = ProcessTarget.start(command, seam, options.validating())) {
      operations(target, seam, findings);
    } catch (NoHelloException e) {
      findings.problem("Started again, it says no hello: " + e.getMessage() + ".");
    }
  }
}
