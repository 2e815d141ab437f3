package org.iommuref.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.iommuref.conformance.program.Machine;
import org.iommuref.conformance.program.MachineDiedException;
import org.iommuref.conformance.program.ModelMachine;
import org.iommuref.conformance.program.Program;
import org.iommuref.conformance.program.RestartedMachine;
import org.iommuref.conformance.program.SystemCall;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.model.iommufd.ModelKernel;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.clause.Catalogue;
import org.junit.jupiter.api.Test;

/** The suite of seam 3 on a machine that serves all of its cases. */
class IommufdTargetTest {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Machine MODEL = new ModelMachine(ModelKernel::ofMock);

  private int started;

  @Test
  void machine_isJudgedAsTheTargetBehindIt() {
    Report onMachine = run(new RestartedMachine(this::model), "OBJ-*");
    Report mock =
        new SuiteRunner(CATALOGUE, Progress.NONE)
            .run(IommufdTarget.of(ModelProvider.mock()), seam3("OBJ-*"), 1);
    assertThat(onMachine.verdicts()).isEqualTo(mock.verdicts());
    assertThat(onMachine.count(Verdict.PASS)).isPositive();
    assertThat(started).isEqualTo(1);
  }

  @Test
  void deadKernel_costsOneCase_andIsStartedAgain() {
    Report report = run(new RestartedMachine(() -> new DyingIn(model(), "i 3 3b87 ")), "IOAS-*");
    assertThat(report.failures())
        .isNotEmpty()
        .allSatisfy(
            failure -> {
              assertThat(failure.seen()).startsWith("crash: the kernel died");
              assertThat(failure.minimal())
                  .as("another attempt could cost another kernel")
                  .isFalse();
            });
    assertThat(report.count(Verdict.PASS)).isPositive();
    assertThat(started).isGreaterThan(report.failures().size());
    assertThat(report.harnessErrors()).isEmpty();
  }

  @Test
  void kernelThatDiesAtTheEndOfAProgram_failsItsCase() {
    Report report = run(new RestartedMachine(() -> new DyingIn(model(), ".")), "OPT-001");
    assertThat(report.failures())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.seen()).contains(", then crash: the kernel died");
              assertThat(failure.expected()).isEqualTo("an end of the program alone");
            });
  }

  @Test
  void machineThatDoesNotStart_losesTheCase() {
    Machine absent =
        new RestartedMachine(
            () -> {
              throw new IOException("no such kernel");
            });
    assertThat(run(absent, "OPT-001").failures())
        .singleElement()
        .satisfies(failure -> assertThat(failure.seen()).contains("no such kernel"));
  }

  private Machine model() {
    started++;
    return MODEL;
  }

  private static Report run(Machine machine, String clauses) {
    try (Target target =
        IommufdTarget.on(machine, "linux", "a machine", ModelProvider.mock().hwInfo())) {
      return new SuiteRunner(CATALOGUE, Progress.NONE).run(target, seam3(clauses), 1);
    }
  }

  private static Selection seam3(String clauses) {
    return Selection.all().of(List.of(clauses)).at(Layer.IOMMUFD.seam());
  }

  /** A kernel that dies in the first call whose line begins so; a point is the end of a program. */
  private record DyingIn(Machine model, String line) implements Machine {

    @Override
    public Program start() throws IOException {
      Program program = model.start();
      return new Program() {
        @Override
        public List<String> make(List<SystemCall> calls) throws IOException {
          if (calls.stream().anyMatch(call -> call.line().startsWith(line))) {
            throw new MachineDiedException(List.of(), "");
          }
          return program.make(calls);
        }

        @Override
        public void close() throws IOException {
          if (line.equals(".")) {
            throw new MachineDiedException(List.of(), "");
          }
          program.close();
        }
      };
    }

    @Override
    public void close() {}
  }
}
