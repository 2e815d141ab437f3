package org.iommuref.hw.vtd.bench;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;

/**
 * A first stage of four levels whose tables lie in guest memory, each in a GiB of its own, so that
 * few pointers of the second stage serve two of them.
 */
final class Guest {

  private static final int LEVELS = 4;
  private static final int HOST_LEVELS = 3;
  private static final int GIB_SHIFT = 30;

  private final BenchUnit machine;
  private final Map<Long, Long> hostOf = new HashMap<>();
  private long nextGib;

  /** The top table of the second stage, in the host. */
  final long second;

  /** The top table of the first stage, in the guest. */
  final long first;

  Guest(BenchUnit machine) {
    this.machine = machine;
    this.second = machine.table();
    this.first = table();
  }

  private long table() {
    long guest = nextGib++ << GIB_SHIFT;
    long host = machine.table();
    hostOf.put(guest, host);
    machine.mapSecond(second, HOST_LEVELS, guest, host);
    return guest;
  }

  /** Maps a page through both stages. */
  void map(long address, long guestPage, long page) {
    long table = first;
    for (int level = LEVELS; level > 1; level--) {
      long at = hostOf.getOrDefault(table, 0L) + 8L * SecondStageEntry.index(address, level);
      if (machine.memory.readLong(at) == 0) {
        machine.memory.writeLong(at, FirstStageEntry.table(table()) | FirstStageEntry.A.mask());
      }
      table = FirstStageEntry.ADDR.address(machine.memory.readLong(at));
    }
    long at = hostOf.getOrDefault(table, 0L) + 8L * SecondStageEntry.index(address, 1);
    machine.memory.writeLong(at, BenchUnit.usedLeaf(guestPage));
    machine.mapSecond(second, HOST_LEVELS, guestPage, page);
  }
}
