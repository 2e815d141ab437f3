package org.iommuref.conformance.program;

import java.util.HexFormat;
import org.iommuref.model.process.MappedRegion;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.jspecify.annotations.Nullable;

/** The calls of a process on its memory, on the model. */
final class ModelMemory {

  private static final long WITHIN_PAGE = Processes.PAGE_SIZE - 1;

  private final SimulatedProcesses processes;
  private final IommufdKernel kernel;
  private final Caller caller;
  private final ProcessId process;

  ModelMemory(SimulatedProcesses processes, IommufdKernel kernel, Caller caller) {
    this.processes = processes;
    this.kernel = kernel;
    this.caller = caller;
    this.process = caller.process();
  }

  /** The answer, or null if the call is not on memory. */
  @Nullable String make(SystemCall call) {
    if (call instanceof SystemCall.MapMemory map) {
      Errno refusal = refusal(map.address(), map.length());
      if (refusal == null) {
        processes.mapAnonymous(process, map.address(), map.length(), map.writable());
      }
      return answer(refusal);
    } else if (call instanceof SystemCall.MapFile map) {
      return answer(map(map));
    } else if (call instanceof SystemCall.Unmap unmap) {
      return unmap(unmap.address(), unmap.length());
    } else if (call instanceof SystemCall.Protect protect) {
      return answer(protect(protect));
    } else if (call instanceof SystemCall.Put put) {
      Result<Integer> done = processes.copyOut(process, put.address(), put.bytes());
      return answer(done.isOk() ? null : Errno.EFAULT);
    } else if (call instanceof SystemCall.Get get) {
      Result<byte[]> bytes = processes.copyIn(process, get.address(), get.length());
      return bytes.isOk() ? HexFormat.of().formatHex(bytes.value()) : "-";
    }
    return null;
  }

  private static String answer(@Nullable Errno refusal) {
    return refusal == null ? Answer.DONE : Answer.of(refusal);
  }

  /** Why nothing can be mapped there. Linux: do_mmap with MAP_FIXED_NOREPLACE. */
  private @Nullable Errno refusal(long address, long length) {
    if (length == 0 || (address & WITHIN_PAGE) != 0) {
      return Errno.EINVAL;
    }
    return processes.isMapped(process, address, length) ? Errno.EEXIST : null;
  }

  private @Nullable Errno map(SystemCall.MapFile map) {
    Descriptor open = processes.descriptor(process, map.fd());
    if ((map.offset() & WITHIN_PAGE) != 0) {
      return Errno.EINVAL;
    } else if (open instanceof Descriptor.Closed) {
      return Errno.EBADF;
    }
    Errno refusal = refusal(map.address(), map.length());
    if (refusal != null) {
      return refusal;
    } else if (open instanceof Descriptor.Ours ours) {
      return mapRegion(map, ours.file());
    } else if (open instanceof Descriptor.Other other && !other.file().mappable()) {
      return Errno.ENODEV;
    } else if (map.shared()
        && map.protection() == Protection.WRITE
        && processes.isSealed(process, map.fd())) {
      return Errno.EACCES;
    }
    processes.mapFile(
        process, map.address(), map.length(), map.fd(), map.offset(), map.writable(), map.shared());
    return null;
  }

  /** The mapping is held with all others, by the program; the one that finds the frames is not. */
  private @Nullable Errno mapRegion(SystemCall.MapFile map, FileId file) {
    Result<long[]> frames =
        kernel
            .iommufd()
            .mmap(
                caller,
                file,
                map.offset(),
                map.length(),
                map.shared(),
                map.protection() == Protection.EXECUTE);
    if (!frames.isOk()) {
      return Answer.errno(frames);
    }
    long length = frames.value().length * (long) Processes.PAGE_SIZE;
    MappedRegion region = new MappedRegion(file, map.offset(), length);
    processes.mapRegion(
        process, map.address(), map.writable(), region, frames.value(), kernel::mappedFrame);
    kernel.iommufd().munmap(file, map.offset());
    return null;
  }

  private String unmap(long address, long length) {
    if (length == 0 || (address & WITHIN_PAGE) != 0) {
      return Answer.of(Errno.EINVAL);
    }
    processes.unmap(process, address, length);
    return Answer.DONE;
  }

  private @Nullable Errno protect(SystemCall.Protect protect) {
    if ((protect.address() & WITHIN_PAGE) != 0) {
      return Errno.EINVAL;
    }
    boolean whole =
        processes.protect(process, protect.address(), protect.length(), protect.writable());
    return whole ? null : Errno.ENOMEM;
  }
}
