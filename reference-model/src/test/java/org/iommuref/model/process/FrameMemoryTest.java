package org.iommuref.model.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.memory.SystemMemory;
import org.junit.jupiter.api.Test;

class FrameMemoryTest {

  private final SystemMemory kernel = SystemMemory.ofSize(0);
  private final FrameMemory memory = new FrameMemory(kernel, new SimulatedProcesses());

  @Test
  void memoryOfTheKernel_takesAtomics_whereTheKernelDoes() {
    kernel.refuseAtomics(0, -1);
    assertThat(memory.takesAtomics(FrameMemory.FIRST - 8)).as("VTD-139: of the kernel").isFalse();
    assertThat(memory.takesAtomics(FrameMemory.END)).as("behind the frames").isFalse();
    assertThat(memory.takesAtomics(FrameMemory.FIRST)).as("a frame of a process").isTrue();
    kernel.refuseAtomics(0, 0);
    assertThat(memory.takesAtomics(0)).isTrue();
  }
}
