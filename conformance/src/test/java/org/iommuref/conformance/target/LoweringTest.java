package org.iommuref.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.iommuref.conformance.program.SystemCall;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.program.Answer;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.junit.jupiter.api.Test;

/** The system calls of a step, and the answer of the step from theirs. */
class LoweringTest {

  private static final String MAIN = ProgramCall.MAIN;
  private static final Expect ANY = Expect.SUCCESS;
  private static final String IOAS_ALLOC = "0c0000000000000000000000";

  private final Lowering lowering = new Lowering();

  private List<String> lines(ProgramCall call) {
    return lowering.of(call).calls().stream().map(SystemCall::line).toList();
  }

  private Answer make(ProgramCall call, String... answers) {
    return lowering.learn(call, lowering.of(call).meaning().apply(List.of(answers)));
  }

  private void open() {
    make(new ProgramCall.Open(MAIN, Node.IOMMU, "iommu", ANY), "3");
  }

  private static ProgramCall ioasAlloc(String process) {
    return new ProgramCall.Ioctl(
        process,
        "iommu",
        "IOMMU_IOAS_ALLOC",
        List.of(),
        null,
        null,
        null,
        List.of(new Argument("out_ioas_id", "a")),
        ANY);
  }

  @Test
  void ioctl_putsItsStructure_andReadsItBack() {
    open();
    assertThat(lines(ioasAlloc(MAIN)))
        .containsExactly("w 20000000 " + IOAS_ALLOC, "i 3 3b81 20000000", "d 20000000 c");
    Answer answer = make(ioasAlloc(MAIN), "0", "0", "0c0000000000000007000000");
    assertThat(answer.field("out_ioas_id")).isEqualTo("0x7");
    assertThat(lines(new ProgramCall.ForgetMemory(MAIN, 0x1000, 0x2000, ANY)))
        .containsExactly("u 1000 2000");
  }

  @Test
  void ioctl_thatFails_namesNothing_butHasItsFields() {
    open();
    Answer answer = make(ioasAlloc(MAIN), "0", "-12", IOAS_ALLOC);
    assertThat(answer.errno()).isEqualTo(Errno.ENOMEM);
    assertThat(answer.field("size")).isEqualTo("0xc");
    ProgramCall destroy =
        new ProgramCall.Ioctl(
            MAIN,
            "iommu",
            "IOMMU_DESTROY",
            List.of(Argument.named("id", "a")),
            null,
            null,
            null,
            List.of(),
            ANY);
    assertThatThrownBy(() -> lowering.of(destroy)).hasMessageContaining("nothing is called a");
  }

  @Test
  void structure_elsewhere_isNotReadBack() {
    open();
    ProgramCall call =
        new ProgramCall.Ioctl(
            MAIN, "iommu", "IOMMU_IOAS_ALLOC", List.of(), null, null, "0x5000", List.of(), ANY);
    assertThat(lines(call)).contains("i 3 3b81 5000").hasSize(2);
    assertThat(make(call, "0", "-14").fields()).isEmpty();
  }

  @Test
  void failure_isOfTheNextIoctl_andTheNextCountSaysWhetherItCame() {
    open();
    assertThat(lines(new ProgramCall.FailNth(MAIN, 5, ANY))).isEmpty();
    assertThat(lines(ioasAlloc(MAIN))).contains("I 3 3b81 20000000 5");
    make(ioasAlloc(MAIN), "0", "0 2", IOAS_ALLOC);
    assertThat(lines(ioasAlloc(MAIN))).contains("i 3 3b81 20000000");
    assertThat(make(new ProgramCall.FailNth(MAIN, 0, ANY)).result()).as("two to come").isEqualTo(2);
    assertThat(make(new ProgramCall.FailNth(MAIN, 0, ANY)).result()).as("told already").isZero();
  }

  @Test
  void failure_thatNoIoctlCameFor_isStillToCome() {
    make(new ProgramCall.FailNth(MAIN, 5, ANY));
    assertThat(make(new ProgramCall.FailNth(MAIN, 0, ANY)).result()).isEqualTo(5);
  }

