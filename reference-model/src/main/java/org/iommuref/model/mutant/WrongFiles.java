package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.iommuref.spec.iommufd.Processes.UserFile;
import org.iommuref.spec.spi.Mutant;

/** Mappings of files and of shared buffers, wrong beside the checks. */
final class WrongFiles {

  private static final String MAP_FILE = "IOMMU_IOAS_MAP_FILE";
  private static final String MAP = "IOMMU_IOAS_MAP";
  private static final String ATTACH = "IOMMU_TEST_OP_MOCK_DOMAIN";
  private static final String REVOKE = "IOMMU_TEST_OP_DMABUF_REVOKE";
  private static final String COPY = "IOMMU_IOAS_COPY";
  private static final String UNMAP = "IOMMU_IOAS_UNMAP";
  private static final String LENGTH = "length";
  private static final long PAGE = 0x1000;
  private static final long BOTH = 6;

  private WrongFiles() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "ioas-map-file-of-any-length",
            "finds no memory for a part that is too long",
            WrongCall.refusing(MAP_FILE, WrongFiles::isTooLong, Errno.ENOMEM),
            "IOAS-071"),
        mutant(
            "ioas-map-file-buffer-as-file",
            "takes any part of a shared buffer, as of a file",
            WrongCall.forgiving(MAP_FILE, Errno.EINVAL),
            "IOAS-072"),
        mutant(
            "ioas-map-file-looks-at-kind",
            "refuses a file that is not memory although nobody needs it",
            WrongKernel.above(WrongFiles::lookingAtKind),
            "IOAS-074"),
        mutant(
            "ioas-map-file-by-rights",
            "refuses to let devices write a file that its opener cannot write",
            WrongKernel.above(WrongFiles::lookingAtRights),
            "IOAS-078"),
        mutant(
            "ioas-map-file-not-memory",
            "answers EBADF for a file that is not memory",
            WrongCall.failing(MAP_FILE, Errno.EINVAL, Errno.EBADF),
            "IOAS-075"),
        mutant(
            "ioas-map-file-beyond-the-end",
            "answers EFAULT for a part beyond the end of a file",
            WrongKernel.below(BeyondTheEnd::new),
            "IOAS-076"),
        mutant(
            "ioas-map-file-from-its-beginning",
            "maps the beginning of a file in place of its part",
            WrongKernel.below(FromTheBeginning::new),
            "IOAS-077"),
        mutant(
            "ioas-map-file-by-its-descriptor",
            "forgets the file with its descriptor",
            WrongKernel.below(ByDescriptor::new),
            "IOAS-079"),
        mutant(
            "ioas-map-file-charges-buffers",
            "charges a page of memory for a mapping of a file",
            WrongCall.changed(MAP_FILE, WrongFiles::charging),
            "IOAS-084"),
        mutant(
            "dmabuf-revoke-unmaps",
            "gives the range of a revoked buffer back",
            WrongKernel.above(Unmapping::new),
            "IOAS-087"),
        mutant(
            "ioas-table-beside-revoked",
            "refuses a page table where a buffer has been revoked",
            WrongKernel.above((right, processes) -> once(right, processes, REVOKE, ATTACH)),
            "IOAS-088"),
        mutant(
            "ioas-copy-no-buffers",
            "refuses to copy what was mapped from a file",
            WrongKernel.above((right, processes) -> once(right, processes, MAP_FILE, COPY)),
            "IOAS-108"));
  }

  private static boolean isTooLong(OneCall call) {
    long length = call.get(LENGTH);
    return length != -1 && Long.compareUnsigned(length, -1 - PAGE) > 0;
  }

  private static Iommufd lookingAtKind(Iommufd right, Processes processes) {
    return WrongCall.of(
        right,
        processes,
        MAP_FILE,
        call ->
            processes.descriptor(call.caller().process(), (int) call.get("fd"))
                    instanceof Descriptor.Ours
                ? Result.err(Errno.EINVAL)
                : call.right());
  }

  private static Result<Integer> charging(OneCall call) {
    Result<Integer> result = call.right();
    Map<String, Long> page = new HashMap<>();
    page.put("flags", BOTH);
    page.put("ioas_id", call.get("ioas_id"));
    page.put("user_va", call.argument() & -PAGE);
    page.put(LENGTH, PAGE);
    return result.isOk() && !call.succeeds(MAP, page) ? Result.err(Errno.ENOMEM) : result;
  }

  /** Once one command was called another fails. */
  private static Iommufd once(Iommufd right, Processes processes, String one, String other) {
    boolean[] called = new boolean[1];
    WrongCall first =
        WrongCall.of(
            right,
            processes,
            one,
            call -> {
              called[0] = true;
              return call.right();
            });
    return WrongCall.of(
        first, processes, other, call -> called[0] ? Result.err(Errno.ENODEV) : call.right());
  }

  private static Iommufd lookingAtRights(Iommufd right, Processes processes) {
    return WrongCall.of(
        right,
        processes,
        MAP_FILE,
        call ->
            processes instanceof SimulatedProcesses simulated
                    && simulated.descriptor(call.caller().process(), (int) call.get("fd"))
                        instanceof Descriptor.Other other
                    && other.file().mappable()
                    && simulated.isSealed(call.caller().process(), (int) call.get("fd"))
                ? Result.err(Errno.EACCES)
                : call.right());
  }

  private static final class BeyondTheEnd extends ForwardingProcesses {
    BeyondTheEnd(Processes right) {
      super(right);
    }

    @Override
    public Result<long[]> pinFile(UserFile file, long start, int pages) {
      Result<long[]> pinned = super.pinFile(file, start, pages);
      return pinned.isOk() ? pinned : Result.err(Errno.EFAULT);
    }
  }

  private static final class FromTheBeginning extends ForwardingProcesses {
    FromTheBeginning(Processes right) {
      super(right);
    }

    @Override
    public Result<long[]> pinFile(UserFile file, long start, int pages) {
      return super.pinFile(file, 0, pages);
    }
  }

  private static final class ByDescriptor extends ForwardingProcesses {
    ByDescriptor(Processes right) {
      super(right);
    }

    @Override
    public void hold(UserFile file) {
      // it will be gone when it is needed
    }

    @Override
    public void release(UserFile file) {
      // nothing was taken
    }
  }

  /** A revocation removes what was mapped from a file last. */
  private static final class Unmapping extends ForwardingIommufd {
    private final WrongCall revoke;
    private final Map<String, Long> last = new HashMap<>();

    Unmapping(Iommufd right, Processes processes) {
      super(right);
      WrongCall map =
          WrongCall.of(
              right,
              processes,
              MAP_FILE,
              call -> {
                for (String field : List.of("ioas_id", "iova", LENGTH)) {
                  last.put(field, call.get(field));
                }
                return call.right();
              });
      this.revoke =
          WrongCall.of(
              map,
              processes,
              REVOKE,
              call -> {
                Result<Integer> result = call.right();
                if (!last.isEmpty()) {
                  call.also(UNMAP, last);
                }
                return result;
              });
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return revoke.ioctl(caller, file, command, argument);
    }
  }
}
