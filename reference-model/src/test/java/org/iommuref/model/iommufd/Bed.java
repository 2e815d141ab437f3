package org.iommuref.model.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.iommufd.kernel.FailNth;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Caller.Right;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;

/**
 * One process with one open context over the mock driver. Structures lie at {@link #STRUCT}, memory
 * to map at {@link #MEMORY}.
 */
public final class Bed {

  /** Where structures lie: two pages, behind which nothing is mapped. */
  public static final long STRUCT = 0x1_0000;

  /** Where data that a structure points to lies: two pages. */
  public static final long DATA = 0x2_0000;

  /** Memory to map: 16 pages. */
  public static final long MEMORY = 0x10_0000;

  /** The beginning of the mock aperture. */
  public static final long APERTURE = 1L << 24;

  public final SimulatedProcesses processes = new SimulatedProcesses();
  public final FailNth failures = new FailNth();
  public final IommufdModel iommufd;
  public final ProcessId process;
  public final FileId file;
  private Caller caller;

  public Bed() {
    SystemMemory memory = SystemMemory.ofSize(1L << 40);
    Environment environment =
        new Environment(
            new Topology(java.util.List.of()),
            memory,
            new PagePool(memory, 0x1000, 16),
            Sequential.plain(),
            Footprint.NONE,
            CachePolicy.REALISTIC);
    iommufd = IommufdModel.openMock(processes, environment, failures, CheckLists.LINUX);
    process = processes.start(1000);
    processes.mapAnonymous(process, STRUCT, 0x2000, true);
    processes.mapAnonymous(process, DATA, 0x2000, true);
    processes.mapAnonymous(process, MEMORY, 0x1_0000, true);
    caller = processes.caller(process, Right.SYS_RESOURCE);
    file = iommufd.open(caller, Node.IOMMU).value();
  }

  /** The caller of all calls from now on has these rights. */
  public Bed withRights(Right... rights) {
    caller = new Caller(process, 1000, Set.of(rights));
    return this;
  }

  public Caller caller() {
    return caller;
  }

  /** Calls with a structure, which then holds the answer. */
  public Result<Integer> call(int command, Struct struct) {
    return call(caller, file, command, struct);
  }

  /** The same by another caller on another file. */
  public Result<Integer> call(Caller by, FileId on, int command, Struct struct) {
    processes.write(by.process(), STRUCT, struct.bytes());
    Result<Integer> result = iommufd.ioctl(by, on, command, STRUCT);
    struct.replace(processes.read(by.process(), STRUCT, struct.bytes().length));
    return result;
  }

  /** Calls, requires success and returns the structure. */
  public Struct ok(int command, Struct struct) {
    assertThat(call(command, struct).errno()).isNull();
    return struct;
  }

  public int ioas() {
    return ok(0x3b81, Struct.of(12)).u32(8);
  }

  public Result<Integer> destroy(int id) {
    return call(0x3b80, Struct.of(8).u32(4, id));
  }

  public Struct map(int ioas, long address, long length, long iova) {
    return Struct.of(40).u32(4, 7).u32(8, ioas).u64(16, address).u64(24, length).u64(32, iova);
  }

  /** Maps at a fixed IOVA, for reading and writing. */
  public Result<Integer> mapFixed(int ioas, long address, long length, long iova) {
    return call(0x3b85, map(ioas, address, length, iova));
  }

  public Struct unmapStruct(int ioas, long iova, long length) {
    return Struct.of(24).u32(4, ioas).u64(8, iova).u64(16, length);
  }

  public Result<Integer> unmap(int ioas, long iova, long length) {
    return call(0x3b86, unmapStruct(ioas, iova, length));
  }

  /** An operation of the test interface. */
  public Struct test(int op, int id) {
    return Struct.of(72).u32(4, op).u32(8, id);
  }

  /** Makes a mock device; the answer holds stdev, hwpt and idev at 16, 20, 24. */
  public Struct mockDomain(int pt) {
    return ok(0x3ba0, test(2, pt));
  }

  public Result<Integer> checkMap(int hwpt, long iova, long length, long address) {
    return call(0x3ba0, test(3, hwpt).u64(16, iova).u64(24, length).u64(32, address));
  }

  public Result<Integer> checkRefs(long address, long length, int refs) {
    return call(0x3ba0, test(4, 0).u64(16, length).u64(24, address).u32(32, refs));
  }

  /** Closes the context; nothing may be left of it. */
  public void close() {
    iommufd.close(file);
    assertThat(iommufd.openFiles()).isZero();
    assertThat(processes.allPins()).isZero();
    assertThat(iommufd.accounting().pinned(process)).isZero();
    assertThat(iommufd.accounting().lockedBy(1000)).isZero();
    assertThat(iommufd.warnings().all()).isEmpty();
  }
}
