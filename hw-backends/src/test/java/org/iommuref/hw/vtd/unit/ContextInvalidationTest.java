package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class ContextInvalidationTest extends DirectedTest {

  private static final int FUNCTION_0 = 0x0108;
  private static final int OTHER_DOMAIN = 6;
  private static final int CACHED = 0x06;
  private static final int READ_AGAIN = 0x02;

  /** Requesters whose context entry is cached in the domain given, and absent in memory now. */
  private Bench stale(int domain, int... requesters) {
    Bench bench = bench().started();
    for (int requester : requesters) {
      bench.attach(new Rid(requester), domain, bench.page());
      assertThat(reason(bench, requester)).isEqualTo(CACHED);
      bench.context(new Rid(requester), new Atom(0, 0));
      assertThat(reason(bench, requester)).isEqualTo(CACHED);
    }
    return bench;
  }

  private static int reason(Bench bench, int requester) {
    return bench.reasonOf(DeviceAccess.read(new Rid(requester), new Iova(Bench.IOVA)));
  }

  private static Atom device(int domain, int requester, int mask) {
    return InvalidationDescriptor.context(Granularity.DEVICE, domain, requester, mask);
  }

  @Test
  @Clause("VTD-030")
  void deviceInvalidation_takesTheRequesterAndNoOther() {
    Bench bench = stale(Bench.DOMAIN, FUNCTION_0, FUNCTION_0 + 1, 0x0110, 0x0208);
    bench.submit(device(Bench.DOMAIN, FUNCTION_0, 0));
    assertThat(reason(bench, FUNCTION_0)).isEqualTo(READ_AGAIN);
    assertThat(reason(bench, FUNCTION_0 + 1)).isEqualTo(CACHED);
    assertThat(reason(bench, 0x0110)).isEqualTo(CACHED);
    assertThat(reason(bench, 0x0208)).isEqualTo(CACHED);
  }

  @Test
  @Clause("VTD-030")
  void deviceInvalidation_withAFunctionMask_takesTheFunctionsThatItLeavesOpen() {
    int[] ignored = {0, 0b100, 0b110, 0b111};
    for (int mask = 0; mask <= 3; mask++) {
      int[] functions = new int[8];
      for (int i = 0; i < 8; i++) {
        functions[i] = FUNCTION_0 + i;
      }
      Bench bench = stale(Bench.DOMAIN, functions);
      bench.submit(device(Bench.DOMAIN, FUNCTION_0 + 1, mask));
      for (int i = 0; i < 8; i++) {
        boolean taken = (i & ~ignored[mask]) == (1 & ~ignored[mask]);
        assertThat(reason(bench, functions[i]))
            .as("mask %d function %d", mask, i)
            .isEqualTo(taken ? READ_AGAIN : CACHED);
      }
    }
  }

  @Test
  void deviceInvalidation_withAnotherDomain_takesNothing() {
    Bench bench = stale(Bench.DOMAIN, FUNCTION_0);
    bench.submit(device(OTHER_DOMAIN, FUNCTION_0, 0));
    assertThat(reason(bench, FUNCTION_0)).isEqualTo(CACHED);
  }

  @Test
  @Clause("VTD-031")
  void domainInvalidation_takesEveryRequesterOfTheDomainAndNoOther() {
    Bench bench = stale(Bench.DOMAIN, FUNCTION_0, 0x0200);
    bench.attach(new Rid(0x0300), OTHER_DOMAIN, bench.page());
    assertThat(reason(bench, 0x0300)).isEqualTo(CACHED);
    bench.context(new Rid(0x0300), new Atom(0, 0));
    bench.submit(InvalidationDescriptor.context(Granularity.DOMAIN, Bench.DOMAIN, 0, 0));
    assertThat(reason(bench, FUNCTION_0)).isEqualTo(READ_AGAIN);
    assertThat(reason(bench, 0x0200)).isEqualTo(READ_AGAIN);
    assertThat(reason(bench, 0x0300)).isEqualTo(CACHED);
  }

  @Test
  @Clause("VTD-031")
  void globalInvalidation_takesEverything() {
    Bench bench = stale(Bench.DOMAIN, FUNCTION_0, 0x0200);
    bench.submit(InvalidationDescriptor.context(Granularity.GLOBAL, 0, 0, 0));
    assertThat(reason(bench, FUNCTION_0)).isEqualTo(READ_AGAIN);
    assertThat(reason(bench, 0x0200)).isEqualTo(READ_AGAIN);
  }

  @Test
  void contextInvalidation_keepsTranslations() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.read(Bench.IOVA);
    bench.context(Bench.DEVICE, new Atom(0, 0));
    bench.submit(InvalidationDescriptor.context(Granularity.GLOBAL, 0, 0, 0));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
  }
}
