package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import java.util.Map;
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
  private static final String RANGES = "IOMMU_IOAS_IOVA_RANGES";
  private static final String ALIGNMENT = "out_iova_alignment";
  private static final long PAGE = 0x1000;

  private WrongTables() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "ioas-alignment-at-least-a-page",
            "tells an alignment of at least a page",
            WrongCall.answering(RANGES, ALIGNMENT, alignment -> Math.max(alignment, PAGE)),
            "IOAS-022"),
        mutant(
            "ioas-table-over-fine-mappings",
            "takes a page table that cannot hold the mappings, or has no place for them",
            WrongCall.forgiving(ATTACH, Errno.EADDRINUSE),
            "IOAS-023"),
        mutant(
            "ioas-alignment-only-rises",
            "keeps the highest alignment that it has told",
            WrongKernel.above(OnlyRising::new),
            "IOAS-024"),
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
            "ioas-map-around-aperture",
            "takes mappings that no page table can hold",
            WrongCall.forgiving(MAP, Errno.EINVAL),
            "IOAS-128"),
        mutant(
            "ioas-table-below-mappings",
            "answers EINVAL when a mapping lies outside the aperture",
            WrongCall.failing(ATTACH, Errno.EADDRINUSE, Errno.EINVAL),
            "IOAS-129"),
        mutant(
            "ioas-table-without-mappings",
            "fills the page table of a new device from an IOAS of its own",
            WrongCall.changed(ATTACH, WrongTables::besideTheIoas),
            "IOAS-130"),
        mutant(
            "ioas-table-with-holes",
            "takes a page table that cannot be filled",
            WrongCall.forgiving(ATTACH, Errno.EFAULT),
            "IOAS-131"),
        mutant(
            "ioas-table-filled-first",
            "fills a page table before it looks at aperture and alignment",
            WrongKernel.above(FillingFirst::new),
            "IOAS-132"),
        mutant(
            "ioas-aperture-kept",
            "keeps what the aperture of the first page table reserved",
            WrongKernel.above(Kept::new),
            "IOAS-133"));
  }

  private static Result<Integer> besideTheIoas(OneCall call) {
    long ioas = call.get("id");
    var fresh = call.also("IOMMU_IOAS_ALLOC", Map.of(), "out_ioas_id");
    call.set("id", fresh.isOk() ? fresh.value() : ioas);
    Result<Integer> result = call.right();
    call.set("id", ioas);
    return result;
  }

  private static final class OnlyRising extends ForwardingIommufd {
    private final WrongCall ranges;
    private long highest = 1;

    OnlyRising(Iommufd right, Processes processes) {
      super(right);
      this.ranges =
          WrongCall.of(
              right,
              processes,
              RANGES,
              call -> {
                Result<Integer> result = call.right();
                highest = Math.max(highest, call.get(ALIGNMENT));
                call.set(ALIGNMENT, highest);
                return result;
              });
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return ranges.ioctl(caller, file, command, argument);
    }
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

  /** The last page stays reserved where a page table has been. */
  private static final class Kept extends ForwardingIommufd {
    private final WrongCall map;
    private boolean reserved;

    Kept(Iommufd right, Processes processes) {
      super(right);
      WrongCall attach =
          WrongCall.of(
              right,
              processes,
              ATTACH,
              call -> {
                Result<Integer> result = call.right();
                reserved |= result.isOk();
                return result;
              });
      this.map =
          WrongCall.of(
              attach,
              processes,
              MAP,
              call ->
                  reserved && call.get("iova") == -PAGE ? Result.err(Errno.EINVAL) : call.right());
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return map.ioctl(caller, file, command, argument);
    }
  }
}
