package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.DrivenUnits.FIRST;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.SECOND;
import static org.iommuref.hw.vtd.driver.DrivenUnits.page;

import java.util.List;
import java.util.stream.IntStream;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

/** What the driver reads of refused accesses. */
class FaultTest {

  private static final int RECORDS = 8;

  private final DrivenUnits machine = DrivenUnits.standard().probed();
  private final DomainId domain = machine.paging(1);

  FaultTest() {
    machine.attach(FIRST, domain, null);
  }

  private static FaultRecord record(Rid rid, long page, boolean write, FaultReason reason) {
    return new FaultRecord(rid, null, new Iova(page), write, reason.code());
  }

  @Test
  @Clause({"FREC-001", "FREC-002", "FREC-003", "FREC-004", "FREC-010"})
  void refusedAccesses_areRecordedInOrder() {
    machine.map(domain, 0x1000, page(1), PAGE, 1, Prot.READ);

    machine.read(FIRST, 0x5678);
    machine.write(FIRST, 0x1008, 1);
    machine.read(SECOND, 0x2000);

    assertThat(machine.backend.takeFaults())
        .isEqualTo(
            new FaultLog(
                List.of(
                    record(FIRST, 0x5000, false, FaultReason.LGN_3),
                    record(FIRST, 0x1000, true, FaultReason.LGN_2),
                    record(SECOND, 0x2000, false, FaultReason.LRT_2)),
                false));
  }

  @Test
  @Clause("FREC-004")
  void atomicAccess_countsAsAWrite() {
    machine.backend.access(new DeviceAccess(FIRST, null, new Iova(0x5000), AccessKind.ATOMIC, 1));

    assertThat(machine.backend.takeFaults().records())
        .extracting(FaultRecord::write)
        .containsExactly(true);
  }

  @Test
  @Clause("VTD-019")
  void accessWithAPasid_isRefusedAndTheRecordNamesNone() {
    machine.map(domain, 0, page(1), PAGE, 1);

    machine.backend.access(DeviceAccess.read(FIRST, new Iova(0)).with(new Pasid(5)));

    assertThat(machine.backend.takeFaults().records())
        .containsExactly(record(FIRST, 0, false, FaultReason.RTA_2));
  }

  @Test
  @Clause({"FREC-005", "FREC-009"})
  void takenRecords_areGoneAndAdmittedAccessesLeaveNone() {
    machine.map(domain, 0, page(1), PAGE, 1);
    machine.read(FIRST, 0x5000);
    machine.backend.takeFaults();

    machine.read(FIRST, 0);

    assertThat(machine.backend.takeFaults()).isEqualTo(new FaultLog(List.of(), false));
  }

  @Test
  @Clause({"FREC-006", "FREC-008"})
  void lostRecords_areToldOnceAndRecordingResumesBehindTheLast() {
    refuse(0, RECORDS + 3);

    FaultLog full = machine.backend.takeFaults();
    refuse(100, 5);
    FaultLog next = machine.backend.takeFaults();

    assertThat(full.overflow()).isTrue();
    assertThat(full.records())
        .extracting(r -> r.page().bytes() / PAGE)
        .isEqualTo(pages(0, RECORDS));
    assertThat(next.overflow()).isFalse();
    assertThat(next.records()).extracting(r -> r.page().bytes() / PAGE).isEqualTo(pages(100, 5));
  }

  @Test
  void recordsOfEveryUnit_areRead() {
    DrivenUnits two = DrivenUnits.twoUnits().probed();

    two.read(SECOND, 0x1000);
    two.read(FIRST, 0x2000);

    assertThat(two.backend.takeFaults().records())
        .containsExactly(
            record(FIRST, 0x2000, false, FaultReason.LRT_2),
            record(SECOND, 0x1000, false, FaultReason.LRT_2));
  }

  private void refuse(int from, int count) {
    pages(from, count).forEach(page -> machine.read(FIRST, page * PAGE));
  }

  private static List<Long> pages(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(Long::valueOf).toList();
  }
}
