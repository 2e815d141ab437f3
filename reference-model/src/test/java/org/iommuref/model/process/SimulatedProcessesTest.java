package org.iommuref.model.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.ProcessId;
import org.junit.jupiter.api.Test;

class SimulatedProcessesTest {

  private static final long PAGE = 4096;
  private static final long AT = 0x10_0000;

  private final SimulatedProcesses processes = new SimulatedProcesses();
  private final ProcessId parent = processes.start(1);

  @Test
  void copyIn_hole_yieldsWhatLiesBefore() {
    processes.mapAnonymous(parent, AT, PAGE, true);
    var copied = processes.copyIn(parent, AT + PAGE - 8, 16);
    assertThat(copied.errno()).isEqualTo(Errno.EFAULT);
    assertThat(processes.copyOut(parent, AT + PAGE, new byte[1]).errno()).isEqualTo(Errno.EFAULT);
  }

  @Test
  void fork_write_isSeenByOneSide() {
    processes.mapAnonymous(parent, AT, PAGE, true);
    processes.write(parent, AT, new byte[] {1});
    ProcessId child = processes.fork(parent);
    processes.write(parent, AT, new byte[] {2});
    assertThat(processes.read(child, AT, 1)).containsExactly(1);
    assertThat(processes.read(parent, AT, 1)).containsExactly(2);
  }

  @Test
  void fork_pinnedPage_staysWithTheParent() {
    processes.mapAnonymous(parent, AT, PAGE, true);
    long[] pinned = processes.pin(parent, AT, 1, true).value();
    ProcessId child = processes.fork(parent);
    processes.write(parent, AT, new byte[] {3});
    assertThat(processes.frameAt(parent, AT).value()).isEqualTo(pinned[0]);
    assertThat(processes.frameAt(child, AT).value()).isNotEqualTo(pinned[0]);
    processes.unpin(pinned);
    assertThat(processes.allPins()).isZero();
  }

  @Test
  void pin_privateFilePage_makesItTheProcessesOwn() {
    int file = processes.memoryFile(parent, PAGE);
    processes.mapFile(parent, AT, PAGE, file, 0, true, false);
    long before = processes.frameAt(parent, AT).value();
    long[] pinned = processes.pin(parent, AT, 1, false).value();
    processes.write(parent, AT, new byte[] {4});
    assertThat(pinned[0]).isNotEqualTo(before);
    assertThat(processes.frameAt(parent, AT).value()).isEqualTo(pinned[0]);
    processes.unpin(pinned);
  }

  @Test
  void truncate_pinnedFilePage_isGoneForTheProcess() {
    int file = processes.memoryFile(parent, 2 * PAGE);
    processes.mapFile(parent, AT, 2 * PAGE, file, 0, true, true);
    processes.write(parent, AT + PAGE, new byte[] {5});
    processes.truncate(parent, file, PAGE);
    assertThat(processes.copyIn(parent, AT + PAGE, 1).errno()).isEqualTo(Errno.EFAULT);
  }

  @Test
  void exit_pinnedPage_keepsItsBytes() {
    processes.mapAnonymous(parent, AT, PAGE, true);
    processes.write(parent, AT, new byte[] {6});
    long[] pinned = processes.pin(parent, AT, 1, true).value();
    processes.exit(parent);
    assertThat(processes.readFrame(pinned[0], 0, 1)).containsExactly(6);
    assertThat(processes.pin(parent, AT, 1, true).errno()).isEqualTo(Errno.EFAULT);
    processes.unpin(pinned);
  }
}
