package org.iommuref.conformance.fuzz;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.iommuref.conformance.program.StructureBytes;
import org.iommuref.model.iommufd.IommufdModel;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.iommufd.kernel.FailNth;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Err;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.jspecify.annotations.Nullable;

/**
 * A fresh model with one process: descriptors 3 and 4 are contexts, 5 and 6 files of memory, 7 a
 * file of another kind.
 *
 * <p>What a call returns is a number as a program sees it: the result, or the negative errno.
 */
final class World {

  static final int CONTEXT = 3;
  static final int OTHER_CONTEXT = 4;
  static final int MEMFD = 5;
  static final int SHORT_MEMFD = 6;
  static final int OTHER_FILE = 7;

  /** The errno of a descriptor that names nothing that can be called. */
  static final int EBADF = -9;

  private static final int MAP_FILE = Lessons.TYPE | 0x8f;
  private static final int MAP_FILE_FD = 12;
  private static final int FIRST_DESCRIPTORS = 3;
  private static final int MOST_DESCRIPTORS = 1024;
  private static final int ANSWER_BYTES = 128;

  private final SimulatedProcesses processes = new SimulatedProcesses();
  private final FailNth failures = new FailNth();
  private final IommufdModel iommufd;
  private final ProcessId process = processes.start(0);
  private final Caller caller = new Caller(process, 0, EnumSet.allOf(Caller.Right.class));

  /** A world whose first context is opened at a node. */
  World(Setting setting, Node node) {
    iommufd =
        setting
            .target()
            .open(
                setting.between().apply(processes),
                ModelProvider.environment(Setting.DEVICES, Sequential.plain()),
                failures,
                CheckLists.LINUX);
    for (long part : new long[] {Layout.STRUCTURE, Layout.DATA, Layout.ANSWER}) {
      processes.mapAnonymous(process, part, 2L * Layout.PAGE, true);
    }
    processes.mapAnonymous(process, Layout.MEMORY, (long) Layout.MEMORY_PAGES * Layout.PAGE, true);
    processes.mapAnonymous(process, Layout.READ_ONLY, 4L * Layout.PAGE, false);
    for (int number = 0; number < FIRST_DESCRIPTORS; number++) {
      var ignored = processes.otherFile(process);
    }
    open(node);
    open(Node.IOMMU);
    var memory = processes.memoryFile(process, 16L * Layout.PAGE);
    var little = processes.memoryFile(process, Layout.PAGE + 1);
    if (memory != MEMFD || little != SHORT_MEMFD || processes.otherFile(process) != OTHER_FILE) {
      throw new IllegalStateException("descriptors are not given out from the lowest on");
    }
  }

  IommufdModel iommufd() {
    return iommufd;
  }

  /** How many pins there are on all frames. */
  long pins() {
    return processes.allPins();
  }

  /** Does something and returns what a program sees. */
  int perform(Act act) {
    if (act instanceof Act.Ioctl ioctl) {
      return ioctl(ioctl);
    } else if (act instanceof Act.Read read) {
      FileId file = file(read.fd());
      return file == null ? EBADF : number(iommufd.read(caller, file, read.buffer(), read.count()));
    } else if (act instanceof Act.Write write) {
      put(Layout.STRUCTURE, write.bytes());
      FileId file = file(write.fd());
      return file == null
          ? EBADF
          : number(iommufd.write(caller, file, Layout.STRUCTURE, write.count()));
    } else if (act instanceof Act.Poll poll) {
      FileId file = file(poll.fd());
      return file == null ? EBADF : iommufd.poll(file).size();
    } else if (act instanceof Act.Mmap mmap) {
      return mmap(mmap);
    } else if (act instanceof Act.Close close) {
      return close(close.fd());
    }
    remap((Act.Remap) act);
    return 0;
  }

  /** What a structure holds after a call; zeros where it reaches beyond what is mapped. */
  StructureBytes answer(long argument) {
    long mapped = Math.max(0, Math.min(ANSWER_BYTES, Layout.STRUCTURE_END - argument));
    Result<byte[]> bytes = processes.copyIn(process, argument, (int) mapped);
    return bytes.isOk()
        ? StructureBytes.of(Arrays.copyOf(bytes.value(), ANSWER_BYTES))
        : StructureBytes.plain(ANSWER_BYTES);
  }

  /** The 8 bytes at an address of the part for answers. */
  long answered(long offset) {
    return StructureBytes.of(processes.read(process, Layout.ANSWER + offset, 8)).get64(0);
  }

  /** The descriptors that are open, in ascending order. */
  List<Integer> descriptors() {
    return IntStream.range(FIRST_DESCRIPTORS, MOST_DESCRIPTORS)
        .filter(fd -> !(processes.descriptor(process, fd) instanceof Descriptor.Closed))
        .boxed()
        .toList();
  }

  private int ioctl(Act.Ioctl call) {
    put(call.argument(), call.structure());
    if (call.data() != null) {
      put(Layout.DATA, call.data());
    }
    FileId file = file(call.fd());
    if (file == null || mapsOwnFile(call)) {
      return EBADF;
    }
    failures.set(call.failNth());
    try {
      return number(iommufd.ioctl(caller, file, call.command(), call.argument()));
    } finally {
      failures.set(0);
    }
  }

  /** Whether a call names a file of iommufd that is not memory: left out of the run. */
  private boolean mapsOwnFile(Act.Ioctl call) {
    if (call.command() != MAP_FILE) {
      return false;
    }
    FileId file = file(answer(call.argument()).get32(MAP_FILE_FD));
    return file != null && !iommufd.isSharedBuffer(file);
  }

  private int mmap(Act.Mmap mmap) {
    FileId file = file(mmap.fd());
    if (file == null) {
      return EBADF;
    }
    Result<long[]> mapped = iommufd.mmap(caller, file, mmap.offset(), mmap.length(), true, false);
    if (mapped instanceof Err<long[]> refused) {
      return -refused.errno().number();
    }
    var ignored = iommufd.munmap(file, mmap.offset());
    return mapped.value().length;
  }

  private int close(int fd) {
    if (processes.descriptor(process, fd) instanceof Descriptor.Closed) {
      return EBADF;
    }
    processes.close(process, fd).ifPresent(iommufd::close);
    return 0;
  }

  private void remap(Act.Remap remap) {
    long address = Layout.MEMORY + (long) remap.page() * Layout.PAGE;
    long length = (long) remap.pages() * Layout.PAGE;
    processes.unmap(process, address, length);
    if (remap.again()) {
      processes.mapAnonymous(process, address, length, true);
    }
  }

  private void open(Node node) {
    var ignored = processes.install(process, iommufd.open(caller, node).value());
  }

  private void put(long address, StructureBytes structure) {
    var ignored = processes.copyOut(process, address, structure.toBytes());
  }

  private @Nullable FileId file(int fd) {
    return processes.descriptor(process, fd) instanceof Descriptor.Ours ours ? ours.file() : null;
  }

  private static int number(Result<Integer> result) {
    return result instanceof Err<Integer> refused ? -refused.errno().number() : result.value();
  }
}
