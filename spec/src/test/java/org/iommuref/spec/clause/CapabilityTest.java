package org.iommuref.spec.clause;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapabilityTest {

  @Test
  void closure_impliedCapabilities_areReachedThroughOthers() {
    assertThat(Capability.closure(List.of(Capability.VTD, Capability.PASID)))
        .containsExactly(
            Capability.PASID, Capability.FAULT_RECORDS, Capability.FAULT_OVERFLOW, Capability.VTD);
  }

  @ParameterizedTest
  @EnumSource
  void implied_capabilities_areOfTheSameKindAndNeverItself(Capability capability) {
    assertThat(capability.implied())
        .doesNotContain(capability)
        .allMatch(implied -> implied.kind() == capability.kind());
  }
}
