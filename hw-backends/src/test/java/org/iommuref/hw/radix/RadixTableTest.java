package org.iommuref.hw.radix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.radix.FourEntryFormat.APERTURE;
import static org.iommuref.hw.radix.FourEntryFormat.LARGE;
import static org.iommuref.hw.radix.FourEntryFormat.MIDDLE;
import static org.iommuref.hw.radix.FourEntryFormat.SMALL;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.radix.TableStep.ClearPte;
import org.iommuref.hw.radix.TableStep.FreeTable;
import org.iommuref.hw.radix.TableStep.LinkTable;
import org.iommuref.hw.radix.TableStep.ReadEntry;
import org.iommuref.hw.radix.TableStep.UnlinkTable;
import org.iommuref.hw.radix.TableStep.WritePte;
import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepMutation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a table alone can show of map and unmap. */
@Clause({"MAP-001", "MAP-002", "MAP-006", "MAP-009", "MAP-010", "MAP-011", "MAP-012", "INV-007"})
class RadixTableTest {

  private static final long PAGE = 0x100_0000L;

  private final Memory memory = SystemMemory.ofSize(1L << 40);
  private final PagePool pool = new PagePool(memory, 0x10_0000L, 40);
  private final DirectSteps steps = DirectSteps.plain();
  private final Gather gather = new Gather();
  private final RadixTable table = table(steps);

  private RadixTable table(DirectSteps with) {
    return RadixTable.allocate(
            new FourEntryFormat(), MapChecks.LINUX, new TableMemory(memory, pool, with))
        .value();
  }

  private Result<Long> map(long iova, long paddr, long pageSize, long count) {
    return table.map(iova, paddr, pageSize, count, Prot.READ_WRITE, gather);
  }

  @Test
  void mappedPages_translateAtEveryOffset() {
    assertThat(map(0x3000, PAGE, SMALL, 3)).isEqualTo(Result.ok(3 * SMALL));

    assertThat(table.translate(0x2fff)).isZero();
    assertThat(table.translate(0x3000)).isEqualTo(PAGE);
    assertThat(table.translate(0x5ff8)).isEqualTo(PAGE + 0x2ff8);
    assertThat(table.translate(0x6000)).isZero();
  }

  @Test
  void pagesOfTheSameTable_areWalkedToOnce() {
    map(0, PAGE, SMALL, 4);

    assertThat(stepsOf(ReadEntry.class)).hasSize(2 + 4);
  }

  @ParameterizedTest
  @MethodSource("refusedMaps")
  void mapThatCannotBe_isRefusedInTheKernelsOrder(
      long iova, long paddr, long pageSize, long count, Prot prot, Errno errno) {
    assertThat(table.map(iova, paddr, pageSize, count, prot, gather)).isEqualTo(Result.err(errno));
    assertThat(stepsOf(WritePte.class)).isEmpty();
  }

  static Stream<Arguments> refusedMaps() {
    return Stream.of(
        Arguments.of(APERTURE, -1L, SMALL, 0L, Prot.NONE, Errno.EINVAL),
        Arguments.of(0L, 0L, 2 * SMALL, 1L, Prot.READ, Errno.EINVAL),
        Arguments.of(0L, 0L, SMALL | MIDDLE, 1L, Prot.READ, Errno.EINVAL),
        Arguments.of(APERTURE, 1L << 40, SMALL, 0L, Prot.READ, Errno.ERANGE),
        Arguments.of(1L, 0L, SMALL, 0L, Prot.READ, Errno.EINVAL),
        Arguments.of(1L, 0L, SMALL, -1L, Prot.READ, Errno.EINVAL),
        Arguments.of(-SMALL + 1, 0L, SMALL, 2L, Prot.READ, Errno.EOVERFLOW),
        Arguments.of(0L, 0L, SMALL, Long.MAX_VALUE, Prot.READ, Errno.EOVERFLOW),
        Arguments.of(APERTURE + 8, 0L, SMALL, 1L, Prot.READ, Errno.ENXIO),
        Arguments.of(0L, SMALL, MIDDLE, 1L, Prot.READ, Errno.ENXIO),
        Arguments.of(APERTURE, 0L, SMALL, 1L, Prot.READ, Errno.ERANGE),
        Arguments.of(APERTURE - SMALL, 0L, SMALL, 2L, Prot.READ, Errno.ERANGE),
        Arguments.of(0L, (1L << 40) - SMALL, SMALL, 2L, Prot.READ, Errno.ERANGE));
  }

  @Test
  void lastPageOfTheAperture_canBeMappedAndUnmapped() {
    assertThat(map(APERTURE - SMALL, PAGE, SMALL, 1).isOk()).isTrue();

    assertThat(table.translate(APERTURE - 1)).isEqualTo(PAGE + SMALL - 1);
    assertThat(table.unmap(APERTURE - SMALL, SMALL, gather)).isEqualTo(SMALL);
    assertThat(table.translate(APERTURE - 1)).isZero();
  }

