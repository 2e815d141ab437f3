package org.iommuref.conformance.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.iommuref.conformance.program.Machine;
import org.iommuref.conformance.program.MachineDiedException;
import org.iommuref.conformance.program.ModelProgram;
import org.iommuref.conformance.program.Program;
import org.iommuref.conformance.program.RestartedMachine;
import org.iommuref.conformance.program.SystemCall;
import org.junit.jupiter.api.Test;

/** Random sequences, and what is made of a difference. */
class ComparisonTest {

  private static final Predicate<String> ON_IOAS =
      Set.of(
              "IOMMU_DESTROY",
              "IOMMU_IOAS_ALLOC",
              "IOMMU_IOAS_MAP",
              "IOMMU_IOAS_UNMAP",
              "IOMMU_TEST_OP_MOCK_DOMAIN",
              "IOMMU_TEST_OP_MD_CHECK_MAP")
          ::contains;

  private static final int EXECUTIONS = 2000;

  private final StringWriter said = new StringWriter();

  @Test
  void sequence_ofTheSameSeed_isTheSame() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(Generator.sequence(seed, ON_IOAS)).isEqualTo(Generator.sequence(seed, ON_IOAS));
    }
  }

  @Test
  void sequences_mostlyGetPastValidation() throws IOException {
    Comparison comparison = run(new ModelAgain(), 100);
    assertThat(comparison.succeeded() * 2).isGreaterThan(comparison.ioctls());
    assertThat(comparison.ioctls()).isBetween(100L * 20, 100L * 60);
  }

  @Test
  void sameImplementation_doesNotDiffer() throws IOException {
    assertThat(run(new ModelAgain(), 100).differing()).isZero();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void sequences_ofEverything_getPastValidation_andHoldEverything() {
    Set<String> names = new TreeSet<>();
    long ioctls = 0;
    long succeeded = 0;
    for (long seed = 0; seed < 300; seed++) {
      Generator.Sequence sequence = Generator.sequence(seed, name -> true);
      ioctls += sequence.ioctls();
      succeeded += sequence.succeeded();
      sequence.steps().forEach(step -> names.add(step.name()));
    }
    assertThat(succeeded * 2).isGreaterThan(ioctls);
    assertThat(names)
        .contains("fork", "exec", "exit", "rights", "limit", "region comes", "file is cut")
        .contains("VFIO_IOMMU_MAP_DMA", "VFIO_IOMMU_UNMAP_DMA", "VFIO_IOMMU_GET_INFO")
        .contains("IOMMU_IOAS_CHANGE_PROCESS", "IOMMU_HW_QUEUE_ALLOC", "IOMMU_HWPT_INVALIDATE")
        .contains("IOMMU_TEST_OP_DMABUF_REVOKE", "IOMMU_TEST_OP_ACCESS_PAGES");
  }

  @Test
  void otherErrno_isFound_andReducedToWhatItNeeds() throws IOException {
    Comparison comparison = run(new OtherErrno(), 40);
    assertThat(comparison.kinds())
        .containsOnlyKeys("IOMMU_IOAS_MAP: -17 on the model, -16 on Linux");
    List<String> steps =
        said.toString()
            .lines()
            .filter(line -> line.matches("  [A-Z]\\w+"))
            .map(String::strip)
            .toList();
    assertThat(steps.stream().filter("IOMMU_IOAS_MAP"::equals))
        .as("a range, and another over it, in %s", steps)
        .hasSize(2);
    assertThat(steps)
        .as("else the address spaces up to the one with the number that both maps name")
        .containsOnly("IOMMU_IOAS_ALLOC", "IOMMU_IOAS_MAP");
  }

  @Test
  void deadKernel_isADifference_andAnotherIsStarted() throws IOException {
    int[] started = {0};
    try (Comparison comparison =
        new Comparison(
            new RestartedMachine(
                () -> {
                  started[0]++;
                  return new Dead();
                }),
            ON_IOAS,
            EXECUTIONS,
            new PrintWriter(said))) {
      comparison.run(1, 2);
      assertThat(comparison.differing()).isEqualTo(2);
      assertThat(started[0]).isGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void reduction_thatHasToStop_saysThatItIsNotMinimal() throws IOException {
    run(new OtherErrno(), 40, 3);
    assertThat(said.toString()).contains(", not minimal:").doesNotContain("1-minimal");
  }

  private Comparison run(Machine machine, int sequences) throws IOException {
    return run(machine, sequences, EXECUTIONS);
  }

  private Comparison run(Machine machine, int sequences, int executions) throws IOException {
    try (Comparison comparison =
        new Comparison(machine, ON_IOAS, executions, new PrintWriter(said, true))) {
      comparison.run(1, sequences);
      return comparison;
    }
  }

  /** The model itself, a new one for each program. */
  private static class ModelAgain implements Machine {
    @Override
    public Program start() {
      return new ModelProgram();
    }

    @Override
    public void close() {}
  }

  /** A program that passes calls on, with something to say about the answers. */
  private abstract static class Changed implements Program {
    private final ModelProgram model = new ModelProgram();

    abstract String answer(String line);

    @Override
    public List<String> make(List<SystemCall> calls) {
      return model.make(calls).stream().map(this::answer).toList();
    }

    @Override
    public void close() {
      model.close();
    }
  }

  /** Says EBUSY for EEXIST. */
  private static final class OtherErrno extends ModelAgain {
    @Override
    public Program start() {
      return new Changed() {
        @Override
        String answer(String line) {
          return line.equals("-17") ? "-16" : line;
        }
      };
    }
  }

  /** Answers nothing. */
  private static final class Dead extends ModelAgain {
    @Override
    public Program start() {
      return new Changed() {
        @Override
        String answer(String line) {
          throw new MachineDiedException(List.of(), "");
        }
      };
    }
  }
}
