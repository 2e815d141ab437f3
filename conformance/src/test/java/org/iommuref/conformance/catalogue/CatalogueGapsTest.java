package org.iommuref.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The build fails on a gap. */
class CatalogueGapsTest {

  private static final Evidence BUILD = Evidence.ofTheBuild();

  @Test
  void build_catalogueCitationsCasesModelsAndMutants_leaveNoGap() {
    assertThat(Gaps.of(BUILD)).isEmpty();
  }

  /** Nothing is missing where nothing is looked at. */
  @Test
  void build_everyKindOfEvidence_isThere() {
    assertThat(BUILD.catalogue().clauses()).hasSizeGreaterThan(100);
    assertThat(BUILD.citations())
        .extracting(citation -> citation.module() + " " + citation.kind())
        .contains("reference-model method", "hw-backends method", "conformance method")
        .contains("tla operator");
    assertThat(BUILD.cases()).hasSizeGreaterThan(100);
    assertThat(BUILD.mutants()).hasSizeGreaterThan(200);
    assertThat(BUILD.invariants()).contains("UnmapFlush!NoStaleTranslation");
  }
}
