package org.iommuref.conformance.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.iommuref.conformance.program.SystemCall.Account;
import org.iommuref.conformance.program.SystemCall.Become;
import org.iommuref.conformance.program.SystemCall.By;
import org.iommuref.conformance.program.SystemCall.Close;
import org.iommuref.conformance.program.SystemCall.Dup;
import org.iommuref.conformance.program.SystemCall.Exec;
import org.iommuref.conformance.program.SystemCall.Exit;
import org.iommuref.conformance.program.SystemCall.FailingIoctl;
import org.iommuref.conformance.program.SystemCall.Fork;
import org.iommuref.conformance.program.SystemCall.Get;
import org.iommuref.conformance.program.SystemCall.Ioctl;
import org.iommuref.conformance.program.SystemCall.IoctlFailingEverywhere;
import org.iommuref.conformance.program.SystemCall.LimitDescriptors;
import org.iommuref.conformance.program.SystemCall.MapFile;
import org.iommuref.conformance.program.SystemCall.MapMemory;
import org.iommuref.conformance.program.SystemCall.MemoryFile;
import org.iommuref.conformance.program.SystemCall.Open;
import org.iommuref.conformance.program.SystemCall.Poll;
import org.iommuref.conformance.program.SystemCall.Protect;
import org.iommuref.conformance.program.SystemCall.Put;
import org.iommuref.conformance.program.SystemCall.Truncate;
import org.iommuref.conformance.program.SystemCall.Unmap;
import org.iommuref.spec.iommufd.Caller.Right;
import org.junit.jupiter.api.Test;

/** Programs on the model. */
class ModelProgramTest {

  private static final long ADDRESS = 0x2000_0000L;
  private static final long REGION = 0x2100_0000L;
  private static final int PAGE = 4096;
  private static final int DESTROY = 0x3b80;
  private static final int IOAS_ALLOC = 0x3b81;
  private static final int IOAS_MAP = 0x3b85;
  private static final int HWPT_ALLOC = 0x3b89;
  private static final int FAULT_QUEUE_ALLOC = 0x3b8e;
  private static final int VIOMMU_ALLOC = 0x3b90;
  private static final int TEST_CMD = 0x3ba0;

  private final ModelProgram program = new ModelProgram();

  @Test
  void calls_oneByOne_answerAsTheyDoTogether() {
    List<SystemCall> calls =
        List.of(
            new MapMemory(ADDRESS, 4096, true),
            new Open(),
            new Put(ADDRESS, StructureBytes.sized(12).hex()),
            new Ioctl(3, IOAS_ALLOC, ADDRESS),
            new Get(ADDRESS, 12),
            new Close(3),
            new Close(3));
    List<String> together = new ModelProgram().make(calls);
    assertThat(together).containsExactly("0", "3", "0", "0", "0c0000000000000001000000", "0", "-9");
    assertThat(calls.stream().map(program::make).toList()).isEqualTo(together);
  }

  @Test
  void child_hasACopyOfTheMemory_andTheSameFiles() {
    program.make(List.of(new MapMemory(ADDRESS, 4096, true), new Open(), new Put(ADDRESS, "01")));
    assertThat(program.make(new Fork())).isEqualTo("1");
    program.make(new Put(ADDRESS, "02"));
    assertThat(program.make(new By(1, new Get(ADDRESS, 1)))).isEqualTo("01");
    assertThat(program.make(new Close(3))).isEqualTo("0");
    program.make(new By(1, new Put(ADDRESS, StructureBytes.sized(12).hex())));
    assertThat(program.make(new By(1, new Ioctl(3, IOAS_ALLOC, ADDRESS)))).isEqualTo("0");
  }

  @Test
  void processThatHasEnded_isGone_andTheOthersAreNot() {
    program.make(new Fork());
    assertThat(program.make(new Exit())).isEqualTo("0");
    assertThat(program.make(new Open())).isEqualTo("gone");
    assertThat(program.make(new By(1, new Open()))).isEqualTo("3");
    assertThat(program.make(new By(2, new Open()))).isEqualTo("gone");
  }

  @Test
  void memoryOfAFile_isCutWithTheFile_copiesIncluded() {
    program.make(new MemoryFile(2 * PAGE, false));
    program.make(new MapFile(ADDRESS, 2 * PAGE, 3, 0, true, false));
    program.make(new Put(ADDRESS + PAGE, "55"));
    assertThat(program.make(new Get(ADDRESS + PAGE, 1))).isEqualTo("55");
    program.make(new Truncate(3, PAGE));
    assertThat(program.make(new Get(ADDRESS + PAGE, 1))).isEqualTo("-");
    program.make(new Truncate(3, 2 * PAGE));
    assertThat(program.make(new Get(ADDRESS + PAGE, 1))).isEqualTo("00");
  }

  @Test
  void memory_isMappedOnce_andProtected() {
    assertThat(program.make(new MapMemory(ADDRESS, 2 * PAGE, true))).isEqualTo("0");
    assertThat(program.make(new MapMemory(ADDRESS + PAGE, PAGE, true))).isEqualTo("-17");
    assertThat(program.make(new Protect(ADDRESS + PAGE, PAGE, false))).isEqualTo("0");
    assertThat(program.make(new Put(ADDRESS + PAGE - 1, "1122"))).isEqualTo("-14");
    assertThat(program.make(new Get(ADDRESS + PAGE - 1, 2))).isEqualTo("1100");
    assertThat(program.make(new Protect(ADDRESS, 3 * PAGE, true))).isEqualTo("-12");
  }

