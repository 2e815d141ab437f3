package org.iommuref.hw.vtd.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.layout.PageRequestRegisters;
import org.iommuref.hw.vtd.layout.PostedDescriptor;
import org.iommuref.spec.spi.MutantCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault reason, every field that a unit fills and every invalidation has its cells. */
class ReasonCellsTest {

  private static List<String> partsOf(String subject) {
    return MutantMatrix.cells().stream()
        .filter(cell -> cell.subject().equals(subject))
        .map(MutantCell::part)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void reason_isToldRecordedSilencedAndAnswered(FaultReason reason) {
    String silence = reason.qualified() ? "recorded with FPD" : "not recorded with FPD";

    assertThat(partsOf(Reasons.subject(reason)))
        .as("cells of " + reason)
        .contains("told as another", "not recorded", silence, "answered otherwise");
  }

  @Test
  void field_thatAUnitFills_isLeftOut() {
    leftOut("fault record of a request", FaultRecording.LAYOUT);
    leftOut("page request", PageRequestRegisters.DESCRIPTOR);
  }

  private static void leftOut(String subject, Layout layout) {
    assertThat(layout.fields())
        .as("fields of a " + subject + " that no cell leaves out")
        .filteredOn(field -> !partsOf(subject).contains(field + " left out"))
        .isEmpty();
  }

  @Test
  void field_ofAPostedDescriptor_isStoredWrongly() {
    String subject = "posted-interrupt descriptor";
    assertThat(PostedDescriptor.LAYOUT.fields())
        .as("fields of a " + subject + " that no cell stores wrongly")
        .filteredOn(
            field ->
                partsOf(subject).stream()
                    .noneMatch(
                        part -> part.startsWith(field + " ") && part.endsWith(" by the update")))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void field_thatDependsOnTheKindOfRequest_isToldOtherwise(RecordKind kind) {
    List<String> parts = partsOf("fault record of " + kind.words());
    for (String name : List.of("T1", "T2", "AT", "PP", "PV", "PRIV", "EXE")) {
      assertThat(parts).as("%s %s", kind, name).anyMatch(part -> part.startsWith(name + " "));
    }
  }

  @ParameterizedTest
  @EnumSource
  void place_inARecord_isToldOtherwiseForEachClassOfReasons(RecordReasons reasons) {
    assertThat(partsOf("fault record of a refusal by " + reasons.words()))
        .containsExactly("FI 63:12 told otherwise", "SID 79:64 told otherwise");
  }

  @ParameterizedTest
  @EnumSource
  void reason_ofAnInterrupt_hasACellForItsIndexAndItsSource(FaultReason reason) {
    assertThat(partsOf("fault record of an interrupt, " + Reasons.subject(reason)))
        .hasSize(reason.name().startsWith("IR") ? 3 : 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"global", "domain", "selective"})
  void invalidation_ofAGranularity_hasACellForEachCache(String order) {
    for (String mode : List.of("legacy", "scalable")) {
      assertThat(partsOf("context cache, " + mode + ": " + order))
          .as("%s context cache, %s", mode, order)
          .containsExactly("context entries stay");
    }
    assertThat(partsOf("IOTLB, legacy: " + order))
        .as("legacy IOTLB, %s", order)
        .containsExactlyInAnyOrder(
            "pages of 4 KiB stay",
            "large pages stay",
            "pointers to tables stay",
            "writes not waited for",
            "reads not waited for");
    assertThat(partsOf("IOTLB, scalable: " + order))
        .as("scalable IOTLB, %s", order)
        .containsExactlyInAnyOrderElementsOf(
            translationsAnd("pointers of a second stage stay").toList());
    for (String register : List.of("CCMD", "IOTLB register")) {
      assertThat(partsOf(register + ": " + order))
          .as("%s, %s", register, order)
          .containsExactly("nothing done");
    }
  }

  @Test
  void invalidation_ofAPasid_hasACellForEachCache() {
    for (String order : List.of("domain", "PASID", "global")) {
      assertThat(partsOf("PASID cache: " + order))
          .as("PASID cache, %s", order)
          .containsExactly("PASID entries stay");
    }
    for (String order : List.of("PASID", "pages")) {
      assertThat(partsOf("PASID IOTLB: " + order))
          .as("IOTLB by PASID, %s", order)
          .containsExactlyInAnyOrderElementsOf(translationsAnd().toList());
    }
  }

  /** What each invalidation of translations in scalable mode may leave, and more. */
  private static Stream<String> translationsAnd(String... more) {
    return Stream.concat(
        Stream.of(
            "translations of a first stage stay",
            "translations of a second stage stay",
            "nested translations stay",
            "translations that pass through stay",
            "pointers of a first stage stay",
            "accesses not waited for"),
        Stream.of(more));
  }
}
