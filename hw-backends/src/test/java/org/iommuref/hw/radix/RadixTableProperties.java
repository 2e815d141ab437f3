package org.iommuref.hw.radix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.radix.FourEntryFormat.APERTURE;
import static org.iommuref.hw.radix.FourEntryFormat.LARGE;
import static org.iommuref.hw.radix.FourEntryFormat.MIDDLE;
import static org.iommuref.hw.radix.FourEntryFormat.SMALL;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;

/** Any sequence of maps and unmaps leaves the table as a plain map of leaves says. */
class RadixTableProperties {

  private static final int ROOT_ONLY = 1;

  record Change(boolean map, long iova, long pageSize, long count) {}

  private record Leaf(long paddr, long size) {}

  @Provide
  Arbitrary<List<Change>> changes() {
    Arbitrary<Long> sizes = Arbitraries.of(SMALL, SMALL, MIDDLE, LARGE);
    Arbitrary<Change> change =
        Combinators.combine(
                Arbitraries.of(true, true, false),
                Arbitraries.longs().between(0, 63),
                sizes,
                Arbitraries.longs().between(1, 20))
            .as((map, page, size, count) -> new Change(map, page * SMALL & -size, size, count));
    return change.list().ofMinSize(5).ofMaxSize(60);
  }

  @Property(tries = 400)
  void tableAgreesWithAPlainMap(@ForAll("changes") List<Change> changes) {
    Memory memory = SystemMemory.ofSize(1L << 40);
    PagePool pool = new PagePool(memory, 0x10_0000L, 100);
    RadixTable table =
        RadixTable.allocate(
                new FourEntryFormat(),
                MapChecks.LINUX,
                new TableMemory(memory, pool, DirectSteps.plain()))
            .value();
    NavigableMap<Long, Leaf> leaves = new TreeMap<>();
    long paddr = LARGE;
    for (Change change : changes) {
      paddr += 64 * LARGE;
      Gather gather = new Gather();
      if (change.map) {
        Result<Long> result =
            table.map(change.iova, paddr, change.pageSize, change.count, Prot.READ, gather);
        assertThat(result).isEqualTo(mapExpected(leaves, change, paddr));
      } else {
        long removed = table.unmap(change.iova, change.pageSize * change.count, gather);
        assertThat(removed).isEqualTo(unmapExpected(leaves, change));
        assertThat(gather.isEmpty()).isEqualTo(removed == 0);
      }
      gather.freelist().forEach(pool::free);
      assertSameTranslations(table, leaves);
    }
    table.unmap(0, APERTURE, new Gather());
    table.free();
    assertThat(pool.taken()).isLessThan(ROOT_ONLY + 21);
  }

  private static Result<Long> mapExpected(
      NavigableMap<Long, Leaf> leaves, Change change, long paddr) {
    if (change.iova + change.pageSize * change.count > APERTURE) {
      return Result.err(Errno.ERANGE);
    }
    for (long n = 0; n < change.count; n++) {
      long at = change.iova + n * change.pageSize;
      Map.Entry<Long, Leaf> before = leaves.lowerEntry(at + change.pageSize);
      if (before != null && before.getKey() + before.getValue().size > at) {
        return Result.err(Errno.EADDRINUSE, n * change.pageSize);
      }
      leaves.put(at, new Leaf(paddr + n * change.pageSize, change.pageSize));
    }
    return Result.ok(change.pageSize * change.count);
  }

  private static long unmapExpected(NavigableMap<Long, Leaf> leaves, Change change) {
    long size = change.pageSize * change.count;
    long removed = 0;
    while (change.iova + size <= APERTURE && removed < size) {
      Leaf leaf = leaves.remove(change.iova + removed);
      if (leaf == null) {
        break;
      }
      removed += leaf.size;
    }
    return removed;
  }

  private static void assertSameTranslations(RadixTable table, NavigableMap<Long, Leaf> leaves) {
    for (long iova = 0; iova < APERTURE; iova += SMALL) {
      Map.Entry<Long, Leaf> leaf = leaves.floorEntry(iova);
      boolean mapped = leaf != null && iova < leaf.getKey() + leaf.getValue().size;
      assertThat(table.translate(iova))
          .as("iova 0x%x", iova)
          .isEqualTo(mapped ? leaf.getValue().paddr + (iova - leaf.getKey()) : 0);
    }
  }
}
