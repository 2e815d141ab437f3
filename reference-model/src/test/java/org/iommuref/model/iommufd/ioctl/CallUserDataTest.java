package org.iommuref.model.iommufd.ioctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.model.core.Core;
import org.iommuref.model.core.CoreParts;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.AccountMode;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.iommufd.kernel.FailNth;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.ObjectTable;
import org.iommuref.model.mock.MockBackend;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.junit.jupiter.api.Test;

/** What drivers copy from and to a caller, before any of them has looked at it. */
class CallUserDataTest {

  private static final long DATA = 0x1_0000;
  private static final int TYPE = 5;

  private final SimulatedProcesses processes = new SimulatedProcesses();
  private final ProcessId process = processes.start(0);
  private final Ucmd ucmd = call();

  private Ucmd call() {
    processes.mapAnonymous(process, DATA, 0x1000, true);
    processes.write(process, DATA, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    Environment environment =
        ModelProvider.environment(new Topology(List.of()), Sequential.plain());
    MockBackend backend = new MockBackend(environment, new FailNth());
    Kernel kernel =
        new Kernel(
            processes,
            environment.steps(),
            Footprint.NONE,
            new Core(environment, backend, CoreParts.LINUX),
            backend,
            new FailNth(),
            CheckLists.LINUX,
            List.of());
    Context context = new Context(kernel, AccountMode.USER, new ObjectTable(kernel));
    return new Ucmd(context, processes.caller(process), DATA, 8, new byte[8]);
  }

  private CallUserData data(int length) {
    return new CallUserData(ucmd, TYPE, DATA, length);
  }

  private CallUserDataArray array(int length, int entries) {
    return new CallUserDataArray(ucmd, TYPE, DATA, length, entries);
  }

  @Test
  @Clause("UAPI-064")
  void copyIn_ofAnotherType_isInvalid() {
    assertThat(data(8).copyIn(TYPE + 1, 4, 8).errno()).as("UAPI-064").isEqualTo(Errno.EINVAL);
    assertThat(data(8).copyIn(TYPE, 4, 8).value()).as("UAPI-064").startsWith(1, 2);
    assertThat(array(8, 1).copyIn(0, TYPE + 1, 4, 8).errno())
        .as("UAPI-064")
        .isEqualTo(Errno.EINVAL);
  }

  @Test
  @Clause("UAPI-066")
  void copyIn_ofAShortStructure_fillsUpWithZeros() {
    assertThat(data(4).copyIn(TYPE, 4, 8).value())
        .as("UAPI-066")
        .containsExactly(1, 2, 3, 4, 0, 0, 0, 0);
  }

  @Test
  @Clause("UAPI-068")
  void copyAllIn_withoutEntries_isInvalid() {
    assertThat(array(8, 0).copyAllIn(TYPE, 8).errno()).as("UAPI-068").isEqualTo(Errno.EINVAL);
  }

  @Test
  @Clause("UAPI-069")
  void copyAllIn_ofShortEntries_fillsUpEach() {
    assertThat(array(2, 2).copyAllIn(TYPE, 4).value())
        .as("UAPI-069")
        .containsExactly(1, 2, 0, 0, 3, 4, 0, 0);
  }

  @Test
  @Clause("UAPI-069")
  void copyAllIn_withATailInUse_isTooBigThoughTheEntryCannotBeRead() {
    CallUserDataArray beforeMemory = new CallUserDataArray(ucmd, TYPE, DATA - 4, 8, 1);
    assertThat(beforeMemory.copyAllIn(TYPE, 4).errno()).as("UAPI-069").isEqualTo(Errno.E2BIG);
  }
}
