package org.iommuref.conformance.iommufd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.conformance.iommufd.ContextProgram.MEMORY;
import static org.iommuref.conformance.iommufd.ContextProgram.PAGE;
import static org.iommuref.conformance.iommufd.ContextProgram.on;
import static org.iommuref.conformance.iommufd.ContextProgram.succeed;

import java.util.List;
import org.iommuref.conformance.iommufd.ContextProgram.Bound;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test interface over the mock driver, over ideal and over VT-d units with their driver. */
final class EachDriverTest {

  private static final long IOVA = 1L << 24;
  private static final int PASID_ATTACH = 18;
  private static final int PASID_DETACH = 20;
  private static final int TRIGGER_IOPF = 15;
  private static final int FOR_PASIDS = 8;

  static List<ModelProvider> targets() {
    return ModelProvider.onClassPath();
  }

  private static ModelProvider named(String name) {
    return targets().stream()
        .filter(target -> target.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onClassPath_findsMockAndEveryDriver() {
    assertThat(targets().stream().map(ModelProvider::name))
        .containsExactly(
            "ideal",
            "mock",
            "vtd",
            "vtd-caching-mode",
            "vtd-scalable",
            "vtd-scalable-caching-mode",
            "vtd-scalable-second-stage");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void devices_reachWhatTheirPageTableMaps_untilItIsUnmapped(ModelProvider target) {
    ContextProgram program = new ContextProgram(target, Topology.twoDevices());
    int ioas = program.ioas();
    int other = program.ioas();
    succeed(program.map(ioas, MEMORY, 4 * PAGE, IOVA));
    succeed(program.map(other, MEMORY + 8 * PAGE, PAGE, IOVA));
    Bound first = program.plug(ioas);
    Bound second = program.plug(ioas);
    assertThat(second.table()).as("one page table for both").isEqualTo(first.table());
    succeed(program.checkMap(first.table(), IOVA, 4 * PAGE, MEMORY));
    int moved = program.replace(second, other);
    succeed(program.checkMap(moved, IOVA, PAGE, MEMORY + 8 * PAGE));
    succeed(program.unmap(ioas, IOVA, 4 * PAGE));
    assertThat(program.checkMap(first.table(), IOVA, PAGE, MEMORY))
        .as("INV-001: neither software nor a device finds it any more")
        .isEqualTo(Errno.EINVAL);
    succeed(program.map(ioas, MEMORY + 4 * PAGE, PAGE, IOVA));
    succeed(program.checkMap(first.table(), IOVA, PAGE, MEMORY + 4 * PAGE));
    assertThat(program.destroy(ioas)).as("OBJ-010: it is in use").isEqualTo(Errno.EBUSY);
    succeed(program.destroy(first.handle()));
    succeed(program.destroy(ioas));
    program.close();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void pasids_workWhereTheyAreClaimed_andAreRefusedElsewhere(ModelProvider target) {
    ContextProgram program = new ContextProgram(target, Topology.oneDevice());
    int ioas = program.ioas();
    if (target.hwInfo().has(Capability.PASID)) {
      succeed(program.test(12, on(ioas).putInt(28, 4)));
      Bound device =
          new Bound(
              program.answer().getInt(16),
              program.answer().getInt(20),
              program.answer().getInt(24));
      int table = program.hwpt(device.device(), ioas, FOR_PASIDS);
      program.replace(device, table);
      succeed(program.test(PASID_ATTACH, on(device.handle()).putInt(16, 7).putInt(20, table)));
      succeed(program.test(PASID_DETACH, on(device.handle()).putInt(16, 7)));
    } else {
      assertThat(program.test(12, on(ioas).putInt(28, 4))).isEqualTo(Errno.EINVAL);
      Bound device = program.plug(ioas);
      assertThat(
              program.test(
                  PASID_ATTACH, on(device.handle()).putInt(16, 7).putInt(20, device.table())))
          .isNotNull();
    }
    program.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ideal", "vtd"})
  void operations_thatTheDriverLacks_areRefusedAsUnknownOnes(String name) {
    ContextProgram program = new ContextProgram(named(name), Topology.oneDevice());
    assertThat(program.test(TRIGGER_IOPF, on(0))).as("UAPI-046").isEqualTo(Errno.EOPNOTSUPP);
    program.close();
  }

  @Test
  void plug_withoutADeviceLeft_isRefused() {
    ContextProgram program = new ContextProgram(named("vtd"), Topology.oneDevice());
    int ioas = program.ioas();
    Bound device = program.plug(ioas);
    assertThat(program.test(2, on(ioas))).isEqualTo(Errno.ENODEV);
    succeed(program.destroy(device.handle()));
    program.plug(ioas);
    program.close();
  }

  @Test
  void interruptMessagesOfVtd_areNoIovasToMap() {
    ContextProgram program = new ContextProgram(named("vtd"), Topology.oneDevice());
    int ioas = program.ioas();
    assertThat(program.ranges(ioas)).isEqualTo(1);
    program.plug(ioas);
    assertThat(program.ranges(ioas))
        .as("RSV-003, IOAS-005: below and above the window")
        .isEqualTo(2);
    assertThat(program.map(ioas, MEMORY, PAGE, 0xfee0_0000L))
        .as("IOAS-040")
        .isEqualTo(Errno.EINVAL);
    program.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ideal", "vtd"})
  void devicesOfOneGroup_moveTogether(String name) {
    Topology.Device first = new Topology.Device(Topology.FIRST, 0, new GroupId(5));
    Topology.Device second = new Topology.Device(Rid.parse("01:00.1"), 0, new GroupId(5));
    ContextProgram program = new ContextProgram(named(name), new Topology(List.of(first, second)));
    int ioas = program.ioas();
    int other = program.ioas();
    succeed(program.map(other, MEMORY, PAGE, IOVA));
    Bound one = program.plug(ioas);
    Bound two = program.plug(ioas);
    int moved = program.replace(one, other);
    succeed(program.checkMap(moved, IOVA, PAGE, MEMORY));
    assertThat(program.test(10, on(two.handle()).putInt(16, other)))
        .as("DEV-024: it is there already")
        .isNull();
    program.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ideal-unmap-misses-last", "ideal-sync-takes-next-page"})
  void aDeviceThatReachesOtherThanSoftwareSays_isFound(String name) {
    Mutant.OfBackend wrong = (Mutant.OfBackend) Targets.onClassPath().mutant(name).orElseThrow();
    ContextProgram program =
        new ContextProgram(ModelProvider.over(wrong.backend()), Topology.oneDevice());
    int ioas = program.ioas();
    Bound device = program.plug(ioas);
    succeed(program.map(ioas, MEMORY, 4 * PAGE, IOVA));
    succeed(program.map(ioas, MEMORY + 4 * PAGE, PAGE, IOVA + 4 * PAGE));
    succeed(program.checkMap(device.table(), IOVA, 5 * PAGE, MEMORY));
    var ignored = program.unmap(ioas, IOVA, 4 * PAGE);
    boolean agrees =
        program.checkMap(device.table(), IOVA + 3 * PAGE, PAGE, MEMORY + 3 * PAGE) == Errno.EINVAL
            && program.checkMap(device.table(), IOVA + 4 * PAGE, PAGE, MEMORY + 4 * PAGE) == null;
    assertThat(agrees).isFalse();
  }
}
