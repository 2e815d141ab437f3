package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class CachingModeTest extends DirectedTest {

  private static final AccessOutcome B = AccessOutcome.completed(Bench.OF_B);

  private Bench cachingMode() {
    return new Bench(capable(Capability.CM, 1)).started();
  }

  private static Atom device(int domain) {
    return InvalidationDescriptor.context(Granularity.DEVICE, domain, Bench.DEVICE.value(), 0);
  }

  @Test
  void absentContextEntry_isCachedUnderDomainZero() {
    Bench bench = cachingMode();
    bench.context(Bench.DEVICE, new Atom(0, 0));
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x02);
    bench.attach(Bench.DEVICE, Bench.DOMAIN, bench.page());
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x02);
    bench.submit(device(Bench.DOMAIN));
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x02);
    bench.submit(device(0));
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x06);
  }

  @Test
  void absentRootEntry_isCachedUnderDomainZero() {
    Bench bench = cachingMode();
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x01);
    bench.attach(Bench.DEVICE, Bench.DOMAIN, bench.page());
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x01);
    bench.submit(device(0));
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x06);
  }

  @Test
  void absentPage_isCachedUnderItsDomain() {
    for (int level = 1; level <= 3; level++) {
      Bench bench = cachingMode();
      bench.attach(Bench.DEVICE, Bench.DOMAIN, bench.page());
      bench.entryAt(Bench.IOVA, level);
      assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x06);
      bench.map(Bench.IOVA, Bench.PAGE_B, 1);
      assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x06);
      assertThat(bench.reasonOfWrite(Bench.IOVA)).isEqualTo(0x05);
      bench.submit(
          InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, Bench.IOVA, 0, false));
      assertThat(bench.read(Bench.IOVA)).as("level %d", level).isEqualTo(B);
    }
  }

  @Test
  void absentTable_staysUnderAnInvalidationOfLeavesAlone() {
    Bench bench = cachingMode();
    bench.attach(Bench.DEVICE, Bench.DOMAIN, bench.page());
    bench.entryAt(Bench.IOVA, 2);
    assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x06);
    bench.map(Bench.IOVA, Bench.PAGE_B, 1);
    bench.submit(InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, Bench.IOVA, 0, true));
    assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x06);
  }

  @Test
  void refusalForAMissingRight_isNotCached() {
    Bench bench = cachingMode();
    bench.attach(Bench.DEVICE, Bench.DOMAIN, bench.page());
    bench.memory.writeLong(bench.entryAt(Bench.IOVA, 1), Bench.PAGE_B | Rights.READ);
    assertThat(bench.reasonOfWrite(Bench.IOVA)).isEqualTo(0x05);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(B);
  }
}
