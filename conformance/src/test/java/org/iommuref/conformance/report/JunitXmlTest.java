package org.iommuref.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.iommuref.spec.clause.ClauseId;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** {@code junit.xml}: a test for each clause and target. */
class JunitXmlTest {

  @Test
  void eachVerdict_hasItsPlace() throws Exception {
    Element suite = suites(Samples.run(Samples.judged("t", Verdict.values()))).get(0);
    assertThat(suite.getAttribute("name")).isEqualTo("t");
    assertThat(suite.getAttribute("tests")).isEqualTo("6");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("3");
    List<Element> tests = children(suite, "testcase");
    assertThat(tests)
        .extracting(JunitXmlTest::outcome)
        .containsExactly("", "failure", "skipped", "skipped", "skipped", "error");
    assertThat(tests).allMatch(test -> test.getAttribute("classname").equals("t"));
    assertThat(tests.get(0).getAttribute("name"))
        .isEqualTo("INV-001 No stale translation after sync");
    assertThat(children(tests.get(2), "skipped").get(0).getAttribute("message"))
        .startsWith("not-claimed: because ");
  }

  @Test
  void failure_saysAllThatTheConsoleSays() throws Exception {
    Element suite = suites(Samples.run(Samples.judged("t", Verdict.FAIL))).get(0);
    Element failure = children(children(suite, "testcase").get(0), "failure").get(0);
    assertThat(failure.getAttribute("message")).startsWith("allowed: fault; seen: ");
    assertThat(failure.getTextContent())
        .contains(
            "INV-001",
            "rule: After an unmap",
            "after 6 operations (1-minimal",
            "6  read ",
            "<- allowed: fault",
            "seen:    seen <script>alert('\"&')</script>",
            "why:     no state gives it",
            "again:   ./iommuref replay <report>/failures/INV-001.json");
  }

  @Test
  void knownFailures_areSkipped_andFailWhenTheyAreNotMet() throws Exception {
    Report report = Samples.report("t", Verdict.FAIL, Verdict.PASS);
    TargetResult target =
        new TargetResult.Judged(
            report, List.of(known("INV-001"), known("INV-002"), known("ATT-001")));
    List<Element> tests = children(suites(Samples.run(target)).get(0), "testcase");
    assertThat(tests)
        .extracting(JunitXmlTest::outcome)
        .containsExactly("skipped", "failure", "failure");
    assertThat(children(tests.get(0), "skipped").get(0).getAttribute("message"))
        .isEqualTo("known failure: seen it");
    assertThat(children(tests.get(1), "failure").get(0).getAttribute("message"))
        .isEqualTo("is a known failure, but the verdict is pass");
    assertThat(tests.get(2).getAttribute("name")).isEqualTo("ATT-001");
  }

  @Test
  void targetThatCouldNotBeJudged_isAnError() throws Exception {
    Element suite = suites(Samples.run(new TargetResult.NotJudged("exec:x", "no hello"))).get(0);
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    Element test = children(suite, "testcase").get(0);
    assertThat(children(test, "error").get(0).getAttribute("message")).isEqualTo("no hello");
  }

  private static KnownFailure known(String clause) {
    return new KnownFailure(ClauseId.parse(clause), "", "seen it", "says", "source", "high");
  }

  private static List<Element> suites(RunReport run) throws Exception {
    byte[] xml = JunitXml.of(new ReportJson(Samples.CATALOGUE).write(run));
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml))
            .getDocumentElement();
    return children(root, "testsuite");
  }

  private static String outcome(Element test) {
    for (String element : List.of("failure", "error", "skipped")) {
      if (!children(test, element).isEmpty()) {
        return element;
      }
    }
    return "";
  }

  private static List<Element> children(Element parent, String name) {
    NodeList nodes = parent.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }
}
