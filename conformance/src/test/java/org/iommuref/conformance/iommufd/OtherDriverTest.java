package org.iommuref.conformance.iommufd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.conformance.iommufd.ContextProgram.PAGE;

import org.iommuref.conformance.iommufd.ContextProgram.Bound;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.HardwareQueue;
import org.iommuref.spec.backend.HardwareQueueHost;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.backend.VirtualUnit;
import org.iommuref.spec.backend.VirtualUnitHost;
import org.iommuref.spec.backend.VirtualUnits;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What iommufd asks of drivers that differ from those of the suite. */
final class OtherDriverTest {

  private static final long IOVA = 1L << 24;
  private static final int NEST_PARENT = 1;
  private static final int UNKNOWN = 1 << 20;
  private static final int DATA = 4;

  private static ContextProgram over(BackendExtension more, long pageSizes) {
    return new ContextProgram(
        ModelProvider.over(new OtherDriver(more, pageSizes)), Topology.twoDevices());
  }

  @Test
  @Clause("IOAS-025")
  void attach_whosePageTableHasTooLargePages_isRefused() {
    ContextProgram program = over(new BackendExtension() {}, 16L * PAGE);
    int ioas = program.ioas();
    assertThat(program.test(2, ContextProgram.on(ioas))).as("IOAS-025").isEqualTo(Errno.EINVAL);
    program.close();
  }

  @Test
  @Clause("IOPF-004")
  void attach_whereFaultsAreThoseOfTwoFunctions_isRefusedWithAQueueAlone() {
    ContextProgram program = over(new Shared(), 0);
    int ioas = program.ioas();
    Bound first = program.plug(ioas);
    Bound second = program.plug(ioas);
    int table = program.hwptWithQueue(second.device(), ioas, program.faultQueue());
    assertThat(program.test(10, ContextProgram.on(first.handle()).putInt(16, table)))
        .as("IOPF-004: a function of its own")
        .isNull();
    assertThat(program.test(10, ContextProgram.on(second.handle()).putInt(16, table)))
        .as("IOPF-004: a virtual function")
        .isEqualTo(Errno.EINVAL);
    program.close();
  }

  @Test
  @Clause({"GINV-006", "HWPT-021", "VIOMMU-012"})
  void virtualUnit_takesNoDeviceBehindAnotherUnit_andInvalidatesNothing() {
    ContextProgram program = over(new TwoUnits(), 0);
    int ioas = program.ioas();
    Bound first = program.plug(ioas);
    Bound second = program.plug(ioas);
    int unit = program.virtualUnit(first.device(), program.hwpt(first.device(), ioas, NEST_PARENT));
    assertThat(program.virtualDevice(unit, second.device()))
        .as("VIOMMU-012")
        .isEqualTo(Errno.EINVAL);
    assertThat(program.virtualDevice(unit, first.device())).as("VIOMMU-012").isNull();
    assertThat(program.nested(second.device(), unit, UNKNOWN, DATA))
        .as("HWPT-021: before its flags are looked at")
        .isEqualTo(Errno.EINVAL);
    assertThat(program.nested(first.device(), unit, UNKNOWN, DATA)).isEqualTo(Errno.EOPNOTSUPP);
    ContextProgram.succeed(program.nested(first.device(), unit, 0, DATA));
    int nested = program.answer().getInt(16);
    assertThat(program.invalidate(nested)).as("GINV-006").isEqualTo(Errno.EOPNOTSUPP);
    program.close();
  }

  @Test
  @Clause("HWQ-017")
  void queue_destroyed_isStoppedBeforeItsMemoryIsUnpinned() {
    TwoUnits driver = new TwoUnits();
    ContextProgram program = over(driver, 0);
    int ioas = program.ioas();
    Bound device = program.plug(ioas);
    int unit =
        program.virtualUnit(device.device(), program.hwpt(device.device(), ioas, NEST_PARENT));
    ContextProgram.succeed(program.map(ioas, ContextProgram.MEMORY, PAGE, IOVA));
    int queue = program.queue(unit, IOVA, PAGE);
    driver.atTheEnd = () -> driver.seenAtTheEnd = program.unmap(ioas, IOVA, PAGE);
    ContextProgram.succeed(program.destroy(queue));
    assertThat(driver.seenAtTheEnd)
        .as("HWQ-017: the memory is still pinned while the hardware stops")
        .isEqualTo(Errno.EBUSY);
    ContextProgram.succeed(program.unmap(ioas, IOVA, PAGE));
    ContextProgram.succeed(program.destroy(unit));
    program.close();
  }

  /** A driver with virtual units whose second device is behind another unit. */
  private static final class TwoUnits implements VirtualUnits {
    private Runnable atTheEnd = () -> {};
    private @Nullable Errno seenAtTheEnd;

    @Override
    public int unitOf(Rid device) {
      return device.equals(Topology.SECOND) ? 1 : 0;
    }

    @Override
    public boolean offers(Rid device, int type) {
      return true;
    }

    @Override
    public Result<VirtualUnit> make(
        Rid device, VirtualUnitHost host, DomainId parent, @Nullable UserData data) {
      return Result.ok(new NoCache(this));
    }
  }

  /** A virtual unit that caches nothing, with queues. */
  private record NoCache(TwoUnits driver) implements VirtualUnit {

    @Override
    public Result<Done> allocateNested(DomainId domain, int flags, UserData data) {
      return Result.done();
    }

    @Override
    public Result<Integer> invalidate(UserDataArray entries) {
      return Result.err(Errno.EOPNOTSUPP, 0);
    }

    @Override
    public boolean offersQueue(int type) {
      return true;
    }

    @Override
    public Result<HardwareQueue> makeQueue(
        HardwareQueueHost host, int index, Iova iova, PhysAddr address) {
      return Result.ok(() -> driver.atTheEnd.run());
    }

    @Override
    public void destroy() {
      // it has nothing
    }
  }

  /** Devices that ask for pages; the second is a virtual function of the first. */
  private static final class Shared implements PageRequests {

    @Override
    public void expect(DomainId domain) {
      // every domain
    }

    @Override
    public boolean isTaking(Rid device) {
      return true;
    }

    @Override
    public boolean areShared(Rid device) {
      return device.equals(Topology.SECOND);
    }

    @Override
    public boolean hasUserPasidTable() {
      return false;
    }

    @Override
    public void respond(Rid device, PageRequest last, PageResponse response) {
      throw new AssertionError("nothing was asked for");
    }
  }
}
