package org.iommuref.conformance.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.iommuref.conformance.doctor.Finding.Weight;
import org.iommuref.conformance.process.Adapters;
import org.iommuref.conformance.process.NeedsPython;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.target.Target;
import org.iommuref.model.ideal.IdealBackend;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.wire.RamOwner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the doctor says. */
@NeedsPython
class DoctorTest {

  private static final ProcessOptions PATIENT = Adapters.patient().withClock(clockOfSteps(1_000));
  private static final ProcessOptions HASTY = PATIENT.withDeadlines(Adapters.LONG, Adapters.SHORT);

  @Test
  void examples_haveNothingWrong() {
    for (String command : new String[] {Adapters.example(), Adapters.runnerRam()}) {
      Diagnosis diagnosis = Doctor.examine(command, PATIENT);
      assertThat(diagnosis.sentences(Weight.PROBLEM)).isEmpty();
      assertThat(diagnosis.sentences(Weight.NOTE)).isEmpty();
      assertThat(diagnosis.sentences(Weight.FINE)).hasSizeGreaterThanOrEqualTo(6);
      assertThat(diagnosis.exitCode()).isZero();
    }
  }

  @Test
  void adapterInJava_hasNothingWrong() {
    assertThat(Doctor.examine(Adapters.ideal(), PATIENT).sentences(Weight.PROBLEM)).isEmpty();
  }

  @Test
  void driver_hasNothingWrong() {
    Diagnosis diagnosis = Doctor.examine(Adapters.driver("vtd"), PATIENT);
    assertThat(diagnosis.sentences(Weight.PROBLEM)).isEmpty();
    assertThat(diagnosis.sentences(Weight.FINE))
        .contains("A page can be mapped, read by a device, and unmapped.");
  }

  @Test
  void adapterOfSeam3_hasNothingWrong() {
    Diagnosis diagnosis = Doctor.examine(Adapters.mock(), 3, PATIENT);
    assertThat(diagnosis.sentences(Weight.PROBLEM)).isEmpty();
    assertThat(diagnosis.sentences(Weight.FINE))
        .contains(
            "Two resets: each puts it into the state after power-on.",
            "After an err it goes on.",
            "An IOAS can be made, a page mapped and unmapped in it.");
  }

