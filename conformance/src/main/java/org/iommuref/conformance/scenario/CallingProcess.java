package org.iommuref.conformance.scenario;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Caller.Right;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Iommufd.Readiness;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.iommuref.spec.iommufd.uapi.Structure;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * The process whose threads make the calls of a scenario.
 *
 * <p>It has 16 pages at {@link #DATA} and 2 at {@link #ARRAYS}, and for each thread 2 pages where
 * its structures lie.
 */
final class CallingProcess {

  /** Memory to map for devices. */
  static final long DATA = 0x10_0000;

  /** Memory for what structures point to. */
  static final long ARRAYS = 0x20_0000;

  private static final long STRUCTURES = 0x100_0000;
  private static final long OWN = 2L * Processes.PAGE_SIZE;
  private static final int MOST_DESCRIPTORS = 64;
  private static final int USER = 1000;
  private static final String CONTEXT = "iommu";

  private final SimulatedProcesses processes = new SimulatedProcesses();
  private final ProcessId process = processes.start(USER);
  private final Caller caller = processes.caller(process, Right.SYS_RESOURCE);
  private final Map<String, Long> names = new HashMap<>();
  private final List<Region> regions = new ArrayList<>();
  private final SharedProcess shared;
  private @Nullable Iommufd iommufd;

  private record Region(String file, long offset) {}

  CallingProcess(int threads, Steps steps, Footprint footprint) {
    shared = new SharedProcess(processes, ARRAYS, ARRAYS + OWN, steps, footprint);
    make(DATA, 16);
    make(ARRAYS, 2);
    make(STRUCTURES, 2 * threads);
  }

  /** Memory whose pages are there: what frames they have does not depend on who comes first. */
  private void make(long address, int pages) {
    processes.mapAnonymous(process, address, (long) pages * Processes.PAGE_SIZE, true);
    for (int page = 0; page < pages; page++) {
      processes.write(process, address + (long) page * Processes.PAGE_SIZE, new byte[1]);
    }
  }

  /** The process as the kernel sees it. */
  Processes processes() {
    return shared;
  }

  /** Opens a context of an implementation. */
  void uses(Iommufd implementation) {
    iommufd = implementation;
    FileId context = implementation.open(caller, Node.IOMMU).value();
    names.put(CONTEXT, (long) processes.install(process, context).value());
  }

  /** Makes a call on a thread. */
  Came make(IommufdCall call, int thread) {
    long own = STRUCTURES + OWN * thread;
    if (call instanceof IommufdCall.Ioctl ioctl) {
      return ioctl(ioctl, own);
    }
    if (call instanceof IommufdCall.Read read) {
      return read(read, own);
    }
    if (call instanceof IommufdCall.Write write) {
      return write(write, own);
    }
    if (call instanceof IommufdCall.Poll poll) {
      return poll(poll);
    }
    if (call instanceof IommufdCall.Close close) {
      return close((int) number(close.file())) ? Came.DONE : Came.failed(Errno.EBADF);
    }
    if (call instanceof IommufdCall.MapRegion map) {
      return map(map);
    }
    if (call instanceof IommufdCall.UnmapRegion unmap) {
      return unmap(unmap.file(), number(unmap.offset()));
    }
    return ofMemory(call);
  }

  private Came ofMemory(IommufdCall call) {
    if (call instanceof IommufdCall.Get get) {
      byte[] bytes = shared.copyIn(process, get.address(), Long.BYTES).value();
      return new Came(null, "", ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong());
    }
    if (call instanceof IommufdCall.Put put) {
      long at = put.address();
      for (long each : put.longs()) {
        shared.store(process, at, littleEndian(each));
        at += Long.BYTES;
      }
    } else if (call instanceof IommufdCall.MakeFile file) {
      names.put(file.name(), (long) processes.memoryFile(process, file.length()));
    } else if (call instanceof IommufdCall.TakeAway page) {
      shared.takeAway(page.page());
    }
    return Came.DONE;
  }

  private static byte[] littleEndian(long number) {
    byte[] bytes = new byte[Long.BYTES];
    for (int index = 0; index < Long.BYTES; index++) {
      bytes[index] = (byte) (number >>> (8 * index));
    }
    return bytes;
  }

  private Came ioctl(IommufdCall.Ioctl call, long own) {
    FileId file = file(call.file());
    if (file == null) {
      return Came.failed(Errno.EBADF);
    }
    Structure structure = call.command().structure();
    byte[] bytes = call.command().blank();
    call.set().forEach((field, value) -> structure.set(bytes, field, number(value)));
    processes.write(process, own, bytes);
    Result<Integer> result = iommufd().ioctl(caller, file, call.command().number(), own);
    if (!result.isOk()) {
      return Came.failed(result.errno());
    }
    byte[] answer = processes.read(process, own, bytes.length);
    call.keep().forEach((field, name) -> names.put(name, kept(field, structure, answer, result)));
    return call.show() == null ? Came.DONE : new Came(null, "", structure.get(answer, call.show()));
  }

  private static long kept(
      String field, Structure structure, byte[] answer, Result<Integer> result) {
    return field.equals(IommufdCall.RESULT) ? result.value() : structure.get(answer, field);
  }

  private Came read(IommufdCall.Read call, long own) {
    FileId file = file(call.file());
    if (file == null) {
      return Came.failed(Errno.EBADF);
    }
    long buffer = call.buffer() == null ? own : call.buffer();
    Result<Integer> result = iommufd().read(caller, file, buffer, call.length());
    if (!result.isOk()) {
      return Came.failed(result.errno());
    }
    Structure structure = call.structure();
    if (result.value() == 0 || structure == null) {
      return Came.said(String.valueOf(result.value()));
    }
    byte[] answer = processes.read(process, buffer, structure.size());
    call.keep().forEach((field, name) -> names.put(name, structure.get(answer, field)));
    return call.show() == null
        ? Came.said(String.valueOf(result.value()))
        : new Came(null, "", structure.get(answer, call.show()));
  }

  private Came write(IommufdCall.Write call, long own) {
    FileId file = file(call.file());
    if (file == null) {
      return Came.failed(Errno.EBADF);
    }
    Structure structure = call.structure();
    byte[] bytes = new byte[structure.size()];
    call.set().forEach((field, value) -> structure.set(bytes, field, number(value)));
    processes.write(process, own, bytes);
    Result<Integer> result = iommufd().write(caller, file, own, bytes.length);
    return result.isOk() ? Came.DONE : Came.failed(result.errno());
  }

  private Came poll(IommufdCall.Poll call) {
    FileId file = file(call.file());
    if (file == null) {
      return Came.failed(Errno.EBADF);
    }
    boolean readable = iommufd().poll(file).contains(Readiness.READABLE);
    return Came.said(readable ? "readable" : "quiet");
  }

  private Came map(IommufdCall.MapRegion call) {
    FileId file = file(call.file());
    if (file == null) {
      return Came.failed(Errno.EBADF);
    }
    long offset = number(call.offset());
    Result<long[]> mapped = iommufd().mmap(caller, file, offset, call.length(), true, false);
    if (!mapped.isOk()) {
      return Came.failed(mapped.errno());
    }
    regions.add(new Region(call.file(), offset));
    return Came.DONE;
  }

  private Came unmap(String name, long offset) {
    FileId file = file(name);
    if (file == null || !regions.remove(new Region(name, offset))) {
      return Came.failed(Errno.EINVAL);
    }
    Result<Result.Done> unmapped = iommufd().munmap(file, offset);
    return unmapped.isOk() ? Came.DONE : Came.failed(unmapped.errno());
  }

  private boolean close(int descriptor) {
    Optional<List<FileId>> last = shared.close(process, descriptor);
    last.ifPresent(files -> files.forEach(iommufd()::close));
    return last.isPresent();
  }

  /** Ends every mapping and closes every descriptor, as a process that ends. */
  void closeAll() {
    for (Region region : List.copyOf(regions)) {
      unmap(region.file(), region.offset());
    }
    for (int descriptor = 0; descriptor < MOST_DESCRIPTORS; descriptor++) {
      close(descriptor);
    }
  }

  /** Requires that no page is pinned any more. */
  void requireNoPins() {
    if (processes.allPins() != 0) {
      throw new IllegalStateException(
          "OBJ-042: " + processes.allPins() + " pins are left when everything is closed");
    }
  }

  private @Nullable FileId file(String name) {
    return shared.descriptor(process, (int) number(name)) instanceof Descriptor.Ours ours
        ? ours.file()
        : null;
  }

  private long number(String text) {
    if (text.startsWith("0x")) {
      return Long.parseUnsignedLong(text.substring(2), 16);
    }
    return Character.isDigit(text.charAt(0)) ? Long.parseLong(text) : names.getOrDefault(text, 0L);
  }

  private Iommufd iommufd() {
    return Objects.requireNonNull(iommufd);
  }
}
