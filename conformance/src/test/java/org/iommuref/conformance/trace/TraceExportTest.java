package org.iommuref.conformance.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.iommuref.model.explore.Ending;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.schedule.Schedule;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;
import org.junit.jupiter.api.Test;

class TraceExportTest {

  private static final Span SPAN = new Span(List.of(0x1000L, 0x2000L, 0x3000L));

  record TakeDomainId() implements YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return -1;
    }
  }

  record ClearPte(long iova, int level) implements Step {}

  record LinkTable(long page, int level) implements Step {}

  record ReadNonLeaf(int dma, int level, long table) implements Step {}

  record WriteDescriptor(long address) implements Step {}

  record FetchDescriptor(long head) implements Step {}

  record ExecuteInvalidation(long iova, long size, boolean leafOnly, int domainTag)
      implements Step {}

  record CompleteWait() implements Step {}

  record WriteContextEntry() implements Step {}

  record Reboot() implements Step {}

  @Test
  void of_stepOfCpu_isTheActionWithItsArguments() {
    assertThat(export(software("cpu 2", new ClearPte(0x2008, 1))))
        .containsExactly("ClearPte(cpu=2, iova=0x2000)");
  }

  @Test
  void of_recordWithoutRow_isAnError() {
    assertRefused(
        "cpu 1: Reboot[]: no row says what Reboot is to the model",
        software("cpu 1", new Reboot()));
  }

  @Test
  void of_recordOutsideTheModel_isAnErrorThatSaysWhy() {
    assertRefused(
        "cpu 1: WriteContextEntry[] cannot be judged: the model attaches no device",
        software("cpu 1", new WriteContextEntry()));
  }

  @Test
  void of_tableAboveTheDirectory_isReadUnseenButNotChanged() {
    Step read = new ReadNonLeaf(0, 3, 0x5000);
    assertThat(export(unit(read), unit(new ReadNonLeaf(0, 2, 0x6000))))
        .containsExactly("ReadNonLeaf(dma=0, page=0x6000)");
    assertRefused(
        "cpu 1: LinkTable[page=20480, level=3] cannot be judged:"
            + " the model changes no table above the directory",
        software("cpu 1", new LinkTable(0x5000, 3)));
  }

  @Test
  void of_addressBesideTheSpan_isAnError() {
    assertRefused(
        "cpu 1: ClearPte[iova=16384, level=1] is about an address that the trace leaves out",
        software("cpu 1", new ClearPte(0x4000, 1)));
  }

  @Test
  void of_stepOfSoftwareThatIsNoCpu_isAnError() {
    assertRefused(
        "device 1: ClearPte[iova=4096, level=1] is a step of software, but device 1 is no CPU",
        software("device 1", new ClearPte(0x1000, 1)));
  }

  @Test
  void of_componentThatTheRecordLacks_isAnError() {
    record FreePage() implements Step {}
    assertRefused("cpu 1: FreePage[] has no component 'page'", software("cpu 1", new FreePage()));
  }

  @Test
  void of_invalidation_belongsToTheCpuThatWroteTheDescriptor() {
    assertThat(
            export(
                software("cpu 1", new WriteDescriptor(0x7000)),
                software("cpu 2", new WriteDescriptor(0x7010)),
                unit(new FetchDescriptor(0)),
                unit(new ExecuteInvalidation(0x2000, 0x2000, true, 5)),
                unit(new FetchDescriptor(0x10)),
                unit(new CompleteWait())))
        .containsExactly(
            "ExecuteInvalidation(cpu=1, iovas=[0x2000, 0x3000], leafOnly=true)",
            "CompleteWait(cpu=2)");
  }

  @Test
  void of_invalidationOfEverything_hasTheWholeSpan() {
    assertThat(executed(new ExecuteInvalidation(0, -1, false, 0)))
        .isEqualTo("ExecuteInvalidation(cpu=1, iovas=[0x1000, 0x2000, 0x3000], leafOnly=false)");
  }

  @Test
  void of_invalidationOfAnotherDomain_hasNothingOfTheSpan() {
    assertThat(executed(new ExecuteInvalidation(0, -1, false, 6)))
        .isEqualTo("ExecuteInvalidation(cpu=1, iovas=[], leafOnly=false)");
  }

  private static String executed(Step invalidation) {
    return export(
            software("cpu 1", new WriteDescriptor(0x7000)),
            unit(new FetchDescriptor(0)),
            unit(invalidation))
        .get(0);
  }

  @Test
  void of_descriptorThatNobodyWrote_isAnError() {
    assertRefused(
        "invalidation queue: FetchDescriptor[head=16]: no CPU has written a descriptor there",
        unit(new FetchDescriptor(0x10)));
  }

  @Test
  void of_nothingToTheModel_isAnError() {
    assertRefused("the schedule has no event of the model: outcome done");
  }

  @Test
  void of_setUpWithoutAttach_isAnError() {
    assertThatThrownBy(() -> TraceExport.of(execution(List.of(), List.of()), SPAN))
        .isInstanceOf(TraceException.class)
        .hasMessage("the set-up attaches no domain: there is no TakeDomainId");
  }

  private static void assertRefused(String message, TracedStep... steps) {
    assertThatThrownBy(() -> export(steps)).isInstanceOf(TraceException.class).hasMessage(message);
  }

  private static List<String> export(TracedStep... steps) {
    List<TracedStep> setUp = List.of(new TracedStep("software", new TakeDomainId(), 5));
    return TraceExport.of(execution(setUp, List.of(steps)), SPAN).events().stream()
        .map(Object::toString)
        .toList();
  }

  private static Execution<String> execution(List<TracedStep> setUp, List<TracedStep> trace) {
    return new Execution<>(
        new Ending.Finished<>("done"), Schedule.parse("0"), setUp, trace, 0, List.of());
  }

  private static TracedStep software(String thread, Step step) {
    return new TracedStep(thread, step);
  }

  private static TracedStep unit(Step event) {
    return new TracedStep("invalidation queue", event);
  }
}
