package org.iommuref.model.mutant;

import java.util.List;
import org.iommuref.model.core.PageRun;
import org.iommuref.model.core.PageSizeChoice;
import org.iommuref.spec.spi.Mutant;

/** Choices of page sizes that are wrong. */
final class WrongPageSizes {

  private WrongPageSizes() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "smallest-pages-only",
            "large pages are never used",
            "MAP-008",
            WrongPageSizes::smallest),
        mutant(
            "page-size-ignores-paddr",
            "a page can be larger than the physical address is aligned to",
            "MAP-008 MAP-001",
            WrongPageSizes::alignedIova),
        mutant(
            "page-larger-than-rest",
            "a page can be larger than what remains of the range",
            "MAP-008 MAP-002",
            WrongPageSizes::beyondSize),
        mutant(
            "one-page-too-many",
            "each step maps or removes a page more than it should",
            "MAP-010 MAP-022",
            WrongPageSizes::oneMore),
        mutant(
            "past-large-boundary",
            "small pages go on behind the boundary of a large page that could be used",
            "MAP-008",
            WrongPageSizes::pastBoundary));
  }

  private static Mutant mutant(String name, String title, String clauses, PageSizeChoice wrong) {
    return CoreMutants.mutant(
        CoreMutants.IDEAL, name, title, clauses, parts -> parts.withPageSizes(wrong));
  }

  private static PageRun smallest(long pageSizes, long iova, long paddr, long size) {
    return PageSizeChoice.largestThatFits(Long.lowestOneBit(pageSizes), iova, paddr, size);
  }

  private static PageRun alignedIova(long pageSizes, long iova, long paddr, long size) {
    return PageSizeChoice.largestThatFits(pageSizes, iova, iova, size);
  }

  private static PageRun beyondSize(long pageSizes, long iova, long paddr, long size) {
    PageRun ample = PageSizeChoice.largestThatFits(pageSizes, iova, paddr, Long.MIN_VALUE);
    PageRun right = PageSizeChoice.largestThatFits(pageSizes, iova, paddr, size);
    return ample.pageSize() > right.pageSize() ? new PageRun(ample.pageSize(), 1) : right;
  }

  private static PageRun oneMore(long pageSizes, long iova, long paddr, long size) {
    PageRun right = PageSizeChoice.largestThatFits(pageSizes, iova, paddr, size);
    return new PageRun(right.pageSize(), right.count() + 1);
  }

  private static PageRun pastBoundary(long pageSizes, long iova, long paddr, long size) {
    PageRun right = PageSizeChoice.largestThatFits(pageSizes, iova, paddr, size);
    return new PageRun(right.pageSize(), Long.divideUnsigned(size, right.pageSize()));
  }
}
