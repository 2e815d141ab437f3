package org.iommuref.hw.radix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.radix.FourEntryFormat.APERTURE;
import static org.iommuref.hw.radix.FourEntryFormat.MIDDLE;
import static org.iommuref.hw.radix.FourEntryFormat.SMALL;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.iommuref.hw.radix.TableStep.AllocTable;
import org.iommuref.hw.radix.TableStep.SetDirty;
import org.iommuref.hw.radix.TableStep.TakePage;
import org.iommuref.hw.radix.TableStep.UnlinkTable;
import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.junit.jupiter.api.Test;

/** Leaves that were written through, and what a table says of itself. */
class RadixDirtyTest {

  private static final long PAGE = 0x100_0000L;
  private static final long DIRTY = 16;

  private final Memory memory = SystemMemory.ofSize(1L << 40);
  private final PagePool pool = new PagePool(memory, 0x10_0000L, 40);
  private final DirectSteps steps = DirectSteps.plain();
  private final RadixTable table =
      RadixTable.allocate(
              new WithDirty(new FourEntryFormat()),
              MapChecks.LINUX,
              new TableMemory(memory, pool, steps))
          .value();

  /** The format of four entries with a dirty bit. */
  private record WithDirty(FourEntryFormat original) implements AlteredFormat {
    @Override
    public long dirty() {
      return DIRTY;
    }
  }

  private void map(long iova, long pageSize, long count) {
    assertThat(table.map(iova, PAGE, pageSize, count, Prot.READ_WRITE, new Gather()).isOk())
        .isTrue();
  }

  private List<String> dirty(long iova, long size, boolean clear) {
    List<String> told = new ArrayList<>();
    table.forEachDirty(iova, size, clear, (at, bytes) -> told.add("%x+%x".formatted(at, bytes)));
    return told;
  }

  @Test
  void leavesWrittenThrough_areToldEachWithItsSize() {
    map(0x3000, SMALL, 3);
    map(0x1_0000, MIDDLE, 1);
    assertThat(dirty(0, APERTURE, false)).isEmpty();
    table.setDirty(0x3008);
    table.setDirty(0x5ff8);
    table.setDirty(0x1_2000);
    assertThat(dirty(0, APERTURE, false)).containsExactly("3000+1000", "5000+1000", "10000+4000");
    assertThat(dirty(0x4000, 0x2000, false)).containsExactly("5000+1000");
    assertThat(dirty(0x4000, 0x1000, false)).isEmpty();
    assertThat(dirty(0x3000, 1, false)).containsExactly("3000+1000");
    assertThat(dirty(0x1_1000, 0x1000, false))
        .as("from the range on")
        .containsExactly("11000+4000");
    assertThat(table.translate(0x3008)).as("still mapped").isEqualTo(PAGE + 8);
  }

  @Test
  void address_withoutALeaf_isNotMarked() {
    map(0x3000, SMALL, 1);
    steps.takePerformed();
    table.setDirty(0x8000);
    assertThat(steps.takePerformed()).as("a hole").noneMatch(step -> step instanceof SetDirty);
    table.setDirty(APERTURE + 0x3000);
    assertThat(steps.takePerformed()).as("beyond the aperture").isEmpty();
  }

  @Test
  void leavesTold_areCleanedOnlyIfAsked() {
    map(0, SMALL, 4);
    table.setDirty(0x1000);
    assertThat(dirty(0, APERTURE, true)).containsExactly("1000+1000");
    assertThat(dirty(0, APERTURE, true)).as("clean since").isEmpty();
    assertThat(table.translate(0x1000)).as("still mapped").isEqualTo(PAGE + 0x1000);
  }

  @Test
  void range_thatIsNone_tellsNothing() {
    map(0, SMALL, 2);
    table.setDirty(0);
    table.setDirty(0x1000);
    assertThat(dirty(0, 0, false)).as("no byte").isEmpty();
    assertThat(dirty(0x1000, 0, false)).as("no byte").isEmpty();
    assertThat(dirty(0x1000, -1, false)).as("fewer than none").isEmpty();
    assertThat(dirty(0, APERTURE + 1, false)).as("beyond the aperture").isEmpty();
  }

  @Test
  void table_saysWhatItsFormatSays() {
    assertThat(table.inputBits()).isEqualTo(18);
    assertThat(table.pageSizes()).isEqualTo(new FourEntryFormat().pageSizes());
    assertThat(table.root()).isEqualTo(0x10_0000L);
  }

  @Test
  void pageTaken_becomesATableInAStepOfItsOwn() {
    steps.takePerformed();
    map(0, SMALL, 1);
    assertThat(steps.takePerformed().stream().filter(step -> step instanceof AllocTable))
        .hasSize(2);
  }

  @Test
  void noPageLeft_makesNoTable() {
    PagePool none = new PagePool(memory, 0x80_0000L, 1);
    DirectSteps heard = DirectSteps.plain();
    RadixTable small =
        RadixTable.allocate(
                new WithDirty(new FourEntryFormat()),
                MapChecks.LINUX,
                new TableMemory(memory, none, heard))
            .value();
    heard.takePerformed();
    assertThat(small.map(0, PAGE, SMALL, 1, Prot.READ, new Gather()).isOk()).isFalse();
    assertThat(heard.takePerformed())
        .anyMatch(step -> step instanceof TakePage)
        .noneMatch(step -> step instanceof AllocTable);
  }

  @Test
  void conditionAdded_isLookedAtLast() {
    MapCheck never = new MapCheck("never", "", map -> true, Errno.EBUSY);
    MapChecks checks = MapChecks.LINUX.alsoRefusing(never);
    MapCall fine = new MapCall(new FourEntryFormat(), 0, 0, SMALL, 1, Prot.READ);
    assertThat(checks.refusal(fine)).isEqualTo(Errno.EBUSY);
    assertThat(checks.refusal(new MapCall(new FourEntryFormat(), 0, 0, SMALL, 1, Prot.NONE)))
        .isEqualTo(Errno.EINVAL);
    assertThat(checks.without(Set.of("never")).refusal(fine)).as("taken away again").isNull();
  }

  @Test
  void unmap_ofOneByteOfAPage_removesThePage() {
    map(0x1000, SMALL, 1);
    assertThat(table.unmap(0x1000, 1, new Gather())).isEqualTo(SMALL);
    assertThat(table.translate(0x1000)).isZero();
  }

  @Test
  void tableLeftEmpty_isUnlinkedBeforeALeafTakesItsPlace() {
    map(0, SMALL, 1);
    table.unmap(0, SMALL, new Gather());
    steps.takePerformed();
    map(0, MIDDLE, 1);
    assertThat(steps.takePerformed().stream().filter(step -> step instanceof UnlinkTable))
        .hasSize(1);
  }
}
