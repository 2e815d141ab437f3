package org.iommuref.hw.radix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.iommuref.hw.radix.TableStep.LinkTable;
import org.iommuref.hw.radix.TableStep.ReadEntry;
import org.iommuref.hw.radix.TableStep.TakePage;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.junit.jupiter.api.Test;

/** The list of conditions as others change it, and the edges of what a map asks. */
class MapChecksTest {

  private static final MapCall RIGHTLESS = call(0, 0x1000, 1, Prot.NONE);

  private static MapCall call(long iova, long pageSize, long count, Prot prot) {
    return new MapCall(new FourEntryFormat(), iova, 0, pageSize, count, prot);
  }

  @Test
  void list_withoutACondition_admitsWhatItRefused() {
    assertThat(MapChecks.LINUX.refusal(RIGHTLESS)).isEqualTo(Errno.EINVAL);
    MapChecks without = MapChecks.LINUX.without(Set.of("no-right"));
    assertThat(without.refusal(RIGHTLESS)).isNull();
    assertThat(without.inOrder()).hasSize(MapChecks.LINUX.inOrder().size() - 1);
  }

  @Test
  void list_withAnotherErrno_failsWithIt() {
    MapCheck other = MapChecks.LINUX.inOrder().get(0).failingWith(Errno.EBUSY);
    MapChecks with = MapChecks.LINUX.with(other);
    assertThat(with.refusal(RIGHTLESS)).isEqualTo(Errno.EBUSY);
    assertThat(with.inOrder()).hasSameSizeAs(MapChecks.LINUX.inOrder());
    assertThat(with.refusal(call(0, 0x2000, 1, Prot.READ))).isEqualTo(Errno.EINVAL);
  }

  @Test
  void size_thatIsNoNumber_overflows() {
    assertThat(call(0, 0x1000, 1L << 51, Prot.READ).overflows()).as("negative").isTrue();
    assertThat(call(0, 0x1000, 1L << 52, Prot.READ).overflows()).as("zero").isTrue();
    assertThat(call(0, 0x1000, (1L << 51) - 1, Prot.READ).overflows()).isFalse();
    assertThat(call(-0x1000, 0x1000, 1, Prot.READ).overflows()).as("to the last byte").isFalse();
    assertThat(call(-0x1000, 0x1000, 2, Prot.READ).overflows()).as("beyond").isTrue();
  }

  @Test
  void steps_thatAreDropped_yieldThePlainCase() {
    assertThat(new TakePage().ifDropped()).isEqualTo(TableMemory.NO_PAGE);
    assertThat(new ReadEntry(0, 1, 0).ifDropped()).isZero();
    assertThat(new LinkTable(0, 0, 1, 0).ifDropped()).isTrue();
  }
}
