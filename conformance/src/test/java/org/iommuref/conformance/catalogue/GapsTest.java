package org.iommuref.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Citation;
import org.iommuref.spec.clause.ClauseId;
import org.junit.jupiter.api.Test;

/** Small catalogues with one gap each: every check can fail. */
class GapsTest {

  private static final String CASE = "org.iommuref.conformance.cases.MapCases#one(Pages)";

  private final List<String> clauses = new ArrayList<>();
  private final List<Citation> citations = new ArrayList<>();
  private final Map<String, ClauseId> cases = new TreeMap<>();
  private final Map<String, List<ClauseId>> mutants = new TreeMap<>();
  private final List<String> invariants = new ArrayList<>();

  /** One clause with all that it wants. */
  private GapsTest whole() {
    clauses.add(clause("MAP-001", "must", "tested"));
    citations.add(citation("MAP-001", "conformance", "method", CASE));
    citations.add(citation("MAP-001", "tla", "operator", "Model!Reaches"));
    cases.put("MAP-001 a case", ClauseId.parse("MAP-001"));
    mutants.put("loses-pages", List.of(ClauseId.parse("MAP-001")));
    invariants.add("Model!Reaches");
    return this;
  }

  private static String clause(String id, String level, String check) {
    String why = check.equals("untested") ? "  why: Nothing shows it.\n" : "";
    return """
    - id: %s
      level: %s
      title: A title
      statement: A unit %s do so.
      intent: A reason.
      origin: [{source: kernel, at: file.c function}]
      needs: []
      check: %s
    %s"""
        .formatted(id, level, level, check, why);
  }

  private static Citation citation(String clause, String module, String kind, String element) {
    return new Citation(ClauseId.parse(clause), module, kind, element);
  }

  private List<String> gaps() {
    Map<String, String> files = new HashMap<>();
    files.put("AREAS.yaml", "- {area: MAP, title: Mappings, seams: [2]}\n");
    files.put("SOURCES.yaml", "- {source: kernel, title: The kernel}\n");
    files.put("MAP.yaml", String.join("\n", clauses));
    return Gaps.of(new Evidence(Catalogue.parse(files), citations, cases, mutants, invariants));
  }

  @Test
  void whole_nothingMissing_hasNoGap() {
    assertThat(whole().gaps()).isEmpty();
  }

  @Test
  void citation_ofUnknownClause_isAGap() {
    whole().citations.add(citation("MAP-009", "hw-backends", "type", "org.iommuref.hw.Unit"));
    assertThat(gaps())
        .containsExactly("unknown clause MAP-009, named by org.iommuref.hw.Unit of hw-backends");
  }

  @Test
  void citation_ofWithdrawnClause_isAGap() {
    whole().clauses.add("- id: MAP-002\n  status: withdrawn\n  title: A title\n  why: Wrong.\n");
    citations.add(citation("MAP-002", "hw-backends", "type", "org.iommuref.hw.Unit"));
    assertThat(gaps())
        .containsExactly(
            "clause MAP-002 was withdrawn, named by org.iommuref.hw.Unit of hw-backends");
  }

  @Test
  void mutant_ofUnknownClause_isAGap() {
    whole().mutants.put("names-nothing", List.of(ClauseId.parse("MAP-009")));
    assertThat(gaps()).containsExactly("unknown clause MAP-009, named by mutant names-nothing");
  }

  @Test
  void testedMust_withoutCase_isAGap() {
    whole().cases.clear();
    citations.remove(0);
    assertThat(gaps()).containsExactly("MAP-001 is tested and has no case");
  }

  @Test
  void testedMust_withoutMutant_isAGap() {
    whole().mutants.clear();
    assertThat(gaps()).containsExactly("MAP-001 is tested and no mutant names it");
  }

  @Test
  void testedShould_withoutCaseOrMutant_isNone() {
    whole().clauses.add(clause("MAP-002", "should", "tested"));
    clauses.add(clause("MAP-003", "may", "tested"));
    assertThat(gaps()).isEmpty();
  }

  @Test
  void modelOnlyOrUntested_withoutCaseOrMutant_isNoneIfItSaysWhy() {
    whole().clauses.add(clause("MAP-002", "must", "untested"));
    clauses.add(clause("MAP-003", "must", "model-only") + "  why: A race.\n");
    assertThat(gaps()).isEmpty();
  }

  @Test
  void modelOnly_withoutReason_isAGap() {
    whole().clauses.add(clause("MAP-002", "must", "model-only"));
    assertThat(gaps()).containsExactly("MAP-002 is model-only and does not say why");
  }

  @Test
  void case_ofUnknownClause_isAGap() {
    whole().cases.put("MAP-009 a case", ClauseId.parse("MAP-009"));
    assertThat(gaps())
        .containsExactly(
            "unknown clause MAP-009, named by the case 'MAP-009 a case'",
            "the case 'MAP-009 a case' is cited by no method of org.iommuref.conformance.cases.*");
  }

  @Test
  void case_ofClauseThatIsCalledUntested_isAGap() {
    whole().clauses.set(0, clause("MAP-001", "must", "untested"));
    assertThat(gaps())
        .containsExactly("the case 'MAP-001 a case' shows a clause that is untested: MAP-001");
  }

  @Test
  void citation_ofTheCasesWithoutCase_isAGap() {
    whole().clauses.add(clause("MAP-002", "should", "tested"));
    citations.add(citation("MAP-002", "conformance", "method", CASE));
    assertThat(gaps()).containsExactly(CASE + " cites MAP-002, of no case");
  }

  @Test
  void invariant_thatCitesNothing_isAGap() {
    whole().invariants.add("Model!Untold");
    assertThat(gaps()).containsExactly("the invariant Model!Untold cites no clause");
  }

  @Test
  void properties_ofAConfig_areThoseOfItsSections() {
    String config =
        """
        \\* A config.
        CONSTANTS
          Pages = {p1, p2}
        SPECIFICATION Spec
        INVARIANTS
          TypeOK \\* shapes
          Reaches
        ACTION_CONSTRAINT Soon
        PROPERTY Ends
        """;
    assertThat(Properties.in(config)).containsExactly("TypeOK", "Reaches", "Ends");
  }
}
