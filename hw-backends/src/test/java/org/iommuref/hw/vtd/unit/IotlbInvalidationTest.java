package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class IotlbInvalidationTest extends DirectedTest {

  private static final AccessOutcome OLD = AccessOutcome.completed(Bench.OF_A);
  private static final AccessOutcome NEW = AccessOutcome.completed(Bench.OF_B);
  private static final Rid OTHER = new Rid(0x0200);
  private static final int OTHER_DOMAIN = 6;
  private static final long START = Bench.IOVA & -(1L << 30);

  /** Pages in the domain of the device, all to page A and cached so, then changed to page B. */
  private Bench stale(long... pages) {
    Bench bench = domain();
    for (long page : pages) {
      bench.map(page, Bench.PAGE_A, 1);
      assertThat(bench.read(page)).isEqualTo(OLD);
    }
    for (long page : pages) {
      bench.map(page, Bench.PAGE_B, 1);
    }
    return bench;
  }

  private static Atom pages(long address, int mask) {
    return InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, address, mask, true);
  }

  private static Atom pagesAndTables(long address, int mask) {
    return InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, address, mask, false);
  }

  private static Atom domain(int id) {
    return InvalidationDescriptor.iotlb(Granularity.DOMAIN, id, 0, 0, false);
  }

  private static final Atom GLOBAL =
      InvalidationDescriptor.iotlb(Granularity.GLOBAL, 0, 0, 0, false);

  @Test
  void changedEntry_withoutInvalidation_isNotSeen() {
    assertThat(stale(Bench.IOVA).read(Bench.IOVA)).isEqualTo(OLD);
  }

  @Test
  @Clause("VTD-033")
  void pageInvalidation_takesItsPageAndNoOther() {
    long next = Bench.IOVA + 0x1000;
    Bench bench = stale(Bench.IOVA, next);
    bench.submit(pages(Bench.IOVA, 0));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(NEW);
    assertThat(bench.read(next)).isEqualTo(OLD);
  }

  @Test
  @Clause("VTD-033")
  void rangeInvalidation_takesItsFirstAndLastPageAndNoOther() {
    Bench bench =
        stale(START + 0x3000, START + 0x4000, START + 0x5000, START + 0x7000, START + 0x8000);
    bench.submit(pages(START + 0x5000, 2));
    assertThat(bench.read(START + 0x3000)).isEqualTo(OLD);
    assertThat(bench.read(START + 0x4000)).isEqualTo(NEW);
    assertThat(bench.read(START + 0x5000)).isEqualTo(NEW);
    assertThat(bench.read(START + 0x7000)).isEqualTo(NEW);
    assertThat(bench.read(START + 0x8000)).isEqualTo(OLD);
  }

  @Test
  @Clause({"VTD-033", "INV-016"})
  void pageInvalidation_ofAnyPartOfALargePage_takesItWhole() {
    for (int level = 2; level <= 3; level++) {
      long size = 1L << SecondStageEntry.shift(level);
      for (long at : new long[] {0, 0x5000, size - 0x1000}) {
        Bench bench = domain();
        bench.map(START, Bench.PAGE_A, level);
        assertThat(bench.read(START)).isEqualTo(OLD);
        bench.map(START, Bench.PAGE_B, level);
        assertThat(bench.read(START)).isEqualTo(OLD);
        bench.submit(pages(START + at, 0));
        assertThat(bench.read(START)).isEqualTo(NEW);
      }
    }
  }

  @Test
  @Clause({"VTD-032", "VTD-033"})
  void invalidation_takesWhatAnyRequesterCachedForTheDomainAndNoOther() {
    for (Atom descriptor : new Atom[] {pages(Bench.IOVA, 0), domain(Bench.DOMAIN)}) {
      Bench bench = staleForThree();
      bench.submit(descriptor);
      assertThat(bench.read(Bench.DEVICE, Bench.IOVA)).isEqualTo(NEW);
      assertThat(bench.read(new Rid(0x0108), Bench.IOVA)).isEqualTo(NEW);
      assertThat(bench.read(OTHER, Bench.IOVA)).isEqualTo(OLD);
    }
  }

  @Test
  @Clause("VTD-032")
  void globalInvalidation_takesEveryDomain() {
    Bench bench = staleForThree();
    bench.submit(GLOBAL);
    assertThat(bench.read(Bench.DEVICE, Bench.IOVA)).isEqualTo(NEW);
    assertThat(bench.read(OTHER, Bench.IOVA)).isEqualTo(NEW);
  }

  /** Two requesters in one domain, a third in another over the same table. */
  private Bench staleForThree() {
    Bench bench = domain();
    bench.attach(new Rid(0x0108), Bench.DOMAIN, bench.tableOf(Bench.DEVICE));
    bench.attach(OTHER, OTHER_DOMAIN, bench.tableOf(Bench.DEVICE));
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    for (Rid device : new Rid[] {Bench.DEVICE, new Rid(0x0108), OTHER}) {
      assertThat(bench.read(device, Bench.IOVA)).isEqualTo(OLD);
    }
    bench.map(Bench.IOVA, Bench.PAGE_B, 1);
    return bench;
  }

  /** A page cached, then its last table replaced by one in which the page is page B. */
  private Bench staleTable() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(OLD);
    long table = bench.page();
    bench.memory.writeLong(
        table + 8L * SecondStageEntry.index(Bench.IOVA, 1),
        SecondStageEntry.leaf(Bench.PAGE_B, 1, true, true));
    bench.memory.writeLong(bench.entryAt(Bench.IOVA, 2), SecondStageEntry.table(table));
    return bench;
  }

  @Test
  @Clause("VTD-034")
  void pageInvalidation_withTheHint_keepsTablePointers() {
    Bench bench = staleTable();
    bench.submit(pages(Bench.IOVA, 0));
    assertThat(bench.read(Bench.IOVA)).as("through the old table").isEqualTo(OLD);
  }

  @Test
  @Clause({"VTD-034", "INV-009"})
  void pageInvalidation_withoutTheHint_takesTablePointers() {
    Bench bench = staleTable();
    bench.submit(pagesAndTables(Bench.IOVA, 0));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(NEW);
  }

  @Test
  @Clause({"VTD-032", "INV-009"})
  void domainAndGlobalInvalidation_takeTablePointers() {
    for (Atom descriptor : new Atom[] {domain(Bench.DOMAIN), GLOBAL}) {
      Bench bench = staleTable();
      bench.submit(descriptor);
      assertThat(bench.read(Bench.IOVA)).isEqualTo(NEW);
    }
  }

  @Test
  @Clause({"VTD-033", "INV-009"})
  void pageInvalidation_ofAnyPageOfATable_takesThePointerToIt() {
    long start = Bench.IOVA & -(1L << 21);
    for (long page : new long[] {start, start + (1L << 21) - 0x1000}) {
      Bench bench = staleTable();
      bench.submit(pagesAndTables(page, 0), pages(Bench.IOVA, 0));
      assertThat(bench.read(Bench.IOVA)).as("VTD-033: %x", page).isEqualTo(NEW);
    }
  }

  @Test
  void pageInvalidation_ofAnotherTable_keepsTablePointers() {
    Bench bench = staleTable();
    bench.submit(pagesAndTables(Bench.IOVA + (1L << 21), 0), pages(Bench.IOVA, 0));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(OLD);
  }

  @Test
  void invalidation_ofAnotherDomain_keepsTablePointers() {
    Bench bench = staleTable();
    bench.submit(domain(OTHER_DOMAIN), pages(Bench.IOVA, 0));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(OLD);
  }

  @Test
  void iotlbInvalidation_keepsContextEntries() {
    Bench bench = stale(Bench.IOVA);
    bench.context(Bench.DEVICE, new Atom(0, 0));
    bench.submit(GLOBAL);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(NEW);
  }

  @Test
  @Clause("VTD-032")
  void passThroughTranslation_isCachedAndTakenByDomain() {
    Bench bench = bench().started();
    bench.passThrough(Bench.DEVICE, Bench.DOMAIN);
    assertThat(bench.read(Bench.PAGE_A)).isEqualTo(OLD);
    bench.context(Bench.DEVICE, new Atom(0, 0));
    bench.submit(InvalidationDescriptor.context(Granularity.GLOBAL, 0, 0, 0));
    assertThat(bench.read(Bench.PAGE_A)).isEqualTo(OLD);
    bench.submit(domain(Bench.DOMAIN));
    assertThat(bench.reasonOfRead(Bench.PAGE_A)).isEqualTo(0x02);
  }

  @Test
  @Clause("INV-019")
  void formerRights_areEnforcedUntilTheInvalidation() {
    Bench bench = domain();
    long entry = bench.entryAt(Bench.IOVA, 1);
    bench.memory.writeLong(entry, SecondStageEntry.leaf(Bench.PAGE_A, 1, true, false));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(OLD);
    bench.memory.writeLong(entry, SecondStageEntry.leaf(Bench.PAGE_A, 1, true, true));
    assertThat(bench.reasonOfWrite(Bench.IOVA)).as("refused from the cache").isEqualTo(0x05);
    bench.submit(pages(Bench.IOVA, 0));
    assertThat(bench.write(Bench.IOVA, 1)).isEqualTo(AccessOutcome.completed(0));
  }
}
