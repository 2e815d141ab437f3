package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.DrivenUnits.FIRST;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.PagingDomains;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A user's tables on a domain of the driver: what they translate, and what ends that. */
class NestedTest {

  private static final int NEST_PARENT = 1;
  private static final DomainId PARENT = new DomainId(1);
  private static final DomainId NESTED = new DomainId(2);

  /** Four tables of the user from here on, one for each level, and two pages of data. */
  private static final long GUEST = 0x10_0000;

  private static final long DATA = GUEST + 4 * PAGE;
  private static final long GVA = 0x7000;

  private final DrivenUnits machine =
      DrivenUnits.of(ScalableProvider.parts().configuration()).probed();
  private final NestedDomains nested = machine.backend.extension(NestedDomains.class).orElseThrow();

  @BeforeEach
  void nest() {
    machine
        .backend
        .extension(PagingDomains.class)
        .orElseThrow()
        .allocatePaging(PARENT, FIRST, NEST_PARENT, null)
        .value();
    machine.map(PARENT, GUEST, page(1), PAGE, 6).value();
    for (int level = 4; level > 1; level--) {
      guest(level, 0, FirstStageEntry.table(table(level - 1)));
    }
    guest(1, GVA, FirstStageEntry.leaf(DATA, 1, true));
    machine.tag(host(DATA), 11);
    machine.tag(host(DATA + PAGE), 22);
    nested.allocateNested(NESTED, FIRST, PARENT, 0, table(0, 48)).value();
    machine.attach(FIRST, NESTED, null);
  }

  @Test
  void access_goesThroughBothStages() {
    assertThat(machine.read(FIRST, GVA)).isEqualTo(AccessOutcome.completed(11));
    assertThat(machine.read(FIRST, GVA + PAGE)).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void invalidate_page_endsWhatWasCached() {
    machine.read(FIRST, GVA);
    guest(1, GVA, FirstStageEntry.leaf(DATA + PAGE, 1, true));
    assertThat(machine.read(FIRST, GVA)).isEqualTo(AccessOutcome.completed(11));
    assertThat(invalidate(GVA, 1, 1)).isEqualTo(Result.ok(1));
    assertThat(machine.read(FIRST, GVA)).isEqualTo(AccessOutcome.completed(22));
  }

  @Test
  void invalidate_all_endsWhatWasCached() {
    machine.read(FIRST, GVA);
    guest(1, GVA, 0);
    assertThat(invalidate(0, -1, 0)).isEqualTo(Result.ok(1));
    assertThat(machine.read(FIRST, GVA)).isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void invalidate_wrongEntries_areRefused() {
    assertThat(invalidate(GVA, 1, 2)).as("flag").isEqualTo(Result.err(Errno.EOPNOTSUPP, 0));
    assertThat(nested.invalidate(NESTED, new OneEntry(entry(GVA, 1, 0).putInt(20, 1))))
        .as("reserved")
        .isEqualTo(Result.err(Errno.EOPNOTSUPP, 0));
    assertThat(invalidate(GVA + 1, 1, 0)).as("address").isEqualTo(Result.err(Errno.EINVAL, 0));
    assertThat(invalidate(GVA, -1, 0)).as("all from one on").isEqualTo(Result.err(Errno.EINVAL, 0));
  }

  @Test
  void unmap_ofTheParent_reachesWhatIsNestedOnIt() {
    machine.read(FIRST, GVA);
    machine.unmapNow(PARENT, DATA, PAGE, 1);
    assertThat(machine.read(FIRST, GVA)).as("INV-004").isEqualTo(AccessOutcome.blocked());
  }

  @Test
  void detach_endsTheUsersTable() {
    machine.read(FIRST, GVA);
    machine.attach(FIRST, PARENT, NESTED);
    assertThat(machine.read(FIRST, GVA)).as("ATT-002").isEqualTo(AccessOutcome.blocked());
    assertThat(machine.read(FIRST, DATA)).isEqualTo(AccessOutcome.completed(11));
  }

  @Test
  void parent_isKeptByWhatIsNestedOnIt() {
    assertThat(machine.backend.freeDomain(PARENT)).isEqualTo(Result.err(Errno.EBUSY));
  }

  @Test
  void attach_ofATableThatNoUnitWalks_isRefused() {
    DomainId wide = new DomainId(3);
    nested.allocateNested(wide, FIRST, PARENT, 0, table(0, 39)).value();
    assertThat(machine.backend.attach(FIRST, wide, NESTED)).isEqualTo(Result.err(Errno.EINVAL));
    assertThat(machine.read(FIRST, GVA)).as("ATT-004").isEqualTo(AccessOutcome.completed(11));
  }

  private static long table(int level) {
    return GUEST + (level - 1) * PAGE;
  }

  private static long host(long guest) {
    return page(1) + (guest - GUEST);
  }

  private void guest(int level, long address, long entry) {
    long index = (address >>> (12 + 9 * (level - 1))) & 511;
    machine.memory.writeLong(host(table(level)) + 8 * index, entry);
  }

  private Result<Integer> invalidate(long address, long pages, int flags) {
    return nested.invalidate(NESTED, new OneEntry(entry(address, pages, flags)));
  }

  private static ByteBuffer entry(long address, long pages, int flags) {
    ByteBuffer entry = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    return entry.putLong(0, address).putLong(8, pages).putInt(16, flags);
  }

  private static UserData table(long flags, int width) {
    ByteBuffer structure = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    structure.putLong(0, flags).putLong(8, table(4)).putInt(16, width);
    return new Structure(structure);
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copied = new byte[bytes.capacity()];
    bytes.get(0, copied);
    return copied;
  }

  private record Structure(ByteBuffer bytes) implements UserData {
    @Override
    public int type() {
      return UserTable.TYPE;
    }

    @Override
    public int length() {
      return bytes.capacity();
    }

    @Override
    public Result<byte[]> copyIn(int type, int minimum, int known) {
      return Result.ok(copy(bytes));
    }

    @Override
    public Result<Done> copyOut(int type, int minimum, byte[] structure) {
      return Result.err(Errno.EINVAL);
    }
  }

  private record OneEntry(ByteBuffer bytes) implements UserDataArray {
    @Override
    public int type() {
      return 0;
    }

    @Override
    public int entries() {
      return 1;
    }

    @Override
    public Result<byte[]> copyIn(int index, int expected, int minimum, int known) {
      return Result.ok(copy(bytes));
    }

    @Override
    public Result<byte[]> copyAllIn(int expected, int known) {
      return Result.ok(copy(bytes));
    }
  }
}
