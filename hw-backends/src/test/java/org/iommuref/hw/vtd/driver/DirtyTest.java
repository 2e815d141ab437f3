package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.hw.vtd.driver.DrivenUnits.FIRST;
import static org.iommuref.hw.vtd.driver.DrivenUnits.PAGE;
import static org.iommuref.hw.vtd.driver.DrivenUnits.SECOND;
import static org.iommuref.hw.vtd.driver.DrivenUnits.page;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.PagingDomains;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What devices have written shows, once for each time that it was made clean. DIRTY-007. */
class DirtyTest {

  private static final int DIRTY = 2;
  private static final DomainId DOMAIN = new DomainId(1);
  private static final long IOVA = 0x4000;

  private final DrivenUnits machine =
      DrivenUnits.of(ScalableProvider.parts().configuration()).probed();
  private final DirtyTracking tracking =
      machine.backend.extension(DirtyTracking.class).orElseThrow();

  @BeforeEach
  void attach() {
    machine
        .backend
        .extension(PagingDomains.class)
        .orElseThrow()
        .allocatePaging(DOMAIN, FIRST, DIRTY, null)
        .value();
    machine.map(DOMAIN, IOVA, page(1), PAGE, 3).value();
    machine.attach(FIRST, DOMAIN, null);
  }

  @Test
  void read_withoutTracking_findsNothing() {
    machine.write(FIRST, IOVA, 7);
    assertThat(dirty(true)).as("DIRTY-007").isEmpty();
  }

  @Test
  void read_afterWrites_findsThemOnce() {
    track(true);
    machine.write(FIRST, IOVA, 7);
    machine.write(FIRST, IOVA + 2 * PAGE, 8);
    assertThat(dirty(false)).containsExactly(IOVA, IOVA + 2 * PAGE);
    assertThat(dirty(true)).containsExactly(IOVA, IOVA + 2 * PAGE);
    assertThat(dirty(true)).as("DIRTY-025").isEmpty();
  }

  @Test
  void write_afterClean_isFoundAgain() {
    track(true);
    machine.write(FIRST, IOVA, 7);
    dirty(true);
    machine.write(FIRST, IOVA, 8);
    assertThat(dirty(true)).as("what was cached as dirty is invalidated").containsExactly(IOVA);
  }

  @Test
  void tracking_thatBeginsWhileAttached_seesTheNextWrite() {
    machine.write(FIRST, IOVA, 7);
    track(true);
    machine.write(FIRST, IOVA, 8);
    assertThat(dirty(true)).as("the cached entry is invalidated").containsExactly(IOVA);
  }

  @Test
  void tracking_ofADomainOfLaterDevices_holdsForThem() {
    track(true);
    machine.attach(SECOND, DOMAIN, null);
    machine.write(SECOND, IOVA + PAGE, 7);
    assertThat(dirty(true)).containsExactly(IOVA + PAGE);
  }

  @Test
  void tracking_thatEnds_seesNothingMore() {
    track(true);
    track(false);
    machine.write(FIRST, IOVA, 7);
    assertThat(dirty(true)).isEmpty();
  }

  private void track(boolean on) {
    tracking.setDirtyTracking(DOMAIN, on).value();
  }

  private List<Long> dirty(boolean clear) {
    List<Long> found = new ArrayList<>();
    Gather gather = new Gather();
    tracking
        .readAndClearDirty(
            DOMAIN, new Iova(0), 16 * PAGE, clear, (iova, length) -> found.add(iova), gather)
        .value();
    machine.backend.sync(DOMAIN, gather);
    return found;
  }
}
