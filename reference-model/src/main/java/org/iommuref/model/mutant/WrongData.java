package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.taking;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.iommuref.model.iommufd.object.CountStep;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.viommu.ViommuStep;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.step.Step;

/** Data, regions and nodes of drivers, wrong where no list of checks says what is right. */
final class WrongData {

  private static final long OF_VTD = 1;
  private static final long MOCK_TABLE = 0xdead;
  private static final long MOCK_ENTRY = 0xdead_beefL;
  private static final int FIRST_WORD = 4;
  private static final int TABLE_BYTES = 8;
  private static final int UNIT_BYTES = 24;
  private static final int FIRST_COMMAND = 0x3b80;

  private WrongData() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "table-type-of-vtd",
            "takes VT-d's type of a page table for the driver's own",
            taking("IOMMU_HWPT_ALLOC", "data_type", type -> type == OF_VTD ? MOCK_TABLE : type),
            "UAPI-058"),
        mutant(
            "entry-type-zero",
            "takes VT-d's type of invalidations for the driver's own",
            taking("IOMMU_HWPT_INVALIDATE", "data_type", type -> type == 0 ? MOCK_ENTRY : type),
            "UAPI-062"),
        mutant(
            "event-type-zero",
            "takes no type of events for the first",
            taking("IOMMU_VEVENTQ_ALLOC", "type", type -> type == 0 ? 1 : type),
            "UAPI-063"),
        mutant(
            "data-beyond-length",
            "reads as much of a driver's data as it knows",
            taking("IOMMU_HWPT_ALLOC", "data_len", n -> n == FIRST_WORD ? TABLE_BYTES : n),
            "UAPI-066"),
        mutant(
            "data-written-whole",
            "writes as much of a driver's data as it knows",
            taking("IOMMU_VIOMMU_ALLOC", "data_len", n -> n == 0 ? 0 : UNIT_BYTES),
            "UAPI-070"),
        mutant(
            "region-of-other-frames",
            "maps the pages of a region in another order",
            WrongKernel.above((iommufd, processes) -> new TurnedRegion(iommufd)),
            "UAPI-076"),
        mutant(
            "region-never-free",
            "gives the place of a region that is gone to no other",
            WrongSteps.without(ViommuStep.RemoveRegion.class),
            "UAPI-077"),
        mutant(
            "mapping-holds-nothing",
            "does not hold the owner of a region that is mapped",
            WrongSteps.without(WrongData::isOfMapping),
            "UAPI-078"),
        mutant(
            "region-held-once",
            "holds the owner of a region once, however often it is mapped",
            WrongKernel.above((iommufd, processes) -> new HeldOnce(iommufd)),
            "UAPI-078",
            "UAPI-079"),
        mutant(
            "vfio-node-alone",
            "knows no command of iommufd on VFIO's node",
            WrongKernel.above((iommufd, processes) -> new VfioAlone(iommufd)),
            "UAPI-080"));
  }

  private static boolean isOfMapping(Step step) {
    return (step instanceof CountStep.HoldIfUsed hold && hold.by() == Holder.MAPPING)
        || (step instanceof CountStep.Drop drop && drop.by() == Holder.MAPPING);
  }

  private static final class TurnedRegion extends ForwardingIommufd {
    TurnedRegion(Iommufd right) {
      super(right);
    }

    @Override
    public Result<long[]> mmap(
        Caller caller, FileId file, long offset, long length, boolean shared, boolean executable) {
      Result<long[]> frames = super.mmap(caller, file, offset, length, shared, executable);
      if (!frames.isOk()) {
        return frames;
      }
      long[] right = frames.value();
      long[] turned = new long[right.length];
      for (int index = 0; index < right.length; index++) {
        turned[index] = right[right.length - 1 - index];
      }
      return Result.ok(turned);
    }
  }

  private static final class HeldOnce extends ForwardingIommufd {
    private final Set<String> mapped = new HashSet<>();

    HeldOnce(Iommufd right) {
      super(right);
    }

    @Override
    public Result<long[]> mmap(
        Caller caller, FileId file, long offset, long length, boolean shared, boolean executable) {
      Result<long[]> frames = super.mmap(caller, file, offset, length, shared, executable);
      if (frames.isOk() && !mapped.add(file + " " + offset)) {
        var ignored = super.munmap(file, offset);
      }
      return frames;
    }

    @Override
    public Result<Done> munmap(FileId file, long offset) {
      return mapped.remove(file + " " + offset) ? super.munmap(file, offset) : Result.done();
    }
  }

  private static final class VfioAlone extends ForwardingIommufd {
    private final Set<FileId> ofVfio = new HashSet<>();

    VfioAlone(Iommufd right) {
      super(right);
    }

    @Override
    public Result<FileId> open(Caller caller, Node node) {
      Result<FileId> opened = super.open(caller, node);
      if (opened.isOk() && node == Node.VFIO) {
        ofVfio.add(opened.value());
      }
      return opened;
    }

    @Override
    public Result<Integer> ioctl(Caller caller, FileId file, int command, long argument) {
      return ofVfio.contains(file) && command >= FIRST_COMMAND
          ? Result.err(Errno.ENOTTY)
          : super.ioctl(caller, file, command, argument);
    }
  }
}