  @Test
  void unmapBeyondTheAperture_removesNothing() {
    map(APERTURE - SMALL, PAGE, SMALL, 1);

    assertThat(table.unmap(APERTURE - SMALL, 2 * SMALL, gather)).isZero();
    assertThat(table.unmap(APERTURE, SMALL, gather)).isZero();
    assertThat(gather.isEmpty()).isTrue();
  }

  @Test
  void mapOverAMapping_failsWithWhatWasMappedBefore() {
    map(0x2000, PAGE, SMALL, 1);

    assertThat(map(0, PAGE + LARGE, SMALL, 4)).isEqualTo(Result.err(Errno.EADDRINUSE, 2 * SMALL));
    assertThat(table.translate(0x1000)).isEqualTo(PAGE + LARGE + SMALL);
    assertThat(table.translate(0x2000)).isEqualTo(PAGE);
  }

  @Test
  void smallPageInsideALargeOne_isRefused() {
    map(0, PAGE, LARGE, 1);

    assertThat(map(0x5000, PAGE, SMALL, 1)).isEqualTo(Result.err(Errno.EADDRINUSE, 0L));
    assertThat(table.translate(0x5008)).isEqualTo(PAGE + 0x5008);
  }

  @Test
  void unmap_stopsAtTheFirstHole() {
    map(0, PAGE, SMALL, 2);
    map(0x3000, PAGE, SMALL, 1);

    assertThat(table.unmap(0, MIDDLE, gather)).isEqualTo(2 * SMALL);
    assertThat(table.translate(0x3000)).isEqualTo(PAGE);
    assertThat(gather.start()).isZero();
    assertThat(gather.end()).isEqualTo(2 * SMALL - 1);
  }

  @Test
  void unmap_stopsAtAHoleOrInsideAPage_forTheTablesBehindItToo() {
    map(0, PAGE, SMALL, 1);
    map(LARGE, PAGE, LARGE, 1);
    assertThat(table.unmap(0, 2 * LARGE, gather)).as("MAP-011").isEqualTo(SMALL);
    assertThat(table.translate(LARGE)).as("MAP-011").isEqualTo(PAGE);

    map(MIDDLE, PAGE, MIDDLE, 1);
    assertThat(table.unmap(MIDDLE + SMALL, LARGE, gather)).as("MAP-012").isZero();
    assertThat(table.translate(LARGE)).as("MAP-012").isEqualTo(PAGE);
  }

  @Test
  void unmapOfSomePages_leavesThoseBesideThem() {
    map(0, PAGE, SMALL, 4);

    assertThat(table.unmap(SMALL, 2 * SMALL, gather)).isEqualTo(2 * SMALL);
    assertThat(table.translate(0)).isEqualTo(PAGE);
    assertThat(table.translate(3 * SMALL)).isEqualTo(PAGE + 3 * SMALL);
  }

  @Test
  void unmapOfNothing_removesNothing() {
    map(0x1000, PAGE, SMALL, 1);

    assertThat(table.unmap(0, 2 * SMALL, gather)).isZero();
    assertThat(table.unmap(0x1000, 0, gather)).isZero();
    assertThat(gather.isEmpty()).isTrue();
  }

  @Test
  void unmapThatEndsInALargePage_removesItWhole() {
    map(0xf000, PAGE, SMALL, 1);
    map(LARGE, PAGE, LARGE, 1);

    assertThat(table.unmap(0xf000, 2 * SMALL, gather)).isEqualTo(SMALL + LARGE);
    assertThat(gather.end()).isEqualTo(2 * LARGE - 1);
    assertThat(gather.pageSize()).isEqualTo(SMALL);
    assertThat(table.translate(2 * LARGE - 1)).isZero();
  }

  @Test
  void unmapThatStartsInsideALargePage_removesNothing() {
    map(0, PAGE, LARGE, 1);

    assertThat(table.unmap(SMALL, LARGE - SMALL, gather)).isZero();
    assertThat(table.translate(0)).isEqualTo(PAGE);
  }

  @Test
  void unmapOfATablesWholeSpan_unlinksItAfterItsLeavesAndKeepsItInTheGather() {
    map(0, PAGE, SMALL, 4);
    int taken = pool.taken();
    steps.takePerformed();

    assertThat(table.unmap(0, MIDDLE, gather)).isEqualTo(MIDDLE);

    List<Class<?>> changes =
        steps.takePerformed().stream()
            .<Class<?>>map(Object::getClass)
            .filter(type -> type != ReadEntry.class)
            .toList();
    assertThat(changes)
        .containsExactly(
            ClearPte.class, ClearPte.class, ClearPte.class, ClearPte.class, UnlinkTable.class);
    assertThat(gather.freelist()).hasSize(1);
    assertThat(pool.taken()).as("freed by the sync, not by the unmap").isEqualTo(taken);
  }

