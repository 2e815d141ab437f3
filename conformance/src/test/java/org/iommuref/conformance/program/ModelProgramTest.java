package org.iommuref.conformance.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.conformance.program.SystemCall.By;
import org.iommuref.conformance.program.SystemCall.Close;
import org.iommuref.conformance.program.SystemCall.Exit;
import org.iommuref.conformance.program.SystemCall.Fork;
import org.iommuref.conformance.program.SystemCall.Get;
import org.iommuref.conformance.program.SystemCall.Ioctl;
import org.iommuref.conformance.program.SystemCall.MapMemory;
import org.iommuref.conformance.program.SystemCall.Open;
import org.iommuref.conformance.program.SystemCall.Put;
import org.junit.jupiter.api.Test;

/** Programs on the model. */
class ModelProgramTest {

  private static final long ADDRESS = 0x2000_0000L;
  private static final int IOAS_ALLOC = 0x3b81;

  private final ModelProgram program = new ModelProgram();

  @Test
  void calls_oneByOne_answerAsTheyDoTogether() {
    List<SystemCall> calls =
        List.of(
            new MapMemory(ADDRESS, 4096, true),
            new Open(),
            new Put(ADDRESS, Structure.sized(12).hex()),
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
    program.make(new By(1, new Put(ADDRESS, Structure.sized(12).hex())));
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
}
