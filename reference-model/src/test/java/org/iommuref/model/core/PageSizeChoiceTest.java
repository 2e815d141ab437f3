package org.iommuref.model.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.iommuref.spec.clause.Clause;

/** The choice of page sizes against the rule said in other words. MAP-008. */
class PageSizeChoiceTest {

  private static final long KIB_4 = 1L << 12;
  private static final long MIB_2 = 1L << 21;
  private static final long GIB_1 = 1L << 30;
  private static final long X86 = KIB_4 | MIB_2 | GIB_1;

  /** What is to be mapped, in units of the smallest page so that it stays small enough to list. */
  record Range(long pageSizes, long iova, long paddr, long size) {}

  @Provide
  Arbitrary<Range> ranges() {
    Arbitrary<Long> bitmaps = Arbitraries.of(0b1L, 0b101L, 0b111L, 0b1_0001L, 0b1011L, 0b10_0101L);
    Arbitrary<Long> bases = Arbitraries.longs().between(0, 200);
    Arbitrary<Long> shifts = Arbitraries.of(0L, 0L, 32L, 64L, 1L, 4L);
    Arbitrary<Long> sizes = Arbitraries.longs().between(1, 300);
    return Combinators.combine(bitmaps, bases, shifts, sizes)
        .as((bitmap, iova, shift, size) -> new Range(bitmap, iova, iova + shift, size));
  }

  @Property
  @Clause("MAP-008")
  void runs_expandedToPages_areTheGreedyChoiceOfEachPage(@ForAll("ranges") Range range) {
    assertThat(pagesOfRuns(range)).isEqualTo(greedyPages(range));
  }

  @Property
  void run_chosen_isThatOfTheBruteForceStatement(
      @ForAll("addresses") long iova, @ForAll("addresses") long paddr, @ForAll("sizes") long size) {
    assertThat(PageSizeChoice.largestThatFits(X86, iova, paddr, size))
        .isEqualTo(stated(List.of(KIB_4, MIB_2, GIB_1), iova, paddr, size));
  }

  @Provide
  Arbitrary<Long> addresses() {
    Arbitrary<Long> pages = Arbitraries.longs().between(0, (1L << 52) - 1);
    Arbitrary<Integer> alignment = Arbitraries.of(0, 0, 9, 18, 30, 52);
    return Combinators.combine(pages, alignment).as((page, bits) -> (page >>> bits << bits) << 12);
  }

  @Provide
  Arbitrary<Long> sizes() {
    Arbitrary<Long> pages = Arbitraries.longs().between(1, (1L << 52) - 1);
    Arbitrary<Integer> magnitude = Arbitraries.of(52, 51, 43, 42, 41, 33, 32, 24, 0);
    return Combinators.combine(pages, magnitude)
        .as((page, bits) -> Math.max(1, page >>> bits) << 12);
  }

  @Example
  void run_rangeUpToALargePage_endsAtItsBoundary() {
    long iova = MIB_2 - 3 * KIB_4;
    assertThat(PageSizeChoice.largestThatFits(X86, iova, GIB_1 + iova, 2 * MIB_2))
        .isEqualTo(new PageRun(KIB_4, 3));
  }

  @Example
  void run_largePageWouldNotFitBehindTheBoundary_goesOnInSmallPages() {
    long iova = MIB_2 - 3 * KIB_4;
    assertThat(PageSizeChoice.largestThatFits(X86, iova, GIB_1 + iova, MIB_2 + 2 * KIB_4))
        .isEqualTo(new PageRun(KIB_4, 514));
  }

  @Example
  void run_addressesOfDifferentOffset_usesSmallPagesAlone() {
    assertThat(PageSizeChoice.largestThatFits(X86, 0, KIB_4, GIB_1))
        .isEqualTo(new PageRun(KIB_4, GIB_1 / KIB_4));
  }

  @Example
  void run_wholeAddressSpace_isCountedUnsigned() {
    assertThat(PageSizeChoice.largestThatFits(X86, 0, 0, -GIB_1))
        .isEqualTo(new PageRun(GIB_1, (1L << 34) - 1));
  }

  private static List<Long> pagesOfRuns(Range range) {
    List<Long> pages = new ArrayList<>();
    long done = 0;
    while (done < range.size()) {
      PageRun run =
          PageSizeChoice.largestThatFits(
              range.pageSizes(), range.iova() + done, range.paddr() + done, range.size() - done);
      for (long page = 0; page < run.count(); page++) {
        pages.add(run.pageSize());
      }
      done += run.pageSize() * run.count();
    }
    return pages;
  }

  private static List<Long> greedyPages(Range range) {
    List<Long> pages = new ArrayList<>();
    long done = 0;
    while (done < range.size()) {
      long best = 1;
      for (long size = 1; size <= range.size() - done; size *= 2) {
        boolean divides = (range.iova() + done) % size == 0 && (range.paddr() + done) % size == 0;
        best = (range.pageSizes() & size) != 0 && divides ? size : best;
      }
      pages.add(best);
      done += best;
    }
    return pages;
  }

  /** The rule in unbounded integers, with division where the code has masks. */
  private static PageRun stated(List<Long> sizes, long iova, long paddr, long size) {
    BigInteger from = unsigned(iova);
    BigInteger to = unsigned(paddr);
    BigInteger rest = unsigned(size);
    int chosen = 0;
    for (int i = 1; i < sizes.size(); i++) {
      BigInteger page = unsigned(sizes.get(i));
      boolean divides = from.mod(page).signum() == 0 && to.mod(page).signum() == 0;
      chosen = page.compareTo(rest) <= 0 && divides ? i : chosen;
    }
    if (chosen + 1 < sizes.size()) {
      BigInteger larger = unsigned(sizes.get(chosen + 1));
      BigInteger offset = larger.subtract(from.mod(larger));
      boolean alike = from.mod(larger).equals(to.mod(larger));
      if (alike && rest.subtract(offset).compareTo(larger) >= 0) {
        rest = offset;
      }
    }
    BigInteger count = rest.divide(unsigned(sizes.get(chosen)));
    return new PageRun(sizes.get(chosen), count.longValueExact());
  }

  private static BigInteger unsigned(long value) {
    return new BigInteger(Long.toUnsignedString(value));
  }
}