  @Test
  void units_haveNothingWrong() {
    for (String command :
        List.of(
            Adapters.unitExample(),
            Adapters.unit("vtd-full", RamOwner.TARGET),
            Adapters.unit("vtd", RamOwner.RUNNER))) {
      Diagnosis diagnosis = Doctor.examine(command, 1, PATIENT);
      assertThat(diagnosis.sentences(Weight.PROBLEM)).as(command).isEmpty();
      assertThat(diagnosis.sentences(Weight.NOTE)).as(command).isEmpty();
      assertThat(diagnosis.sentences(Weight.FINE))
          .contains(
              "After an err it goes on.",
              "Its registers and memory can be used, and a reset undoes what was done.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "keep-state|Of RTADDR after a reset it reads 0x1234567000, and 0x0 is due.",
        "riscv|There is no suite at seam 1 for 'riscv'.",
        "no-registers|It answers unit.reg.read with {\"id\":3,\"unsupported\":\"no registers"
            + " yet\"}",
        "die|No usable reply to unit.dma: ended with exit code 1",
        "wrong-value|No usable reply to unit.dma: does not fit its schema: $.ok: ",
        "unknown-event|No usable reply to unit.dma: ",
        "claims-more|It says unsupported to unit.page_request.send (no unit.page_request.send)",
        "own-ram|It says unsupported to unit.mem.read (no unit.mem.read), and without it nothing",
      })
  void problemOfAUnit_isSaidInOneSentence_andEndsWith1(String mode, String sentence) {
    Diagnosis diagnosis = Doctor.examine(Adapters.misbehavingUnit(mode), 1, PATIENT);
    assertThat(diagnosis.sentences(Weight.PROBLEM))
        .hasSize(1)
        .allMatch(said -> said.startsWith(sentence));
    assertThat(diagnosis.exitCode()).isEqualTo(1);
  }

  @Test
  void unitThatRefusesEverything_isNoted() {
    Diagnosis diagnosis = Doctor.examine(Adapters.misbehavingUnit("block-all"), 1, PATIENT);
    assertThat(diagnosis.sentences(Weight.NOTE))
        .containsExactly(
            "With translation off a device that reads memory is refused: the harness works, the"
                + " suite will say more.");
    assertThat(diagnosis.exitCode()).isZero();
  }

  @Test
  void adapterOfAnotherSeam_isAProblem() {
    Diagnosis diagnosis = Doctor.examine(Adapters.ideal(), 3, PATIENT);
    assertThat(diagnosis.exitCode()).isEqualTo(70);
    assertThat(diagnosis.sentences(Weight.PROBLEM))
        .containsExactly("It is of seam 2, and was asked for seam 3.");
  }

  @Test
  void targetInThisProcess_isAskedForTheSameOperations() {
    Target target =
        Target.of(
            "ideal",
            new IdealBackend(Topology.oneDevice(), SystemMemory.ofSize(0)).hwInfo(),
            environment -> new IdealBackend(environment.topology(), environment.memory()));
    Diagnosis diagnosis = Doctor.examine(target, 2);
    assertThat(diagnosis.sentences(Weight.FINE))
        .containsExactly("A page can be mapped, read by a device, and unmapped.");
    assertThat(diagnosis.exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "unsupported|It answers domain.alloc with {\"id\":3,\"unsupported\":\"nothing is\"}"
            + " instead",
        "noise|No usable reply to map: not a JSON object: debug: mapping a page.",
        "wrong-id|No usable reply to access: id 10 where the reply to id 9 is due",
        "wrong-value|No usable reply to access: does not fit its schema: $.ok: ",
        "keep-state|A reset leaves something behind: domain 1 cannot be allocated again (EEXIST).",
        "die-at-reset|It does not answer a second reset: it ended with exit code 4.",
        "rude|An operation that it does not know is too much for it: it ended with exit code 1",
        "reorder|It answers out of order: ids [12, 13, 14, 15, 16, 17, 18, 19] were sent, [19, 12,",
        "die|No usable reply to unmap: ended with exit code 1",
      })
  void problem_isSaidInOneSentence_andEndsWith1(String mode, String sentence) {
    Diagnosis diagnosis = Doctor.examine(Adapters.misbehaving(mode), PATIENT);
    assertThat(diagnosis.sentences(Weight.PROBLEM)).anyMatch(said -> said.startsWith(sentence));
    assertThat(diagnosis.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "unflushed-later|Its reply to domain.alloc came only when its stdin was closed: it does"
            + " not",
        "stop-after-err|After a reply with err it answers nothing more; later requests must still",
        "no-bye|It stays after bye, and has to be killed.",
        "deaf|It does not answer reset: it wrote nothing within 1000 ms.",
      })
  void silence_isExplained_andEndsWith1(String mode, String sentence) {
    Diagnosis diagnosis = Doctor.examine(Adapters.misbehaving(mode), HASTY);
    assertThat(diagnosis.sentences(Weight.PROBLEM)).anyMatch(said -> said.startsWith(sentence));
    assertThat(diagnosis.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "unflushed|Its hello came only when its stdin was closed: it does not flush stdout",
        "mute|It never says hello: it wrote nothing within 1000 ms and ended with its stdin.",
      })
  void silenceBeforeHello_isExplained_andEndsWith70(String mode, String sentence) {
    ProcessOptions options = HASTY.withDeadlines(Adapters.SHORT, Adapters.LONG);
    Diagnosis diagnosis = Doctor.examine(Adapters.misbehaving(mode), options);
    assertThat(diagnosis.sentences(Weight.PROBLEM)).anyMatch(said -> said.startsWith(sentence));
    assertThat(diagnosis.exitCode()).isEqualTo(70);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "ends|It ended with exit code 3; its stderr ends: no licence found, before it said hello.",
        "bad-hello|Its hello: \"unit\" has TRANSLATION_CASH, which is no capability;"
            + " is TRANSLATION_CACHE meant?",
        "bad-hello|Its hello: required property 'page_sizes' not found.",
        "old-protocol|Its hello: $.ok.protocol: ",
      })
  void noValidHello_isExplained_andEndsWith70(String mode, String sentence) {
    Diagnosis diagnosis = Doctor.examine(Adapters.misbehaving(mode), PATIENT);
    assertThat(diagnosis.sentences(Weight.PROBLEM)).anyMatch(said -> said.startsWith(sentence));
    assertThat(diagnosis.exitCode()).isEqualTo(70);
  }

  @Test
  void unitThatRefusesAll_isNoProblemOfTheHarness() {
    Diagnosis diagnosis = Doctor.examine(Adapters.misbehaving("block-all"), PATIENT);
    assertThat(diagnosis.sentences(Weight.NOTE)).anyMatch(said -> said.contains("the suite will"));
    assertThat(diagnosis.exitCode()).isZero();
  }

  @Test
  void programThatDoesNotExist_endsWith70() {
    Diagnosis diagnosis = Doctor.examine("no-such-program", PATIENT);
    assertThat(diagnosis.sentences(Weight.PROBLEM).get(0)).startsWith("It cannot be started: ");
    assertThat(diagnosis.exitCode()).isEqualTo(70);
  }

  @Test
  void childThatIsSlowByTheClock_isCalledSlow() {
    ProcessOptions slow = Adapters.patient().withClock(clockOfSteps(5_000_000));
    assertThat(Doctor.examine(Adapters.example(), slow).sentences(Weight.PROBLEM))
        .anyMatch(said -> said.startsWith("It is slow: a poll takes "));
  }

  @Test
  void childThatDiesOnlyAtAnUnmap_isFoundByTheOperations(@TempDir Path folder) {
    String command = Adapters.misbehaving("die-once", folder.resolve("died"));
    assertThat(Doctor.examine(command, PATIENT).exitCode()).isEqualTo(1);
    assertThat(Doctor.examine(command, PATIENT).exitCode()).isZero();
  }

  /** A clock that moves by so many nanoseconds whenever it is read. */
  private static LongSupplier clockOfSteps(long nanos) {
    AtomicLong now = new AtomicLong();
    return () -> now.addAndGet(nanos);
  }
}