  @Test
  void unmapOfTheWholeAperture_unlinksTheTablesOfEveryLevelLowestFirst() {
    for (long iova = 0; iova < APERTURE; iova += SMALL) {
      map(iova, PAGE, SMALL, 1);
    }
    steps.takePerformed();

    assertThat(table.unmap(0, APERTURE, gather)).isEqualTo(APERTURE);

    assertThat(stepsOf(UnlinkTable.class)).hasSize(4 * 4 + 4);
    assertThat(gather.freelist()).hasSize(20);
    gather.freelist().forEach(pool::free);
    assertThat(pool.taken()).isEqualTo(1);
  }

  @Test
  void tableEmptiedPieceByPiece_stays() {
    map(0, PAGE, SMALL, 4);

    table.unmap(0, 2 * SMALL, gather);
    table.unmap(2 * SMALL, 2 * SMALL, gather);

    assertThat(gather.unlinkedTables()).isFalse();
    assertThat(stepsOf(UnlinkTable.class)).isEmpty();
  }

  @Test
  void largePageOverAnEmptiedTable_takesItsPlace() {
    map(0, PAGE, SMALL, 16);
    for (long iova = 0; iova < LARGE; iova += SMALL) {
      table.unmap(iova, SMALL, gather);
    }
    Gather replaced = new Gather();

    assertThat(table.map(0, PAGE, LARGE, 1, Prot.READ, replaced)).isEqualTo(Result.ok(LARGE));

    assertThat(table.translate(0x5008)).isEqualTo(PAGE + 0x5008);
    assertThat(replaced.freelist()).hasSize(1 + 4);
    assertThat(replaced.start()).isZero();
    assertThat(replaced.end()).isEqualTo(LARGE - 1);
  }

  @Test
  void largePageOverATableInUse_isRefusedAndChangesNothing() {
    map(LARGE + 0xf000, PAGE, SMALL, 1);
    Gather replaced = new Gather();

    assertThat(table.map(0, PAGE, LARGE, 2, Prot.READ, replaced))
        .isEqualTo(Result.err(Errno.EADDRINUSE, LARGE));
    assertThat(table.translate(LARGE + 0xf000)).isEqualTo(PAGE);
    assertThat(replaced.unlinkedTables()).isFalse();
  }

  @Test
  void noPageLeft_isENOMEM() {
    while (pool.taken() < 40) {
      pool.allocate();
    }

    assertThat(map(0, PAGE, SMALL, 1)).isEqualTo(Result.err(Errno.ENOMEM, 0L));
    assertThat(
            RadixTable.allocate(
                new FourEntryFormat(), MapChecks.LINUX, new TableMemory(memory, pool, steps)))
        .isEqualTo(Result.err(Errno.ENOMEM));
  }

  @Test
  void loserOfARaceToLinkATable_freesItsPageAndUsesTheWinners() {
    int[] races = {1};
    DirectSteps racing = DirectSteps.mutated(step -> raced(step, races));
    RadixTable shared = table(racing);
    int before = pool.taken();

    shared.map(0, PAGE, MIDDLE, 1, Prot.READ, gather);

    assertThat(shared.translate(8)).isEqualTo(PAGE + 8);
    assertThat(pool.taken()).isEqualTo(before + 1);
    assertThat(racing.takePerformed()).hasAtLeastOneElementOfType(FreeTable.class);
  }

  /** Just before the first link, another CPU links a page of its own into the same entry. */
  private List<? extends Step> raced(Step step, int[] races) {
    if (step instanceof LinkTable link && races[0]-- > 0) {
      long winner = pool.allocate();
      memory.writeLong(link.slot(), new FourEntryFormat().link(winner, link.level()));
    }
    return StepMutation.NONE.apply(step);
  }

  @Test
  void free_givesBackEveryPage() {
    map(0, PAGE, SMALL, 5);
    map(LARGE, PAGE, MIDDLE, 1);

    table.free();

    assertThat(pool.taken()).isZero();
  }

  @Test
  void tableThatWasUnlinked_isMadeAnewWhereItIsNeededAgain() {
    map(0, PAGE, SMALL, 4);
    table.unmap(0, MIDDLE, gather);
    assertThat(stepsOf(UnlinkTable.class)).hasSize(1);

    map(0, PAGE, SMALL, 1);

    assertThat(stepsOf(LinkTable.class)).hasSize(1);
    assertThat(table.translate(0)).isEqualTo(PAGE);
  }

  private List<Step> stepsOf(Class<? extends Step> type) {
    return steps.takePerformed().stream().filter(type::isInstance).toList();
  }
}
