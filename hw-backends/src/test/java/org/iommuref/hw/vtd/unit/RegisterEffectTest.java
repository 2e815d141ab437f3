package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ListAssert;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.step.Footprint;
import org.junit.jupiter.api.Test;

/** What a write sets off: the effect of each register that it covers, and of no other. */
@Clause("VTD-041")
class RegisterEffectTest {

  private static final int LOW = 0x38;
  private static final int HIGH = 0x3c;
  private static final int ALONE = 0x34;
  private static final int WIDE = 0x20;

  private final List<String> heard = new ArrayList<>();
  private final RegisterFile registers =
      new RegisterFile(VtdParts.standard(), Footprint.NONE)
          .row(Register.FECTL, effect("FECTL"))
          .row(Register.FEDATA, effect("FEDATA"))
          .row(Register.FSTS, effect("FSTS"))
          .row(Register.RTADDR, effect("RTADDR"));

  private RegisterFile.Effect effect(String name) {
    return (value, written) ->
        heard.add(name + " " + Long.toHexString(value) + " " + Long.toHexString(written));
  }

  private ListAssert<String> assertHeard(int offset, int width, long value) {
    heard.clear();
    registers.write(offset, width, value);
    return assertThat(heard).as("VTD-041: %d bytes at 0x%x", width, offset);
  }

  @Test
  void halfOfAQuadword_written_isHeardByItsRegisterAlone() {
    assertHeard(LOW, 4, 0x8000_0000L).containsExactly("FECTL 80000000 ffffffff");
    assertHeard(HIGH, 4, 0x41).containsExactly("FEDATA 41 ffffffff");
  }

  @Test
  void quadword_written_isHeardByBothOfItsRegisters() {
    assertHeard(LOW, 8, 0x42_8000_0000L)
        .containsExactly("FECTL 80000000 ffffffff", "FEDATA 42 ffffffff");
  }

  @Test
  void registerInTheUpperHalf_hearsItsOwnBits_whereNoneIsBelow() {
    registers.set(Register.FSTS, 0x10);
    assertHeard(ALONE - 4, 8, 0).containsExactly("FSTS 10 ffffffff");
    assertHeard(ALONE, 4, 0).containsExactly("FSTS 10 ffffffff");
    assertHeard(ALONE - 4, 4, 0).isEmpty();
  }

  @Test
  void wideRegister_writtenInHalves_hearsItsWholeValue() {
    assertHeard(WIDE, 8, 0x12_7654_3000L).containsExactly("RTADDR 1276543000 ffffffffffffffff");
    assertHeard(WIDE + 4, 4, 0x13).containsExactly("RTADDR 1376543000 ffffffff00000000");
  }
}
