package org.iommuref.hw.vtd.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.layout.PageRequestRegisters;
import org.iommuref.hw.vtd.layout.PostedDescriptor;
import org.iommuref.spec.spi.MutantCell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault reason and every field that a unit fills has its cells. */
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
        .contains("told as another", "not recorded", silence, "answered otherwise");
  }

  @Test
  void field_thatAUnitFills_isLeftOut() {
    FaultRecording.LAYOUT
        .fields()
        .forEach(
            field ->
                assertThat(partsOf("fault record of a request")).contains(field + " left out"));
    PageRequestRegisters.DESCRIPTOR
        .fields()
        .forEach(field -> assertThat(partsOf("page request")).contains(field + " left out"));
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

  @Test
  void field_ofAnInterruptEntry_hasACell() {
    hasCells("remapped interrupt entry", InterruptEntry.REMAPPED);
    hasCells("posted interrupt entry", InterruptEntry.POSTED);
  }

  @Test
  void field_ofAPostedDescriptor_isTakenAndStoredWrongly() {
    hasCells("posted-interrupt descriptor", PostedDescriptor.LAYOUT);
    for (Field field : PostedDescriptor.LAYOUT.fields()) {
      assertThat(partsOf("posted-interrupt descriptor"))
          .as("%s", field)
          .anyMatch(part -> part.startsWith(field + " ") && part.endsWith(" by the update"));
    }
  }

  private static void hasCells(String subject, Layout layout) {
    for (Field field : layout.fields()) {
      assertThat(partsOf(subject)).as("%s", field).anyMatch(part -> part.startsWith(field + " "));
    }
  }

  @Test
  void invalidation_ofEachGranularity_hasACellForEachCache() {
    assertThat(partsOf("IOTLB, scalable: selective")).hasSize(7);
    assertThat(partsOf("IOTLB, legacy: selective")).hasSize(5);
    assertThat(partsOf("PASID IOTLB: pages")).hasSize(6);
    for (String order : List.of("global", "domain", "selective")) {
      assertThat(partsOf("context cache, legacy: " + order))
          .containsExactly("context entries stay");
      assertThat(partsOf("CCMD: " + order)).containsExactly("nothing done");
      assertThat(partsOf("IOTLB register: " + order)).containsExactly("nothing done");
    }
  }
}
