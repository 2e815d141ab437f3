package org.iommuref.conformance.iommufd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import org.iommuref.model.iommufd.IommufdModel;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.model.iommufd.kernel.Allocations;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/** A program with one context open; structures lie at 64 KiB, memory to map at 1 MiB. */
final class ContextProgram {

  static final long MEMORY = 0x10_0000;
  static final int PAGES = 16;
  static final int PAGE = 4096;

  private static final long STRUCTURE = 0x1_0000;
  private static final int DESTROY = 0x3b80;
  private static final int IOAS_ALLOC = 0x3b81;
  private static final int IOAS_IOVA_RANGES = 0x3b84;
  private static final int IOAS_MAP = 0x3b85;
  private static final int IOAS_UNMAP = 0x3b86;
  private static final int HWPT_ALLOC = 0x3b89;
  private static final int HWPT_INVALIDATE = 0x3b8d;
  private static final int FAULT_QUEUE_ALLOC = 0x3b8e;
  private static final int VIOMMU_ALLOC = 0x3b90;
  private static final int VDEVICE_ALLOC = 0x3b91;
  private static final int HW_QUEUE_ALLOC = 0x3b94;
  private static final int FAULT_ID_VALID = 4;
  private static final int TEST_CMD = 0x3ba0;

  final SimulatedProcesses processes = new SimulatedProcesses();
  final IommufdModel iommufd;
  private final ProcessId process = processes.start(0);
  private final Caller caller = new Caller(process, 0, EnumSet.allOf(Caller.Right.class));
  private final FileId file;
  private ByteBuffer answer = ByteBuffer.allocate(0);

  ContextProgram(ModelProvider target, Topology topology) {
    iommufd =
        target.open(
            processes,
            ModelProvider.environment(topology, Sequential.plain()),
            Allocations.PLENTY,
            CheckLists.LINUX);
    processes.mapAnonymous(process, STRUCTURE, PAGE, true);
    processes.mapAnonymous(process, MEMORY, (long) PAGES * PAGE, true);
    for (int page = 0; page < PAGES; page++) {
      processes.write(process, MEMORY + (long) page * PAGE, new byte[] {(byte) (page + 1), 2, 3});
    }
    file = iommufd.open(caller, Node.IOMMU).value();
  }

  int ioas() {
    succeed(call(IOAS_ALLOC, sized(12)));
    return answer.getInt(8);
  }

  @Nullable Errno map(int ioas, long address, long length, long iova) {
    return call(
        IOAS_MAP,
        sized(40)
            .putInt(4, 7)
            .putInt(8, ioas)
            .putLong(16, address)
            .putLong(24, length)
            .putLong(32, iova));
  }

  @Nullable Errno unmap(int ioas, long iova, long length) {
    return call(IOAS_UNMAP, sized(24).putInt(4, ioas).putLong(8, iova).putLong(16, length));
  }

  @Nullable Errno destroy(int id) {
    return call(DESTROY, sized(8).putInt(4, id));
  }

  /** A page table for a device. */
  int hwpt(int device, int source, int flags) {
    succeed(call(HWPT_ALLOC, sized(48).putInt(4, flags).putInt(8, device).putInt(12, source)));
    return answer.getInt(16);
  }

  /** A fault queue, whose file is closed. */
  int faultQueue() {
    succeed(call(FAULT_QUEUE_ALLOC, sized(16)));
    int queue = answer.getInt(8);
    processes.close(process, answer.getInt(12)).ifPresent(iommufd::close);
    return queue;
  }

  /** A page table for a device, whose faults come to a queue. */
  int hwptWithQueue(int device, int source, int queue) {
    succeed(
        call(
            HWPT_ALLOC,
            sized(48)
                .putInt(4, FAULT_ID_VALID)
                .putInt(8, device)
                .putInt(12, source)
                .putInt(40, queue)));
    return answer.getInt(16);
  }

  /** A virtual unit of a device over a page table. */
  int virtualUnit(int device, int parent) {
    succeed(call(VIOMMU_ALLOC, sized(40).putInt(8, 1).putInt(12, device).putInt(16, parent)));
    return answer.getInt(20);
  }

  @Nullable Errno virtualDevice(int unit, int device) {
    return call(VDEVICE_ALLOC, sized(24).putInt(4, unit).putInt(8, device).putLong(16, 1));
  }

  /** A queue of a virtual unit. */
  int queue(int unit, long iova, long length) {
    succeed(
        call(
            HW_QUEUE_ALLOC,
            sized(40).putInt(8, unit).putInt(12, 1).putLong(24, iova).putLong(32, length)));
    return answer.getInt(20);
  }

  /** A nested page table of a virtual unit, with so many bytes of data. */
  @Nullable Errno nested(int device, int unit, int flags, int data) {
    return call(
        HWPT_ALLOC,
        sized(48)
            .putInt(4, flags)
            .putInt(8, device)
            .putInt(12, unit)
            .putInt(24, 1)
            .putInt(28, data)
            .putLong(32, MEMORY));
  }

  /** Invalidates nothing of a page table. */
  @Nullable Errno invalidate(int table) {
    return call(HWPT_INVALIDATE, sized(32).putInt(4, table));
  }

  /** How many ranges of IOVAs are usable. */
  int ranges(int ioas) {
    var ignored = call(IOAS_IOVA_RANGES, sized(32).putInt(4, ioas));
    return answer.getInt(8);
  }

  /** An operation of the test interface, by its number. */
  @Nullable Errno test(int operation, ByteBuffer structure) {
    return call(TEST_CMD, structure.putInt(4, operation));
  }

  /** A structure of the test interface that names an object. */
  static ByteBuffer on(int id) {
    return sized(72).putInt(8, id);
  }

  /** Binds the next device and attaches it. */
  Bound plug(int table) {
    succeed(test(2, on(table)));
    return new Bound(answer.getInt(16), answer.getInt(20), answer.getInt(24));
  }

  @Nullable Errno checkMap(int table, long iova, long length, long address) {
    return test(3, on(table).putLong(16, iova).putLong(24, length).putLong(32, address));
  }

  /** Moves a device without PASID; the page table that it is in then. */
  int replace(Bound device, int table) {
    succeed(test(10, on(device.handle()).putInt(16, table)));
    return answer.getInt(16);
  }

  /** Closes the context; nothing may be left of it. */
  void close() {
    iommufd.close(file);
    assertThat(iommufd.openFiles()).isZero();
    assertThat(processes.allPins()).as("PIN-001").isZero();
    assertThat(iommufd.accounting().pinned(process)).isZero();
    assertThat(iommufd.warnings().all()).isEmpty();
  }

  ByteBuffer answer() {
    return answer;
  }

  /** A device as MOCK_DOMAIN names it. */
  record Bound(int handle, int table, int device) {}

  static void succeed(@Nullable Errno failure) {
    assertThat(failure).isNull();
  }

  private static ByteBuffer sized(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putInt(0, size);
  }

  private @Nullable Errno call(int command, ByteBuffer structure) {
    byte[] bytes = new byte[structure.capacity()];
    structure.get(0, bytes);
    processes.write(process, STRUCTURE, bytes);
    Result<Integer> result = iommufd.ioctl(caller, file, command, STRUCTURE);
    answer =
        ByteBuffer.wrap(processes.read(process, STRUCTURE, structure.capacity()))
            .order(ByteOrder.LITTLE_ENDIAN);
    return result.errno();
  }
}
