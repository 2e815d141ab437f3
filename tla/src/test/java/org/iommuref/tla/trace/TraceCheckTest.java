package org.iommuref.tla.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.iommuref.tla.Models;
import org.iommuref.tla.tlc.TlaException;
import org.iommuref.tla.tlc.Tlc;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TraceCheckTest {

  private static final String MAP_ONE =
      "AllocPage cpu=1 page=10; AllocTable cpu=1 page=20; LinkTable cpu=1 page=20;"
          + " WritePte cpu=1 iova=1 page=10;";
  private static final String WALK_ONE =
      "StartDma dma=1 iova=1; ReadNonLeaf dma=1; ReadLeaf dma=1;";
  private static final String FLUSH_ONE =
      "SubmitInvalidation cpu=1 iovas=1 leafOnly=true;"
          + " ExecuteInvalidation cpu=1 iovas=1 leafOnly=true;"
          + " CompleteWait cpu=1; InvalidationDone cpu=1;";
  private static final String FLUSH_ALL =
      "SubmitInvalidation cpu=1 iovas=1+2 leafOnly=false;"
          + " ExecuteInvalidation cpu=1 iovas=1+2 leafOnly=false;"
          + " CompleteWait cpu=1; InvalidationDone cpu=1;";

  /** What each trace shows, its text, and the line that is not explained, or 0. */
  private static final List<Fixture> FIXTURES =
      List.of(
          new Fixture(
              "map, access, unmap one",
              MAP_ONE
                  + WALK_ONE
                  + "AccessPage dma=1 page=10; ClearPte cpu=1 iova=1;"
                  + FLUSH_ONE
                  + "FreePage cpu=1 page=10",
              0),
          new Fixture(
              "unmap the whole span and use its table page for data",
              MAP_ONE
                  + "UnlinkTable cpu=1 page=20;"
                  + FLUSH_ALL
                  + "FreeTable cpu=1 page=20; FreePage cpu=1 page=10; AllocPage cpu=2 page=20",
              0),
          new Fixture(
              "a new table that loses the race to be linked",
              "AllocTable cpu=1 page=20; AllocTable cpu=2 page=21; LinkTable cpu=1 page=20;"
                  + "LinkTable cpu=2 page=21; FreeTable cpu=2 page=21; AllocPage cpu=2 page=21;"
                  + "WritePte cpu=2 iova=1 page=21",
              0),
          new Fixture(
              "leaves cleared one by one before their table is unlinked",
              MAP_ONE
                  + "AllocPage cpu=1 page=11; WritePte cpu=1 iova=2 page=11; ClearPte cpu=1 iova=1;"
                  + "ClearPte cpu=1 iova=2; UnlinkTable cpu=1 page=20;"
                  + FLUSH_ALL
                  + "FreeTable cpu=1 page=20",
              0),
          new Fixture(
              "a stale hit before the invalidation, drained before the sync returns",
              MAP_ONE
                  + WALK_ONE
                  + "AccessPage dma=1 page=10; ClearPte cpu=1 iova=1;"
                  + "StartDma dma=1 iova=1; HitIotlb dma=1; SubmitInvalidation cpu=1 iovas=1"
                  + " leafOnly=true; ExecuteInvalidation cpu=1 iovas=1 leafOnly=true; AccessPage dma=1 page=10;"
                  + "CompleteWait cpu=1; InvalidationDone cpu=1",
              0),
          new Fixture(
              "a walk that reads the old entry while the store waits in the buffer",
              MAP_ONE
                  + "DrainStore cpu=1; StartDma dma=1 iova=1; ReadNonLeaf dma=1;"
                  + "ClearPte cpu=1 iova=1; ReadLeaf dma=1; AccessPage dma=1 page=10",
              0),
          new Fixture(
              "an invalidation that overtakes the store",
              MAP_ONE
                  + "DrainStore cpu=1; ClearPte cpu=1 iova=1;"
                  + FLUSH_ONE.replace("CompleteWait", "DrainStore cpu=1; CompleteWait"),
              7),
          new Fixture(
              "a walk that misses a store which has arrived",
              MAP_ONE + "StartDma dma=1 iova=1; ReadNonLeaf dma=1; BlockDma dma=1",
              7),
          new Fixture(
              "a fault in one step with the read, and in two",
              "StartDma dma=1 iova=1; BlockDma dma=1; StartDma dma=1 iova=1; ReadNonLeaf dma=1;"
                  + "BlockDma dma=1",
              0),
          new Fixture(
              "evictions",
              MAP_ONE
                  + WALK_ONE
                  + "EvictIotlb iova=1; EvictPagingStructure;"
                  + "AccessPage dma=1 page=10",
              0),
          new Fixture(
              "the page is freed before the sync",
              MAP_ONE + "ClearPte cpu=1 iova=1; FreePage cpu=1 page=10;" + FLUSH_ONE,
              6),
          new Fixture(
              "the table is freed before the sync",
              MAP_ONE + "UnlinkTable cpu=1 page=20; FreeTable cpu=1 page=20;" + FLUSH_ALL,
              6),
          new Fixture(
              "the invalidation keeps the cached directory entry",
              MAP_ONE + "UnlinkTable cpu=1 page=20;" + FLUSH_ALL.replace("false", "true"),
              6),
          new Fixture(
              "the invalidation is too narrow",
              MAP_ONE
                  + "UnlinkTable cpu=1 page=20;"
                  + FLUSH_ALL.replace("1+2", "1")
                  + "AllocPage cpu=1 page=30; StartDma dma=1 iova=2",
              6),
          new Fixture(
              "what is carried out is narrower than what was submitted",
              MAP_ONE
                  + "AllocPage cpu=1 page=11; WritePte cpu=1 iova=2 page=11; ClearPte cpu=1 iova=1;"
                  + "ClearPte cpu=1 iova=2; SubmitInvalidation cpu=1 iovas=1+2 leafOnly=true;"
                  + "ExecuteInvalidation cpu=1 iovas=2 leafOnly=true; CompleteWait cpu=1",
              10),
          new Fixture(
              "what is carried out keeps non-leaf entries that were to go",
              MAP_ONE
                  + "UnlinkTable cpu=1 page=20; SubmitInvalidation cpu=1 iovas=1+2 leafOnly=false;"
                  + "ExecuteInvalidation cpu=1 iovas=1+2 leafOnly=true; CompleteWait cpu=1",
              7),
          new Fixture(
              "a walk that finds what is there",
              MAP_ONE
                  + "StartDma dma=1 iova=1; ReadNonLeaf dma=1 page=20; ReadLeaf dma=1 page=10;"
                  + "AccessPage dma=1 page=10",
              0),
          new Fixture(
              "a walk that finds another table",
              MAP_ONE + "StartDma dma=1 iova=1; ReadNonLeaf dma=1 page=10; ReadLeaf dma=1 page=10",
              6),
          new Fixture(
              "a walk that finds another page",
              MAP_ONE
                  + "StartDma dma=1 iova=1; ReadNonLeaf dma=1 page=20; ReadLeaf dma=1 page=20;"
                  + "AccessPage dma=1 page=20",
              7),
          new Fixture(
              "no invalidation", MAP_ONE + "ClearPte cpu=1 iova=1; InvalidationDone cpu=1", 6),
          new Fixture(
              "the sync returns before the wait has completed",
              MAP_ONE + "ClearPte cpu=1 iova=1;" + FLUSH_ONE.replace(" CompleteWait cpu=1;", ""),
              8),
          new Fixture(
              "the wait completes before the access",
              MAP_ONE
                  + WALK_ONE
                  + "ClearPte cpu=1 iova=1;"
                  + FLUSH_ONE
                  + "AccessPage dma=1 page=10",
              11),
          new Fixture(
              "a wait need not wait for an access translated after a wider invalidation",
              MAP_ONE
                  + "AllocPage cpu=2 page=11; WritePte cpu=2 iova=2 page=11; ClearPte cpu=1 iova=1;"
                  + "SubmitInvalidation cpu=1 iovas=1+2 leafOnly=true;"
                  + "ExecuteInvalidation cpu=1 iovas=1+2 leafOnly=true;"
                  + "StartDma dma=1 iova=2; ReadNonLeaf dma=1; ReadLeaf dma=1;"
                  + "ClearPte cpu=2 iova=2; CompleteWait cpu=1; InvalidationDone cpu=1",
              0),
          new Fixture(
              "a hit after the invalidation",
              MAP_ONE
                  + WALK_ONE
                  + "AccessPage dma=1 page=10; ClearPte cpu=1 iova=1;"
                  + FLUSH_ONE
                  + "StartDma dma=1 iova=1; HitIotlb dma=1",
              15),
          new Fixture(
              "the access goes to another page",
              MAP_ONE + "AllocPage cpu=1 page=11;" + WALK_ONE + "AccessPage dma=1 page=11",
              9),
          new Fixture("an argument too few", "AllocPage cpu=1 page=10; AllocPage cpu=1", 2),
          new Fixture("an argument too many", "AllocPage cpu=1 page=10 iova=1", 1),
          new Fixture("an action that the model lacks", "AllocPage cpu=1 page=10; Reboot", 2),
          new Fixture(
              "a truth value that is none",
              MAP_ONE
                  + "ClearPte cpu=1 iova=1; SubmitInvalidation cpu=1 iovas=1 leafOnly=perhaps;"
                  + "ExecuteInvalidation cpu=1 iovas=1 leafOnly=perhaps",
              6));

  /** Judges all fixtures in one run and shows each as a test. */
  @TestFactory
  Stream<DynamicTest> validate_fixture_isJudgedAsItShould() {
    TraceVerdicts verdicts = validate(FIXTURES.stream().map(Fixture::trace).toList());
    return IntStream.range(0, FIXTURES.size())
        .mapToObj(i -> FIXTURES.get(i).test(verdicts.all().get(i)));
  }

  @Test
  void validate_aThousandTraces_areAllAccepted() {
    List<Trace> traces = new ArrayList<>();
    for (int page = 0; page < 1000; page++) {
      traces.add(
          trace(MAP_ONE.replace("=10", "=" + (page % 7)).replace("=20", "=" + (7 + page % 5))));
    }

    TraceVerdicts verdicts = validate(traces);

    assertThat(verdicts.accepted()).isEqualTo(1000);
    assertThat(verdicts.rejected()).isEmpty();
  }

  @Test
  void validate_noTrace_isRefused() {
    assertThatThrownBy(() -> validate(List.of()))
        .isInstanceOf(TlaException.class)
        .hasMessage("no trace to judge");
  }

  @Test
  void toString_rejectedTrace_namesTheLine() {
    TraceVerdicts verdicts =
        validate(List.of(trace(MAP_ONE), trace(MAP_ONE + "FreePage cpu=1 page=10")));

    assertThat(verdicts.all())
        .extracting(TraceVerdict::toString)
        .containsExactly(
            "trace 1: accepted", "trace 2: line 5 is not explained: FreePage(cpu=1, page=10)");
  }

  private static TraceVerdicts validate(List<Trace> traces) {
    return new TraceCheck(Models.load(), Tlc.find()).validate("UnmapFlush", traces);
  }

  private static Trace trace(String text) {
    return new Trace(Arrays.stream(text.split(";")).map(TraceCheckTest::event).toList());
  }

  private static TraceEvent event(String text) {
    String[] words = text.strip().split(" ");
    Map<String, Object> fields = new TreeMap<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      int equals = word.indexOf('=');
      String field = word.substring(0, equals);
      String given = word.substring(equals + 1);
      fields.put(field, field.equals("iovas") ? values(given) : value(given));
    }
    return TraceEvent.of(words[0], fields);
  }

  private static Set<Object> values(String text) {
    return Arrays.stream(text.split("\\+"))
        .map(TraceCheckTest::value)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Object value(String text) {
    if (text.matches("\\d+")) {
      return Integer.valueOf(text);
    }
    return text.equals("true") || text.equals("false") ? Boolean.valueOf(text) : text;
  }

  private record Fixture(String shows, String text, int line) {

    Trace trace() {
      return TraceCheckTest.trace(text);
    }

    DynamicTest test(TraceVerdict verdict) {
      return DynamicTest.dynamicTest(
          shows,
          () -> {
            assertThat(verdict.line().orElse(0)).as(verdict.toString()).isEqualTo(line);
            assertThat(verdict.violated()).isEmpty();
          });
    }
  }
}
