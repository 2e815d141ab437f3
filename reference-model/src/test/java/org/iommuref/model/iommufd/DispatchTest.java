package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.errno.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatchTest {

  private final Bed bed = new Bed();

  @AfterEach
  void nothingIsLeft() {
    bed.close();
  }

  @Test
  void ioctl_numberBelowTable_isNotKnown() {
    assertThat(bed.call(0x3b7f, Struct.of(8)).errno()).as("UAPI-004").isEqualTo(Errno.ENOTTY);
  }

  @Test
  void ioctl_holeInTableWithBadPointer_isFault() {
    assertThat(bed.iommufd.ioctl(bed.caller(), bed.file, 0x3b9f, 0).errno())
        .as("UAPI-005")
        .isEqualTo(Errno.EFAULT);
    assertThat(bed.call(0x3b9f, Struct.of(8)).errno()).as("UAPI-004").isEqualTo(Errno.ENOTTY);
  }

  @Test
  void ioctl_directionBitsInNumber_isNotKnown() {
    assertThat(bed.call(0xc0083b80, Struct.of(8)).errno()).as("UAPI-002").isEqualTo(Errno.ENOTTY);
  }

  @Test
  void ioctl_structureTooShort_isInvalid() {
    assertThat(bed.call(0x3b80, Struct.of(8).u32(0, 7)).errno())
        .as("UAPI-006")
        .isEqualTo(Errno.EINVAL);
  }

  @Test
  void ioctl_longerWithZeroTail_isAccepted() {
    assertThat(bed.call(0x3b80, Struct.of(4096).u32(4, 7)).errno())
        .as("UAPI-007")
        .isEqualTo(Errno.ENOENT);
  }

  @Test
  void ioctl_longerWithOtherTail_isTooBig() {
    assertThat(bed.call(0x3b80, Struct.of(4096).u32(4, 7).u32(4092, 1)).errno())
        .as("UAPI-009")
        .isEqualTo(Errno.E2BIG);
  }

  @Test
  void ioctl_tailBehindMemory_isFaultUnlessNotZeroBefore() {
    assertThat(bed.call(0x3b80, Struct.of(0x2000).u32(0, 0x3000)).errno())
        .as("UAPI-008")
        .isEqualTo(Errno.EFAULT);
    assertThat(bed.call(0x3b80, Struct.of(0x2000).u32(0, 0x3000).u32(0x1ff0, 1)).errno())
        .as("UAPI-009")
        .isEqualTo(Errno.E2BIG);
  }

  @Test
  void ioctl_responseFaults_undoesTheObject() {
    Struct alloc = Struct.of(12);
    bed.processes.mapAnonymous(bed.process, 0x5_0000, 0x1000, true);
    bed.processes.write(bed.process, 0x5_0ff8, new byte[] {12, 0, 0, 0, 0, 0, 0, 0});
    assertThat(bed.iommufd.ioctl(bed.caller(), bed.file, 0x3b81, 0x5_0ff8).errno())
        .as("OBJ-019")
        .isEqualTo(Errno.EFAULT);
    bed.ok(0x3b81, alloc);
    assertThat(alloc.u32(8)).as("OBJ-004: the id is free again").isEqualTo(1);
  }
}
