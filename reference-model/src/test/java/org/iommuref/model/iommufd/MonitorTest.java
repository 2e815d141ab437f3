package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.iommuref.spec.iommufd.Node;
import org.junit.jupiter.api.Test;

class MonitorTest {

  private final Bed bed = new Bed();

  @Test
  void requireInvariants_mappedAndPinned_findsNothing() {
    int ioas = bed.ioas();
    bed.mockDomain(ioas);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 0x2000, Bed.APERTURE).isOk()).isTrue();
    bed.iommufd.requireInvariants();
    bed.close();
    bed.iommufd.requireNothingLeft();
  }

  @Test
  void requireInvariants_pageUnpinnedUnderAMapping_isFound() {
    int ioas = bed.ioas();
    bed.mockDomain(ioas);
    assertThat(bed.mapFixed(ioas, Bed.MEMORY, 0x1000, Bed.APERTURE).isOk()).isTrue();
    long frame = bed.processes.frameAt(bed.process, Bed.MEMORY).value();
    bed.processes.unpin(new long[] {frame});
    assertThatThrownBy(bed.iommufd::requireInvariants)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("PIN-005: area 0x1000000..0x1000fff leads to memory that is not pinned");
  }

  @Test
  void requireNothingLeft_openFile_isFound() {
    assertThatThrownBy(bed.iommufd::requireNothingLeft)
        .hasMessage("OBJ-042: 1 files are open when everything is closed");
    assertThat(bed.iommufd.open(bed.caller(), Node.IOMMU).isOk()).isTrue();
    assertThatThrownBy(bed.iommufd::requireNothingLeft).hasMessageStartingWith("OBJ-042: 2 files");
  }

  @Test
  void requireNothingLeft_warning_isFound() {
    bed.iommufd.warnings().warn("something odd");
    bed.iommufd.close(bed.file);
    assertThatThrownBy(bed.iommufd::requireNothingLeft)
        .hasMessage("OBJ-050: [something odd] is warned of");
  }
}
