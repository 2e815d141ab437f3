package org.iommuref.model.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.model.core.CoreBed.D1;
import static org.iommuref.model.core.CoreBed.IOVA;
import static org.iommuref.model.core.CoreBed.PAGE;
import static org.iommuref.model.core.CoreBed.UNKNOWN;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CoreMapTest {

  private static final long LARGE = 0x20_0000;
  private static final PhysAddr PADDR = new PhysAddr(0x1_0000_0000L);
  private static final DomainId IDENTITY = new DomainId(3);
  private static final DomainId BLOCKED = new DomainId(4);

  private final CoreBed bed = new CoreBed(Topology.oneDevice());
  private final Core core = bed.core;

  @BeforeEach
  void allocate() {
    core.allocateDomain(D1, DomainType.PAGING);
    core.allocateDomain(IDENTITY, DomainType.IDENTITY);
    core.allocateDomain(BLOCKED, DomainType.BLOCKED);
    bed.calls.clear();
  }

  private Result<Done> map(Iova iova, PhysAddr paddr, long size) {
    return core.map(D1, iova, paddr, size, Prot.READ_WRITE);
  }

  @Test
  void map_domainNotPaging_isEinvalBeforeMisaligned() {
    assertThat(core.map(IDENTITY, IOVA, PADDR, PAGE, Prot.READ).errno()).isEqualTo(Errno.EINVAL);
    assertThat(core.map(BLOCKED, IOVA, PADDR, PAGE, Prot.READ).errno()).isEqualTo(Errno.EINVAL);
    assertThat(core.map(UNKNOWN, IOVA, PADDR, PAGE, Prot.READ).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.calls).isEmpty();
  }

  @Test
  void map_anyOfTheThreeMisaligned_isEinval() {
    assertThat(map(IOVA.plus(8), PADDR, PAGE).errno()).isEqualTo(Errno.EINVAL);
    assertThat(map(IOVA, PADDR.plus(0x800), PAGE).errno()).isEqualTo(Errno.EINVAL);
    assertThat(map(IOVA, PADDR, PAGE + 1).errno()).isEqualTo(Errno.EINVAL);
    assertThat(bed.calls).isEmpty();
  }

  @Test
  void map_rangeAcrossLargePages_takesThemInTheMiddleAndSyncsOnce() {
    assertThat(map(IOVA.plus(-2 * PAGE), PADDR.plus(-2 * PAGE), 2 * LARGE + 3 * PAGE).isOk())
        .isTrue();
    assertThat(bed.calls)
        .containsExactly(
            "map 0x3fe000 2x4096",
            "map 0x400000 2x2097152",
            "map 0x800000 1x4096",
            "syncMap 0x3fe000+4206592");
  }

  @Test
  void map_sizeZero_doesNothing() {
    assertThat(map(IOVA, PADDR, 0).isOk()).isTrue();
    assertThat(bed.calls).isEmpty();
  }

  @Test
  void map_meetsAMapping_undoesAllOfThisCallAndNothingElse() {
    map(IOVA.plus(LARGE + PAGE), PADDR, PAGE);
    bed.calls.clear();
    assertThat(map(IOVA, PADDR, LARGE + 3 * PAGE).errno()).isEqualTo(Errno.EADDRINUSE);
    assertThat(bed.calls)
        .containsExactly(
            "map 0x400000 1x2097152",
            "map 0x600000 3x4096",
            "unmap 0x400000 1x2097152",
            "unmap 0x600000 1x4096",
            "sync 0x400000..0x600fff");
    assertThat(core.iovaToPhys(D1, IOVA)).isEqualTo(new PhysAddr(0));
    assertThat(core.iovaToPhys(D1, IOVA.plus(LARGE))).isEqualTo(new PhysAddr(0));
    assertThat(core.iovaToPhys(D1, IOVA.plus(LARGE + PAGE))).isEqualTo(PADDR);
  }

  @Test
  void map_driverRefuses_passesItsErrno() {
    assertThat(core.map(D1, IOVA, PADDR, PAGE, Prot.NONE).errno()).isEqualTo(Errno.EINVAL);
    assertThat(map(new Iova(1L << 48), PADDR, PAGE).errno()).isEqualTo(Errno.ERANGE);
    assertThat(map(new Iova((1L << 48) - LARGE), PADDR, LARGE + PAGE).errno())
        .isEqualTo(Errno.ERANGE);
    assertThat(core.iovaToPhys(D1, new Iova((1L << 48) - LARGE))).isEqualTo(new PhysAddr(0));
  }

  @Test
  void map_syncMapFails_undoesAll() {
    bed.driver.syncMapError = Errno.ENOMEM;
    assertThat(map(IOVA, PADDR, 2 * PAGE).errno()).isEqualTo(Errno.ENOMEM);
    assertThat(core.iovaToPhys(D1, IOVA)).isEqualTo(new PhysAddr(0));
  }

  @Test
  void unmap_wholeRange_syncsOnceOverAll() {
    map(IOVA.plus(-PAGE), PADDR.plus(-PAGE), LARGE + 2 * PAGE);
    bed.calls.clear();
    assertThat(core.unmap(D1, IOVA.plus(-PAGE), LARGE + 2 * PAGE)).isEqualTo(LARGE + 2 * PAGE);
    assertThat(bed.calls)
        .containsExactly(
            "unmap 0x3ff000 1x4096",
            "unmap 0x400000 1x2097152",
            "unmap 0x600000 1x4096",
            "sync 0x3ff000..0x600fff");
  }

  @Test
  void unmap_endInsideALargePage_takesItWholeAndReturnsMore() {
    map(IOVA.plus(-PAGE), PADDR.plus(-PAGE), LARGE + PAGE);
    assertThat(core.unmap(D1, IOVA.plus(-PAGE), 2 * PAGE)).isEqualTo(LARGE + PAGE);
  }

  @Test
  void unmap_startInsideALargePage_returnsZero() {
    map(IOVA, PADDR, LARGE);
    assertThat(core.unmap(D1, IOVA.plus(PAGE), PAGE)).isZero();
    assertThat(core.iovaToPhys(D1, IOVA)).isEqualTo(PADDR);
  }

  @Test
  void unmap_hole_stopsThereAndSyncsWhatIsGone() {
    map(IOVA, PADDR, PAGE);
    map(IOVA.plus(2 * PAGE), PADDR, PAGE);
    bed.calls.clear();
    assertThat(core.unmap(D1, IOVA, 3 * PAGE)).isEqualTo(PAGE);
    assertThat(bed.calls).last().isEqualTo("sync 0x400000..0x400fff");
    assertThat(core.iovaToPhys(D1, IOVA.plus(2 * PAGE))).isEqualTo(PADDR);
  }

  @Test
  void unmap_nothingMapped_callsNoSync() {
    assertThat(core.unmap(D1, IOVA, PAGE)).isZero();
    assertThat(bed.calls).containsExactly("unmap 0x400000 1x4096");
  }

  @Test
  void unmap_driverGathersNothing_syncsTheWholeRange() {
    map(IOVA, PADDR, 2 * PAGE);
    bed.driver.gathers = false;
    core.unmap(D1, IOVA, 2 * PAGE);
    assertThat(bed.calls).last().isEqualTo("sync 0x400000..0x401fff");
  }

  @Test
  void unmap_misalignedOrNotPaging_returnsZeroWithoutDriver() {
    map(IOVA, PADDR, PAGE);
    bed.calls.clear();
    assertThat(core.unmap(D1, IOVA.plus(8), PAGE)).isZero();
    assertThat(core.unmap(D1, IOVA, PAGE + 8)).isZero();
    assertThat(core.unmap(IDENTITY, IOVA, PAGE)).isZero();
    assertThat(core.unmap(UNKNOWN, IOVA, PAGE)).isZero();
    assertThat(core.unmap(D1, IOVA, 0)).isZero();
    assertThat(bed.calls).isEmpty();
  }

  @Test
  void iovaToPhys_domainTypes_giveAddressOrZero() {
    map(IOVA, PADDR, PAGE);
    assertThat(core.iovaToPhys(D1, IOVA.plus(0x123))).isEqualTo(PADDR.plus(0x123));
    assertThat(core.iovaToPhys(IDENTITY, IOVA)).isEqualTo(new PhysAddr(IOVA.bytes()));
    assertThat(core.iovaToPhys(BLOCKED, IOVA)).isEqualTo(new PhysAddr(0));
    assertThat(core.iovaToPhys(UNKNOWN, IOVA)).isEqualTo(new PhysAddr(0));
  }
}
