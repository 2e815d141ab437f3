package org.iommuref.model.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.model.core.CoreBed.D1;
import static org.iommuref.model.core.CoreBed.D2;
import static org.iommuref.model.core.CoreBed.G0;
import static org.iommuref.model.core.CoreBed.IOVA;
import static org.iommuref.model.core.CoreBed.P5;
import static org.iommuref.model.core.CoreBed.PAGE;
import static org.iommuref.spec.spi.Topology.FIRST;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;

class FaultReporterTest {

  private final CoreBed bed = new CoreBed(Topology.oneDevice()).withDomains();
  private final List<String> heard = new ArrayList<>();

  private boolean hear(DomainId domain, FaultRecord fault) {
    heard.add(domain + " " + fault.page());
    return true;
  }

  private void fault() {
    bed.driver.access(DeviceAccess.read(FIRST, IOVA.plus(PAGE)));
  }

  @Test
  void deliver_faultOfADomainWithHandler_isHeardThere() {
    bed.core.attachGroup(G0, D1);
    bed.core.attachPasid(FIRST, P5, D2);
    bed.core.faults().handle(D1, this::hear);
    bed.core.faults().handle(D2, this::hear);
    fault();
    bed.driver.access(DeviceAccess.read(FIRST, IOVA.plus(2 * PAGE)).with(P5));
    assertThat(bed.core.faults().deliver().records()).isEmpty();
    assertThat(heard).containsExactly("domain 1 0x401000", "domain 2 0x402000");
  }

  @Test
  void deliver_noHandlerOrNotDealtWith_isReturned() {
    bed.core.attachGroup(G0, D1);
    fault();
    assertThat(bed.core.faults().deliver().records()).hasSize(1);
    bed.core.faults().handle(D1, (domain, record) -> false);
    fault();
    assertThat(bed.core.faults().deliver().records()).hasSize(1);
    assertThat(bed.core.faults().deliver().records()).isEmpty();
  }

  @Test
  void deliver_recordsLost_tellsTheOverflow() {
    for (int i = 0; i < 20; i++) {
      fault();
    }
    assertThat(bed.core.faults().deliver().overflow()).isTrue();
  }

  @Test
  void handle_domainThatHasOne_isEbusyUntilTheDomainIsFreed() {
    assertThat(bed.core.faults().handle(D1, this::hear).isOk()).isTrue();
    assertThat(bed.core.faults().handle(D1, this::hear).errno()).isEqualTo(Errno.EBUSY);
    bed.core.freeDomain(D1);
    assertThat(bed.core.faults().handle(D1, this::hear).isOk()).isTrue();
  }
}
