package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;
import org.junit.jupiter.api.Test;

/** Every access to a register, of software and of hardware, is in the footprint: by quadword. */
class RegisterFootprintTest {

  private final List<String> heard = new ArrayList<>();
  private final RegisterFile registers =
      new RegisterFile(
          VtdParts.standard(),
          new Footprint() {
            @Override
            public void read(Object space, long address) {
              heard.add("read " + address);
            }

            @Override
            public void write(Object space, long address) {
              heard.add("write " + address);
            }
          });

  @Test
  void access_ofSoftware_isInTheFootprint() {
    registers.row(Register.RTADDR, RegisterFile.Effect.NONE);
    registers.write(0x20, 8, 0x1000);
    assertThat(registers.read(0x20, 8)).isEqualTo(0x1000);
    assertThat(heard).containsExactly("write 4", "read 4");
  }

  @Test
  void access_ofHardware_isInTheFootprint() {
    registers.set(Register.FSTS, 1);
    assertThat(registers.get(Register.FSTS)).isEqualTo(1);
    registers.changesWith(Register.IQT);
    assertThat(heard).containsExactly("write 6", "read 6", "write 17");
  }

  @Test
  void ringOfFaultRecords_isInTheFootprint_wherePlaceInItChanges() {
    Bench bench =
        new Bench(VtdParts.standard(), CachePolicy.ADVERSARIAL, writesOfRegisters()).started();
    int first = bench.offset(Register.FRCD) >>> 3;
    bench.read(Bench.IOVA);
    heard.clear();
    bench.read(Bench.IOVA);
    assertThat(heard).as("the second record").contains("write " + first, "write " + (first + 2));
    heard.clear();
    bench.command(GlobalCommand.TE, false);
    assertThat(heard).as("the ring starts over").contains("write " + first);
  }

  private Footprint writesOfRegisters() {
    return new Footprint() {
      @Override
      public void read(Object space, long address) {}

      @Override
      public void write(Object space, long address) {
        if (space instanceof RegisterFile) {
          heard.add("write " + address);
        }
      }
    };
  }
}
