package org.iommuref.conformance.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

  @Test
  void distance_countsLettersChangedAddedAndLeftOut() {
    assertThat(Spelling.distance("sync", "sync")).isZero();
    assertThat(Spelling.distance("sync", "SYNC")).isZero();
    assertThat(Spelling.distance("sync", "synk")).isEqualTo(1);
    assertThat(Spelling.distance("sync", "sy")).isEqualTo(2);
    assertThat(Spelling.distance("", "sync")).isEqualTo(4);
    assertThat(Spelling.distance("attach", "detach")).isEqualTo(2);
  }

  @Test
  void nearest_orderedByDistance_leavesOutTheUnlike() {
    List<String> names = List.of("vtd-no-sync", "INV-010", "INV-001", "UnmapFlush");

    assertThat(Spelling.nearest("inv-011", names, 3)).containsExactly("INV-001", "INV-010");
    assertThat(Spelling.nearest("unmap", names, 3)).containsExactly("UnmapFlush");
    assertThat(Spelling.nearest("INV-01", names, 1)).containsExactly("INV-001");
    assertThat(Spelling.nearest("zzz", names, 3)).isEmpty();
  }
}
