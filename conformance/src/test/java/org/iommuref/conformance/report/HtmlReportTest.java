package org.iommuref.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.iommuref.spec.clause.ClauseId;
import org.junit.jupiter.api.Test;

/** {@code report.html}: one page that needs nothing else. */
class HtmlReportTest {

  private static final TargetResult FIRST = Samples.judged("vtd", Verdict.values());
  private static final TargetResult OTHER =
      Samples.judged(
          "other",
          Verdict.FAIL,
          Verdict.PASS,
          Verdict.PASS,
          Verdict.PASS,
          Verdict.PASS,
          Verdict.PASS);

  @Test
  void page_needsNoNetworkAndNoOtherFile() {
    assertThat(page(FIRST))
        .doesNotContain("http:", "https:", "src=", "<link", "@import", "url(", "//cdn")
        .contains("<style>", "<meta charset=\"utf-8\">");
  }

  @Test
  void failure_isThereWithRuleSequenceReasonWalkAndReplay() {
    assertThat(page(FIRST))
        .contains(
            "id=\"failure-1-INV-002\"",
            "An access that was translated by a removed mapping must have taken effect",
            "domain 1  iova 0x40600000  paddr 0x200000  page size 0x200000  count 1  prot rw",
            "<tr class=\"last\"><td>6</td><td>read</td>",
            "allowed: fault",
            "<dd>no state gives it</dd>",
            "./iommuref replay failures/INV-002.json",
            "<b>level 2</b>entry 3");
  }

  @Test
  void everyVerdict_hasItsCell_andEachLinkItsAnchor() {
    String page = page(FIRST, OTHER);
    for (Verdict verdict : Verdict.values()) {
      assertThat(page).containsPattern("class=\"chip " + verdict.word() + "\"");
    }
    List<String> links = all(page, "href=\"#([^\"]*)\"");
    assertThat(links).containsExactly("failure-2-INV-001", "failure-1-INV-002");
    assertThat(all(page, " id=\"([^\"]*)\"")).containsAll(links).doesNotHaveDuplicates();
  }

  @Test
  void rows_carryWhatTheFilterNeeds() {
    String page = page(FIRST, OTHER);
    assertThat(page)
        .containsPattern(
            "<tr id=\"INV-001\" data-words=\"pass fail\" data-text=\"inv-001 must no stale")
        .contains("data-word=\"not-claimed\" aria-pressed=\"false\"")
        .contains("data-word=\"fail\" aria-pressed=\"true\"");
  }

  @Test
  void onlyUntestedClauses_areNotHidden() {
    assertThat(page(Samples.judged("t", Verdict.UNTESTED)))
        .contains("data-word=\"untested\" aria-pressed=\"true\"");
  }

  @Test
  void whatAChildPrinted_isText() {
    String page = page(Samples.judged("exec:" + Samples.HOSTILE, Verdict.FAIL, Verdict.UNVERIFIED));
    assertThat(page).doesNotContain("<script>alert", "\u0000", "\u001b").contains("&lt;script&gt;");
  }

  @Test
  void targetThatCouldNotBeJudged_isSaid() {
    String page = page(new TargetResult.NotJudged("exec:x", "no hello from x"));
    assertThat(page).contains("not judged", "no hello from x").doesNotContain("<table");
  }

  @Test
  void knownFailure_isShownWithItsGrounds() {
    KnownFailure known =
        new KnownFailure(ClauseId.parse("INV-001"), "", "keeps it", "drops it", "6.5", "high");
    Report report = Samples.report("t", Verdict.FAIL);
    assertThat(page(new TargetResult.Judged(report, List.of(known))))
        .contains("failure known", "keeps it", "drops it (6.5)", "high")
        .contains("<span class=\"chip pass\">conformant</span>");
  }

  private static List<String> all(String page, String pattern) {
    return Pattern.compile(pattern)
        .matcher(page)
        .results()
        .map((MatchResult m) -> m.group(1))
        .toList();
  }

  private static String page(TargetResult... targets) {
    return new String(
        HtmlReport.of(new ReportJson(Samples.CATALOGUE).write(Samples.run(targets))),
        StandardCharsets.UTF_8);
  }
}