  @Test
  void exec_takesTheMemory_andKeepsWhatWasOpened() {
    program.make(List.of(new Open(), new MapMemory(ADDRESS, PAGE, true)));
    program.make(List.of(new Put(ADDRESS, StructureBytes.sized(16).hex())));
    assertThat(program.make(new Ioctl(3, FAULT_QUEUE_ALLOC, ADDRESS))).isEqualTo("0");
    assertThat(program.make(new Dup(4))).isEqualTo("5");
    program.make(new Exec());
    assertThat(program.make(new Get(ADDRESS, 1))).isEqualTo("-");
    assertThat(program.make(List.of(new Poll(3), new Poll(4), new Poll(5))))
        .as("POLLNVAL for the one that is closed")
        .containsExactly("5", "32", "4");
  }

  @Test
  void rights_areLostForGood_whenAnotherUserExecutes() {
    assertThat(program.make(new Become(1000, Set.of()))).isEqualTo("0");
    assertThat(program.make(new Become(0, Set.of(Right.IPC_LOCK)))).isEqualTo("0");
    program.make(List.of(new Become(1000, Set.of()), new Exec()));
    assertThat(program.make(new Become(0, Set.of(Right.IPC_LOCK)))).isEqualTo("-1");
  }

  @Test
  void descriptors_areLimited() {
    program.make(new LimitDescriptors(4));
    assertThat(program.make(List.of(new Open(OpenedNode.VFIO), new Open(), new Dup(3))))
        .containsExactly("3", "-24", "-24");
  }

  @Test
  void pinnedMemory_isCountedAtItsOwner() {
    mapForDevices();
    assertThat(program.make(new Account())).isEqualTo("4 0");
    program.make(new Fork());
    assertThat(program.make(new By(1, new Account()))).isEqualTo("0 0");
  }

  @Test
  void ioctl_inWhichEachAllocationFails_succeedsInTheEnd() {
    program.make(List.of(new Open(), new MapMemory(ADDRESS, PAGE, true)));
    program.make(new Put(ADDRESS, StructureBytes.sized(12).hex()));
    assertThat(program.make(new FailingIoctl(3, IOAS_ALLOC, ADDRESS, 1))).isEqualTo("-12 0");
    assertThat(program.make(new IoctlFailingEverywhere(3, IOAS_ALLOC, ADDRESS))).isEqualTo("0");
    assertThat(program.make(new FailingIoctl(3, IOAS_ALLOC, ADDRESS, 99))).isEqualTo("0 97");
  }

  @Test
  void region_holdsItsOwner_untilItsLastPartIsUnmapped_inEveryProcess() {
    mapForDevices();
    program.make(
        new Put(ADDRESS, StructureBytes.sized(48).set32(4, 1).set32(8, 3).set32(12, 1).hex()));
    assertThat(program.make(new Ioctl(3, HWPT_ALLOC, ADDRESS))).isEqualTo("0");
    program.make(new Put(ADDRESS + 256, StructureBytes.plain(24).set32(0, 7).hex()));
    StructureBytes viommu =
        StructureBytes.sized(40)
            .set32(8, 0xdeadbeef)
            .set32(12, 3)
            .set32(16, 5)
            .set32(24, 24)
            .set64(32, ADDRESS + 256);
    program.make(new Put(ADDRESS, viommu.hex()));
    assertThat(program.make(new Ioctl(3, VIOMMU_ALLOC, ADDRESS))).isEqualTo("0");
    assertThat(program.make(new MapFile(REGION, 2 * PAGE, 3, PAGE, true, true))).isEqualTo("0");
    assertThat(program.make(new Get(REGION, 4))).isEqualTo("07000000");
    program.make(List.of(new Fork(), new Unmap(REGION, PAGE)));
    assertThat(destroy(6)).as("mapped twice").isEqualTo("-16");
    program.make(new Unmap(REGION + PAGE, PAGE));
    assertThat(destroy(6)).as("mapped by the child").isEqualTo("-16");
    program.make(new By(1, new Exit()));
    assertThat(destroy(6)).isEqualTo("0");
  }

  /** IOAS 1 with a page of memory, and device 3 that is attached to it. */
  private void mapForDevices() {
    program.make(List.of(new Open(), new MapMemory(ADDRESS, PAGE, true)));
    program.make(new Put(ADDRESS, StructureBytes.sized(12).hex()));
    program.make(new Ioctl(3, IOAS_ALLOC, ADDRESS));
    program.make(new Put(ADDRESS, StructureBytes.sized(72).set32(4, 2).set32(8, 1).hex()));
    assertThat(program.make(new Ioctl(3, TEST_CMD, ADDRESS))).isEqualTo("0");
    StructureBytes map =
        StructureBytes.sized(40).set32(4, 6).set32(8, 1).set64(16, ADDRESS).set64(24, PAGE);
    program.make(new Put(ADDRESS, map.hex()));
    assertThat(program.make(new Ioctl(3, IOAS_MAP, ADDRESS))).isEqualTo("0");
  }

  private String destroy(int id) {
    program.make(new Put(ADDRESS, StructureBytes.sized(8).set32(4, id).hex()));
    return program.make(new Ioctl(3, DESTROY, ADDRESS));
  }
}
