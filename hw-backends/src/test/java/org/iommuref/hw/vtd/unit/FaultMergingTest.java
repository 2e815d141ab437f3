package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

class FaultMergingTest extends DirectedTest {

  private static final Rid ONE = new Rid(0x02a0);
  private static final Rid OTHER_FUNCTION = new Rid(0x02a1);
  private static final Rid OTHER = new Rid(0x03a0);

  /** A unit with two fault records that merges faults; every request is refused. */
  private Bench merging() {
    VtdConfiguration unit = parts.configuration().withCapability(Capability.NFR, 1);
    return new Bench(parts.with(unit.mergingFaults())).started();
  }

  private static void fault(Bench bench, Rid device, long iova) {
    bench.access(device, iova, AccessKind.READ);
  }

  private static boolean isPending(Bench bench, int index) {
    return FaultRecording.F.isSet(bench.record(index).high());
  }

  @Test
  @Clause({"VTD-214", "VTD-215"})
  void fault_ofARequesterThatIsPending_changesNothing() {
    Bench bench = merging();
    fault(bench, ONE, 0x1000);
    for (int i = 2; i < 5; i++) {
      fault(bench, ONE, 0x1000L * i);
      assertThat(bench.record(0).low()).as("VTD-215").isEqualTo(0x1000);
      assertThat(isPending(bench, 1)).as("VTD-214").isFalse();
      assertThat(bench.read(Register.FSTS)).as("VTD-215").isEqualTo(FaultStatus.PPF.mask());
    }
    fault(bench, OTHER, 0x2000);
    assertThat(bench.record(1).low()).as("VTD-215: the next register").isEqualTo(0x2000);
    fault(bench, ONE, 0x3000);
    fault(bench, OTHER, 0x3000);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PFO)).as("VTD-215: all full").isFalse();
    assertThat(FaultRecording.SID.get(bench.record(0)))
        .as("VTD-215: the register before")
        .isEqualTo(ONE.value());
  }

  @Test
  @Clause("VTD-216")
  void fault_ofAnotherFunction_isRecorded() {
    Bench bench = merging();
    fault(bench, ONE, 0x1000);
    fault(bench, OTHER_FUNCTION, 0x1000);
    assertThat(isPending(bench, 1)).as("VTD-216").isTrue();
  }

  @Test
  @Clause("VTD-216")
  void fault_afterTheRecordWasGivenBack_isRecorded() {
    Bench bench = merging();
    fault(bench, ONE, 0x1000);
    bench.clearRecord(0);
    fault(bench, ONE, 0x2000);
    assertThat(bench.record(1).low()).as("VTD-216").isEqualTo(0x2000);
    assertThat(isPending(bench, 1)).as("VTD-216").isTrue();
  }

  @Test
  @Clause({"VTD-025", "VTD-026"})
  void fault_ofAThirdRequester_overflows_andNothingIsRecordedUntilPfoIsCleared() {
    Bench bench = merging();
    fault(bench, ONE, 0x1000);
    fault(bench, OTHER, 0x1000);
    fault(bench, OTHER_FUNCTION, 0x1000);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PFO)).isTrue();
    bench.clearRecord(0);
    bench.clearRecord(1);
    fault(bench, OTHER_FUNCTION, 0x1000);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PPF)).as("VTD-026").isFalse();
  }

  @Test
  @Clause("VTD-214")
  void unitThatDoesNotMerge_recordsEach() {
    Bench bench = bench().started();
    fault(bench, ONE, 0x1000);
    fault(bench, ONE, 0x2000);
    assertThat(bench.record(1).low()).isEqualTo(0x2000);
  }
}
