package org.iommuref.spec.clause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalogue of the project itself, and what a catalogue answers. */
class CatalogueTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

  @ParameterizedTest
  @CsvSource({
    "DOM,7",
    "GRP,8",
    "ATT,8",
    "PASID,8",
    "MAP,17",
    "INV,12",
    "FREC,8",
    "VTD,30",
    "UAPI,80",
    "OBJ,50",
    "IOAS,134",
    "OPT,23",
    "PIN,33",
    "HWPT,39",
    "DEV,66",
    "ACC,32"
  })
  void load_eachArea_hasItsClauses(String area, int minimum) {
    assertThat(CATALOGUE.clausesOf(area)).hasSizeGreaterThanOrEqualTo(minimum);
  }

  @Test
  void load_clauses_areOrderedByAreaThenNumber() {
    assertThat(CATALOGUE.clauses()).extracting(ClauseDefinition::id).isSorted();
  }

  @Test
  void load_everyRegisteredSource_isTheOriginOfSomeClause() {
    assertThat(CATALOGUE.clauses())
        .flatExtracting(ClauseDefinition::origins)
        .extracting(Origin::source)
        .containsAll(CATALOGUE.sources().stream().map(Source::name).toList());
  }

  @Test
  void load_neutralClause_needsNoArchitecture() {
    assertThat(CATALOGUE.clauses())
        .filteredOn(clause -> !clause.id().area().equals("VTD"))
        .noneMatch(clause -> clause.needs().contains(Capability.VTD));
  }

  @Test
  void load_clauseOfAnArchitecture_needsIt() {
    assertThat(CATALOGUE.clausesOf("VTD"))
        .allMatch(clause -> clause.needs().contains(Capability.VTD));
  }

  @Test
  void load_aNeededCapability_isNotNamedBesideOneThatImpliesIt() {
    assertThat(CATALOGUE.clauses())
        .allSatisfy(
            clause ->
                assertThat(clause.needs())
                    .noneMatch(
                        need ->
                            clause.needs().stream()
                                .anyMatch(other -> other.implied().contains(need))));
  }

  @Test
  void load_everyCapabilityButUnclaimedStimuli_isNeededBySomeClause() {
    Set<Capability> needed = EnumSet.noneOf(Capability.class);
    CATALOGUE.clauses().forEach(clause -> needed.addAll(Capability.closure(clause.needs())));
    assertThat(Arrays.stream(Capability.values()).filter(it -> !needed.contains(it)))
        .allMatch(it -> it.kind() == Capability.Kind.STIMULUS);
  }

  @Test
  void parse_theFilesOfTheFolder_givesWhatTheResourcesGive() throws IOException {
    Map<String, String> files = new HashMap<>();
    try (Stream<Path> folder = Files.list(Path.of("clauses"))) {
      for (Path file : folder.filter(path -> path.toString().endsWith(".yaml")).toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(Catalogue.parse(files).clauses()).isEqualTo(CATALOGUE.clauses());
  }

  @Test
  void cited_aClauseInForce_isGiven() {
    assertThat(CATALOGUE.cited("INV-001").title()).isEqualTo("No stale translation after sync");
  }

  @Test
  void cited_anUnknownId_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATALOGUE.cited("INV-999"))
        .withMessage("unknown clause INV-999");
  }

  @Test
  void cited_aWithdrawnClause_isRefusedWithItsSuccessor() {
    Catalogue catalogue =
        CatalogueFiles.of(
            CatalogueFiles.clause("INV-001"),
            CatalogueFiles.withdrawn("INV-002", "successor: INV-001"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> catalogue.cited("INV-002"))
        .withMessage("clause INV-002 was withdrawn; its successor is INV-001");
  }

  @Test
  void find_aWithdrawnClause_isEmptyThoughItsEntryIsListed() {
    Catalogue catalogue =
        CatalogueFiles.of(CatalogueFiles.clause("INV-001"), CatalogueFiles.withdrawn("INV-002"));
    ClauseId gone = ClauseId.parse("INV-002");
    assertThat(catalogue.find(gone)).isEmpty();
    assertThat(catalogue.withdrawn()).extracting(WithdrawnClause::id).containsExactly(gone);
    assertThat(catalogue.withdrawn())
        .extracting(WithdrawnClause::successor)
        .containsOnly(Optional.empty());
  }

  @Test
  void parse_aClause_givesEveryField() {
    Catalogue catalogue =
        CatalogueFiles.of(
            """
            - id: INV-007
              level: should
              title: A title
              statement: A unit should do so.
              intent: A reason.
              origin: [{source: manual, at: "6.5"}, {source: kernel, at: file.c function}]
              since: 5.10
              needs: [TWO_UNITS, PASID]
              check: untested
              why: Nothing shows it.
            """);
    assertThat(catalogue.clauses())
        .containsExactly(
            new ClauseDefinition(
                new ClauseId("INV", 7),
                new Position("clauses/INV.yaml", 1),
                Level.SHOULD,
                "A title",
                "A unit should do so.",
                "A reason.",
                List.of(new Origin("manual", "6.5"), new Origin("kernel", "file.c function")),
                Optional.of("5.10"),
                Set.of(2),
                EnumSet.of(Capability.PASID, Capability.TWO_UNITS),
                Check.UNTESTED,
                Optional.of("Nothing shows it.")));
  }

  @Test
  void clause_thatNamesItsSeams_isShownThere_andOthersWhereTheirAreaIs() {
    String elsewhere =
        CatalogueFiles.clause("INV-002").replace("  needs: []", "  seams: [1, 3]\n  needs: []");
    Catalogue catalogue = CatalogueFiles.of(CatalogueFiles.clause("INV-001"), elsewhere);
    for (int seam = 1; seam <= 3; seam++) {
      assertThat(catalogue.isShownAt(new ClauseId("INV", 1), seam)).isEqualTo(seam == 2);
      assertThat(catalogue.isShownAt(new ClauseId("INV", 2), seam)).isEqualTo(seam != 2);
      assertThat(catalogue.isShownAt(new ClauseId("INV", 3), seam)).isFalse();
    }
  }

  @Test
  void source_aRegisteredName_givesItsTitle() {
    assertThat(CATALOGUE.source("vt-d").map(Source::title).orElse("")).contains("revision 5.10");
    assertThat(CATALOGUE.source("vtd")).isEmpty();
  }
}
