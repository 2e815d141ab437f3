package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {

  @Test
  void explain_clause_showsEverythingTiedToIt() {
    String text = explained("INV-001");

    assertThat(text)
        .startsWith("INV-001  No stale translation after sync\n")
        .contains("level      must\n")
        .contains("an access must not use the removed translation")
        .contains("drivers/iommu/iommu.c iommu_unmap  (Linux kernel source")
        .contains("needs      nothing\n")
        .contains("check      tested\n")
        .contains("INV-001 a removed page faults after the sync\n")
        .containsPattern("  core-unmap-without-sync +iommu_unmap does not sync\n")
        .contains("UnmapFlush!NoStaleTranslation\n")
        .contains("org.iommuref.hw.vtd.driver.VtdBackend#sync(DomainId,Gather)\n");
    assertThat(explained("inv-001")).isEqualTo(text);
  }

  @Test
  void explain_mutant_givesTheKillingCommand() {
    String text = explained("mutant:core-unmap-without-sync");

    assertThat(text)
        .startsWith("core-unmap-without-sync  iommu_unmap does not sync\n")
        .contains("./iommuref conform --target mutant:core-unmap-without-sync\n")
        .contains("INV-001  No stale translation after sync\n");
    assertThat(explained("core-unmap-without-sync")).isEqualTo(text);
  }

  @Test
  void explain_clauseOfAUnit_showsItsCases() {
    assertThat(explained("VTD-021"))
        .containsPattern("\ncases that show it\n  VTD-021 .*\n")
        .contains("git grep VTD-021");
  }

  @Test
  void explain_clauseOfACheck_showsTheConditionOfTheModel() {
    assertThat(explained("HWPT-021"))
        .containsPattern(
            "iommufd_viommu_alloc_hwpt_nested +EINVAL when the device is behind another unit\n");
    assertThat(explained("INV-001")).doesNotContain("conditions of the model");
  }

  @Test
  void explain_mutantOfAUnit_namesItsSeam() {
    assertThat(explained("vtd-unit-ignores-fpd"))
        .contains("./iommuref conform --seam 1 --target mutant:vtd-unit-ignores-fpd\n");
  }

  @Test
  void explain_race_givesTheCommandsThatShowIt() {
    assertThat(explained("R07"))
        .startsWith("R07  a large leaf takes the place of a table")
        .contains("./iommuref explore large-page-over-table --mutants\n")
        .contains("./iommuref check UnmapFlush --fault LeafOnlyOnUnlink\n")
        .contains("./iommuref conform --target mutant:vtd-always-leaf-only\n")
        .contains("INV-009  Unlinked tables are invalidated too\n");
    assertThat(explained("r02")).containsPattern("unseen +the DMA layer above the driver");
  }

  @Test
  void explain_unit_saysHowItIsJudged() {
    assertThat(explained("vtd-full")).contains("./iommuref conform --seam 1 --target vtd-full\n");
  }

  @Test
  void explain_model_showsSubjectRulesAndFaults() {
    assertThat(explained("UnmapFlush"))
        .startsWith("UnmapFlush  Unmap against a device")
        .contains("Two CPUs map and unmap two IOVAs while devices translate.")
        .doesNotContain("Of the caller")
        .containsPattern("UnmapFlush!AccessesDrained +INV-002  Sync waits for accesses")
        .containsPattern("NoDrain +The wait completes .*; violates AccessesDrained; quick\n")
        .containsPattern("MCUnmapFlush +The correct protocol; ok, \\d+ states; quick\n");
  }

  @Test
  void explain_scenario_tellsWhatRacesAndWhatMayComeOfIt() {
    assertThat(explained("unmap-against-dma"))
        .startsWith("unmap-against-dma  A page that was unmapped and synced")
        .contains("run by     ./iommuref explore unmap-against-dma\n")
        .contains("stores     sequential\n")
        .contains("A CPU unmaps a page, syncs, and gives the page to a new owner")
        .containsPattern("\n  cpu +unmap domain 1 iova 0x40000000 ")
        .containsPattern("\n  forbidden +page=dma; INV-001 INV-002; the device has written")
        .containsPattern("\n  vtd-without-drain +no invalidation asks");
  }

  @Test
  void explain_mutantOfARace_givesTheScenariosThatKillIt() {
    assertThat(explained("vtd-tag-after-entry"))
        .contains("./iommuref explore attach-against-unmap --target mutant:vtd-tag-after-entry\n");
    assertThat(explained("INV-004"))
        .containsPattern("\n  attach-against-unmap +An unmap reaches a device")
        .containsPattern("\n  vtd-tag-after-entry +a domain has a device's tag only");
  }

  @Test
  void explain_target_showsWhatItClaims() {
    assertThat(explained("ideal"))
        .contains("pages      4 KiB, 2 MiB, 1 GiB\n")
        .containsPattern("\\d+ do not, for want of VTD\n")
        .containsPattern("\\d+ of the core\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mock", "linux"})
  void explain_targetOfSeam3_saysHowItIsJudged(String target) {
    assertThat(explained(target))
        .contains("./iommuref conform --seam 3 --target " + target + "\n")
        .contains("VFIO_NODE, MOCK\n");
  }

  @Test
  void explain_unknownId_namesTheNearest() {
    CommandRun run = CommandRun.of("explain", "INV-0001");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo("iommuref: unknown id 'INV-0001'; nearest: INV-001, GINV-001, INV-002\n");
    assertThat(CommandRun.of("explain", "?").err())
        .isEqualTo(
            "iommuref: unknown id '?'; see ./iommuref list clauses, models, mutants, scenarios,"
                + " races or targets\n");
  }

  private static String explained(String id) {
    CommandRun run = CommandRun.of("explain", id);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }
}
