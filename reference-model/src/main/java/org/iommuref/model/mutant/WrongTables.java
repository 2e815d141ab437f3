package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.Mutant;

/** Page tables and accesses of an IOAS, wrong beside the checks. */
final class WrongTables {

  private static final String ATTACH = "IOMMU_TEST_OP_MOCK_DOMAIN";
  private static final String MAP = "IOMMU_IOAS_MAP";

  private WrongTables() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "ioas-map-nothing-without-answer",
            "maps nothing when the answer cannot be written",
            WrongCall.refusing(MAP, call -> !call.isWritable(), Errno.EFAULT),
            "IOAS-036"),
        mutant(
            "ioas-copy-nothing-without-answer",
            "copies nothing when the answer cannot be written",
            WrongCall.refusing("IOMMU_IOAS_COPY", call -> !call.isWritable(), Errno.EFAULT),
            "IOAS-036"),
        mutant(
            "ioas-table-filled-first",
            "fills a page table before it looks at aperture and alignment",
            WrongKernel.above(FillingFirst::new),
            "IOAS-132"));
  }

  /** Remembers whether the memory of the last mapping was there. */
  private static final class FillingFirst extends ForwardingIommufd {
    private final WrongCall attach;
    private boolean there = true;

    FillingFirst(Iommufd right, Processes processes) {
      super(right);
      WrongCall map =
          WrongCall.of(
              right,
              processes,
              MAP,
              call -> {
                there = call.isReadable(call.get("user_va"));
                return call.right();
              });
      this.attach =
          WrongCall.of(
              map, processes, ATTACH, call -> there ? call.right() : Result.err(Errno.EFAULT));
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return attach.ioctl(caller, file, command, argument);
    }
  }
}
