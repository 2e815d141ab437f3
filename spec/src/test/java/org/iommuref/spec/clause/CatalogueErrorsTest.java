package org.iommuref.spec.clause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a file of the catalogue is told in one line, with file and line. */
class CatalogueErrorsTest {

  private static void refused(Map<String, String> files, String message) {
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> Catalogue.parse(files))
        .withMessage(message);
  }

  private static void refused(String entries, String message) {
    refused(CatalogueFiles.files(entries), message);
  }

  /** Each line of the entry that is changed, what it is changed to, and what is said of it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id: INV-001           | id: INV-1               | 1: 'INV-1' is not a clause id (AREA-NNN, as INV-001)
          id: INV-001           | id: MAP-001             | 1: id MAP-001 does not belong to area INV, whose file this is
          level: must           | level: shall            | 2: unknown level 'shall' (wants must, should, may)
          level: must           | levle: must             | 2: unknown field 'levle'
          level: must           | title: Twice            | 3: field 'title' given twice
          title: A title        | title: [A, title]       | 3: field 'title' wants a text
          title: A title        | title:                  | 3: field 'title' wants a text
          A unit must do so.    | A unit does so.         | 4: statement wants 'must' once, as its only keyword, and has []
          A unit must do so.    | A unit may do so.       | 4: statement wants 'must' once, as its only keyword, and has [may]
          A unit must do so.    | A unit must or may.     | 4: statement wants 'must' once, as its only keyword, and has [must, may]
          A unit must do so.    | A unit must. It does.   | 4: statement is not one sentence
          A unit must do so.    | A unit must do so       | 4: statement is not one sentence
          source: kernel        | source: kernal          | 6: unknown source 'kernal' (not registered in clauses/SOURCES.yaml)
          source: kernel        | page: 7, source: kernel | 6: unknown field 'page'
          at: file.c function   | at: ''                  | 6: field 'at' wants a text
          needs: []             | needs: PASID            | 7: field 'needs' wants a list
          needs: []             | needs: [PASSID]         | 7: unknown capability 'PASSID'
          check: tested         | check: checked          | 8: unknown check 'checked' (wants tested, stochastic, model-only, untested)
          check: tested         | check: untested         | 8: an untested clause wants the field 'why'
          intent: A reason.     | status: gone            | 5: unknown status 'gone' (wants withdrawn)
          """)
  void parse_aWrongField_isToldWithItsLine(String line, String wrong, String problem) {
    refused(CatalogueFiles.clause("INV-001").replace(line, wrong), "clauses/INV.yaml:" + problem);
  }

  @ParameterizedTest
  @CsvSource({"level", "title", "statement", "intent", "origin", "needs", "check"})
  void parse_aMissingField_isToldWithTheLineOfItsEntry(String field) {
    String entry = CatalogueFiles.clause("INV-002").replaceFirst("  " + field + ":.*\n", "");
    refused(
        CatalogueFiles.clause("INV-001") + entry,
        "clauses/INV.yaml:9: missing field '" + field + "'");
  }

  @Test
  void parse_anEntryWithoutId_isToldWithItsLine() {
    refused("- level: must\n", "clauses/INV.yaml:1: missing field 'id'");
  }

  @Test
  void parse_aTestedClauseWithAReason_isTold() {
    refused(
        CatalogueFiles.clause("INV-001") + "  why: Nobody asked.\n",
        "clauses/INV.yaml:9: a tested clause has no field 'why'");
  }

  @Test
  void parse_malformedYaml_isToldWithItsLine() {
    refused(
        CatalogueFiles.clause("INV-001") + "  why: \"no end\n",
        "clauses/INV.yaml:10: malformed YAML: found unexpected end of stream");
  }

  @Test
  void parse_anUnprintableCharacter_isTold() {
    assertThatExceptionOfType(CatalogueException.class)
        .isThrownBy(() -> CatalogueFiles.of("- id: \u0001\n"))
        .withMessageStartingWith("clauses/INV.yaml")
        .withMessageContaining("malformed YAML: ")
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void parse_anEmptyFile_isTold() {
    refused("", "clauses/INV.yaml: no entries");
    refused("# nothing yet\n[]\n", "clauses/INV.yaml:2: no entries");
  }

  @Test
  void parse_anythingButAListOfEntries_isTold() {
    refused("id: INV-001\n", "clauses/INV.yaml:1: a list of entries is wanted here");
    refused("\n- INV-001\n", "clauses/INV.yaml:2: an entry with fields is wanted here");
  }

  @Test
  void parse_aDuplicateId_isToldWithBothLines() {
    refused(
        CatalogueFiles.clause("INV-001") + CatalogueFiles.clause("INV-001"),
        "clauses/INV.yaml:9: duplicate id INV-001 (first at clauses/INV.yaml:1)");
  }

  @Test
  void parse_aWithdrawnIdUsedAgain_isToldWithBothLines() {
    refused(
        CatalogueFiles.withdrawn("INV-001") + CatalogueFiles.clause("INV-001"),
        "clauses/INV.yaml:5: reused id INV-001 (withdrawn at clauses/INV.yaml:1)");
  }

  @Test
  void parse_anIdWithdrawnAfterItsClause_isTold() {
    refused(
        CatalogueFiles.clause("INV-001") + CatalogueFiles.withdrawn("INV-001"),
        "clauses/INV.yaml:9: duplicate id INV-001 (first at clauses/INV.yaml:1)");
  }

  @Test
  void parse_aWithdrawnEntryWithOtherFields_isTold() {
    refused(
        CatalogueFiles.withdrawn("INV-001", "level: must"),
        "clauses/INV.yaml:5: unknown field 'level'");
  }

  @Test
  void parse_aSuccessorThatIsNotInForce_isTold() {
    refused(
        CatalogueFiles.withdrawn("INV-001", "successor: INV-002")
            + CatalogueFiles.withdrawn("INV-002"),
        "clauses/INV.yaml:1: successor INV-002 is no clause in force");
  }

  @Test
  void parse_aFileOfAnUnknownArea_isTold() {
    Map<String, String> files = CatalogueFiles.files(CatalogueFiles.clause("INV-001"));
    files.put("IVN.yaml", CatalogueFiles.clause("IVN-001"));
    refused(files, "clauses/IVN.yaml: unknown area IVN (not registered in clauses/AREAS.yaml)");
  }

  @Test
  void parse_anAreaWithoutAFile_isTold() {
    Map<String, String> files = CatalogueFiles.files(CatalogueFiles.clause("INV-001"));
    files.put(
        "AREAS.yaml",
        """
        - {area: INV, title: Invalidation, seams: [2]}
        - {area: MAP, title: Mapping, seams: [2]}
        """);
    refused(files, "clauses/AREAS.yaml:2: area MAP has no file clauses/MAP.yaml");
  }

  @Test
  void parse_anAreaOrSourceGivenTwice_isTold() {
    Map<String, String> files = CatalogueFiles.files(CatalogueFiles.clause("INV-001"));
    files.put(
        "AREAS.yaml", "- {area: INV, title: A, seams: [2]}\n- {area: INV, title: B, seams: [2]}\n");
    refused(files, "clauses/AREAS.yaml:2: area INV given twice");
    files.put("SOURCES.yaml", "- {source: a, title: A}\n- {source: a, title: B}\n");
    refused(files, "clauses/SOURCES.yaml:2: source a given twice");
  }

  @Test
  void parse_anAreaOfNoSeam_isTold() {
    Map<String, String> files = CatalogueFiles.files(CatalogueFiles.clause("INV-001"));
    files.put("AREAS.yaml", "- area: INV\n  title: A\n  seams: [4]\n");
    refused(files, "clauses/AREAS.yaml:3: there is no seam 4, but [1, 2, 3]");
    files.put("AREAS.yaml", "- area: INV\n  title: A\n  seams: []\n");
    refused(files, "clauses/AREAS.yaml:3: at least one seam is wanted");
    String clause = CatalogueFiles.clause("INV-001").replace("  needs: []", "  seams: [0]");
    refused(CatalogueFiles.files(clause), "clauses/INV.yaml:7: there is no seam 0, but [1, 2, 3]");
  }

  @Test
  void parse_withoutARegister_isTold() {
    Map<String, String> files = CatalogueFiles.files(CatalogueFiles.clause("INV-001"));
    files.remove("AREAS.yaml");
    refused(files, "clauses/AREAS.yaml: no such file");
  }
}
