package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.iommuref.hw.event.AccessPage;
import org.iommuref.hw.event.BlockDma;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Step;

class WalkProperties {

  private static final int TABLES = 12;
  private static final int SLOTS_IN_USE = 3;
  private static final long[] PAGES = {
    0x4000_0000L, 0x8020_0000L, 0x8123_4000L, 0xfee0_0000L, 1L << 41, 1L << 46
  };
  private static final AccessKind[] KINDS = {
    AccessKind.READ, AccessKind.WRITE, AccessKind.ATOMIC, AccessKind.ZERO_LENGTH_READ
  };

  /** A write may go to a table, which would change under the caches. */
  private static final class NoEffect implements AccessEffects {
    @Override
    public AccessOutcome perform(DmaRequest request, Memory memory) {
      return AccessOutcome.completed(0);
    }
  }

  /** What comes of a request: the page that it goes to, or minus the reason of its refusal. */
  @Property(tries = 400)
  void walk_ofRandomTables_isWhatTheTablesSay(@ForAll long seed) {
    Random random = new Random(seed);
    boolean fourLevels = random.nextBoolean();
    VtdParts parts = VtdParts.standard().with(new NoEffect());
    parts =
        parts.with(
            parts
                .configuration()
                .withCapability(Capability.SSLPS, new int[] {0, 1, 3}[random.nextInt(3)])
                .withCapability(Capability.ZLR, random.nextInt(2)));
    CachePolicy policy = random.nextBoolean() ? CachePolicy.REALISTIC : CachePolicy.ADVERSARIAL;
    Bench bench = new Bench(parts, policy, Footprint.NONE).started();
    long[] tables = tables(bench, random);
    bench.context(
        Bench.DEVICE,
        ContextEntry.present(
            ContextEntry.TT_SECOND_STAGE,
            fourLevels ? ContextEntry.AW_48 : ContextEntry.AW_39,
            Bench.DOMAIN,
            tables[0]));
    Reading reading =
        new Reading(
            bench.memory,
            tables[0],
            fourLevels ? 4 : 3,
            (int) Capability.SSLPS.get(parts.configuration().capability()),
            Capability.ZLR.isSet(parts.configuration().capability()));
    for (int i = 0; i < 30; i++) {
      bench.steps.answer("iotlb hit", random.nextInt(2));
      bench.steps.answer("context hit", random.nextInt(2));
      bench.steps.answer("paging structure hit", random.nextInt(2));
      long iova = iova(random, fourLevels);
      AccessKind kind = KINDS[random.nextInt(KINDS.length)];
      long expected = reading.of(iova, kind);
      assertThat(result(bench, iova, kind))
          .as("%s of %x through %s", kind, iova, reading)
          .isEqualTo(expected);
      Statistics.collect(expected < 0 ? "refused " + Long.toHexString(-expected) : "translated");
    }
  }

  private static long result(Bench bench, long iova, AccessKind kind) {
    bench.steps.events();
    bench.access(new DeviceAccess(Bench.DEVICE, null, new Iova(iova), kind, 0));
    List<Step> events = bench.steps.events();
    Step last = events.get(events.size() - 1);
    return last instanceof BlockDma block ? -block.reason() : ((AccessPage) last).page();
  }

  /** Tables that point to each other at random, a few slots of each in use. */
  private static long[] tables(Bench bench, Random random) {
    long[] tables = new long[TABLES];
    for (int i = 0; i < TABLES; i++) {
      tables[i] = bench.page();
    }
    for (long table : tables) {
      for (int slot = 0; slot < SLOTS_IN_USE; slot++) {
        bench.memory.writeLong(table + 8L * indexOf(slot), entry(tables, random));
      }
    }
    return tables;
  }

  private static long entry(long[] tables, Random random) {
    long entry = random.nextInt(8) == 0 ? random.nextInt(4) : 3;
    boolean leaf = random.nextInt(4) == 0;
    entry |=
        leaf ? 0x80 | PAGES[random.nextInt(PAGES.length)] : tables[1 + random.nextInt(TABLES - 1)];
    if (random.nextInt(12) == 0) {
      entry |= 1L << random.nextInt(64);
    }
    return entry;
  }

  private static int indexOf(int slot) {
    return new int[] {0, 255, 511}[slot];
  }

  private static long iova(Random random, boolean fourLevels) {
    long iova = (long) random.nextInt(512) << 3;
    for (int level = 1; level <= 4; level++) {
      iova |= (long) indexOf(random.nextInt(SLOTS_IN_USE)) << (3 + 9 * level);
    }
    if (!fourLevels && random.nextInt(8) != 0) {
      iova &= (1L << 39) - 1;
    }
    return random.nextInt(20) == 0 ? iova | 1L << (48 + random.nextInt(16)) : iova;
  }

  /** The tables read as section 3.7 of the manual describes them: recursive, nothing cached. */
  private record Reading(Memory memory, long top, int levels, int sizes, boolean zlr) {

    long of(long iova, AccessKind kind) {
      if (iova >>> 20 == 0xfee && kind != AccessKind.ZERO_LENGTH_READ) {
        return -0x29;
      }
      if (iova >>> 20 == 0xfee) {
        return iova & ~0xfffL;
      }
      if (iova >>> (levels == 4 ? 48 : 39) != 0) {
        return -4;
      }
      return below(top, levels, iova, true, true, kind);
    }

    private long below(
        long table, int level, long iova, boolean read, boolean write, AccessKind kind) {
      int low = 12 + 9 * (level - 1);
      long address = table + (iova >>> low) % 512 * 8;
      if (address >= 1L << 40) {
        return level == levels ? -3 : -7;
      }
      long entry = memory.readLong(address);
      boolean leaf = level == 1 || (entry & 0x80) != 0;
      if ((entry & 3) != 0 && malformed(entry, level, leaf && level > 1, low)) {
        return -0xc;
      }
      boolean mayRead = read && (entry & 1) != 0;
      boolean mayWrite = write && (entry & 2) != 0;
      if ((kind == AccessKind.WRITE || kind == AccessKind.ATOMIC) && !mayWrite) {
        return -5;
      }
      boolean served = kind == AccessKind.ZERO_LENGTH_READ && zlr && mayWrite;
      if (kind != AccessKind.WRITE && !mayRead && !served) {
        return -6;
      }
      long next = entry & 0x000f_ffff_ffff_f000L;
      if (!leaf) {
        return below(next, level - 1, iova, mayRead, mayWrite, kind);
      }
      long output = next + iova % (1L << low);
      return output >>> 20 == 0xfee ? -0xe : output & ~0xfffL;
    }

    private boolean malformed(long entry, int level, boolean large, int low) {
      boolean reserved = (entry & (1L << 11)) != 0 || (entry & (1L << 62)) != 0;
      boolean tooHigh = (entry & 0x000f_ffff_ffff_ffffL) >= 1L << 46;
      boolean noSuchSize = large && (level == 4 || (sizes & (level - 1)) == 0);
      boolean misplaced = large && ((entry & 0x000f_ffff_ffff_f000L) % (1L << low)) != 0;
      return reserved || tooHigh || noSuchSize || misplaced;
    }
  }
}
