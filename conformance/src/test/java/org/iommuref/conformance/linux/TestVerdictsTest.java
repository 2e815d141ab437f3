package org.iommuref.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.conformance.linux.TestVerdicts.Verdict;
import org.junit.jupiter.api.Test;

/** What is read from the output of a self-test. */
class TestVerdictsTest {

  @Test
  void output_givesAVerdictForEachCase_withTheFirstComplaint() {
    List<TestVerdicts> read =
        TestVerdicts.read(
            List.of(
                "TAP version 13",
                "#  RUN           a.first ...",
                "#            OK  a.first",
                "ok 1 a.first",
                "#  RUN           a.v.second ...",
                "# /some/where/test.c:12:second:Expected 22 (22) == errno (25)",
                "# test.c:13:second:Expected 0 (0) == 1 (1)",
                "# second: Test failed",
                "#          FAIL  a.v.second",
                "not ok 2 a.v.second",
                "ok 3 a.third # SKIP no domain",
                "# Totals: pass:1 fail:1 xfail:0 xpass:0 skip:1 error:0",
                "ok 1 b.first"));
    assertThat(read).hasSize(2);
    assertThat(read.get(0).cases())
        .containsEntry("a.first", new Verdict("pass", ""))
        .containsEntry(
            "a.v.second", new Verdict("fail", "test.c:12:second:Expected 22 (22) == errno (25)"))
        .containsEntry("a.third", new Verdict("skip", "no domain"));
    assertThat(read.get(0).totals()).startsWith("pass:1 fail:1");
    assertThat(read.get(1).cases()).containsOnlyKeys("b.first");
    assertThat(read.get(1).totals()).as("it did not get as far as its totals").isEmpty();
  }
}