  @Test
  void child_makesItsOwnCalls() {
    open();
    make(new ProgramCall.Fork(MAIN, "child", ANY), "2");
    assertThat(lines(ioasAlloc("child")))
        .containsExactly("@2 w 20000000 " + IOAS_ALLOC, "@2 i 3 3b81 20000000", "@2 d 20000000 c");
    assertThatThrownBy(() -> lowering.of(ioasAlloc("stranger")))
        .hasMessage("no process is called stranger");
  }

  @Test
  void read_showsWhatWasRead() {
    open();
    ProgramCall call = new ProgramCall.Read(MAIN, "iommu", 16, null, null, List.of(), ANY);
    assertThat(lines(call)).containsExactly("r 3 20010000 10", "d 20010000 10");
    assertThat(make(call, "2", "0102030405060708").bytes()).isEqualTo(new Bytes("0102"));
    assertThat(make(call, "-11", "0102030405060708").bytes()).isEqualTo(new Bytes(""));
  }

  @Test
  void read_ofAStructure_showsTheFieldsThatWereRead() {
    open();
    ProgramCall call =
        new ProgramCall.Read(MAIN, "iommu", 8, "iommufd_vevent_header", null, List.of(), ANY);
    Answer whole = make(call, "8", "0100000002000000");
    assertThat(whole.field("flags")).isEqualTo("0x1");
    assertThat(whole.field("sequence")).isEqualTo("0x2");
    Answer half = make(call, "4", "0100000002000000");
    assertThat(half.field("flags")).isEqualTo("0x1");
    assertThat(half.field("sequence")).as("not read").isNull();
  }

  @Test
  void region_isMappedWhereNothingIs_andForgottenThere() {
    open();
    ProgramCall map =
        new ProgramCall.MapDevice(MAIN, "iommu", "0x1000", 0x2000, true, true, 4, ANY);
    assertThat(lines(map)).containsExactly("M 60000000 2000 3 1000 x s", "d 60000000 4");
    ProgramCall forget = new ProgramCall.ForgetDevice(MAIN, "iommu", "0x1000", ANY);
    assertThat(make(map, "-22", "-").errno()).isEqualTo(Errno.EINVAL);
    assertThatThrownBy(() -> lowering.of(forget))
        .as("mapping it has failed")
        .hasMessageContaining("nothing of iommu is mapped");
    assertThat(make(map, "0", "11223344").bytes()).isEqualTo(new Bytes("11223344"));
    assertThat(lines(forget).get(0)).startsWith("u 6000").endsWith(" 2000");
    assertThatThrownBy(() -> lowering.of(forget))
        .hasMessageContaining("nothing of iommu is mapped");
  }

  @Test
  void region_mappedTwice_isForgottenTwice() {
    open();
    ProgramCall map =
        new ProgramCall.MapDevice(MAIN, "iommu", "0x1000", 0x1000, false, false, 4, ANY);
    ProgramCall forget = new ProgramCall.ForgetDevice(MAIN, "iommu", "0x1000", ANY);
    assertThat(lines(map).get(0)).as("private").isEqualTo("M 60000000 1000 3 1000 r p");
    make(map, "0", "11223344");
    make(map, "0", "11223344");
    assertThat(lines(forget)).as("the last").containsExactly("u 60004000 1000");
    assertThat(lines(forget)).as("the one before").containsExactly("u 60002000 1000");
  }

  @Test
  void accounts_areInPages() {
    Answer answer = make(new ProgramCall.Accounts(MAIN, ANY), "8 12");
    assertThat(answer.field("pinned")).isEqualTo("0x2");
    assertThat(answer.field("locked")).isEqualTo("0x3");
  }

  @Test
  void memory_thatCannotBeRead_isAFault() {
    ProgramCall get = new ProgramCall.GetMemory(MAIN, 0x7000_0000L, 4, ANY);
    assertThat(make(get, "-").errno()).isEqualTo(Errno.EFAULT);
  }
}
