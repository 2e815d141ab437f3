package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.answering;
import static org.iommuref.model.mutant.WrongCall.changed;
import static org.iommuref.model.mutant.WrongCall.forgiving;
import static org.iommuref.model.mutant.WrongCall.refusing;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.model.iommufd.device.GetHwInfo;
import org.iommuref.model.iommufd.ioas.IoasUnmap;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.spi.Mutant;

/** Objects, their ids and their holders, wrong where no list of checks says what is right. */
final class WrongObjects {

  private static final String DESTROY = "IOMMU_DESTROY";
  private static final String IOAS_ALLOC = "IOMMU_IOAS_ALLOC";

  private WrongObjects() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "ids-for-each-type",
            "numbers queues of faults on their own",
            answering("IOMMU_FAULT_QUEUE_ALLOC", "out_fault_id", id -> 1),
            "OBJ-001"),
        mutant(
            "ids-from-zero",
            "counts ids from zero",
            answering(IOAS_ALLOC, "out_ioas_id", id -> id - 1),
            "OBJ-002"),
        mutant(
            "id-zero-is-invalid",
            "answers EINVAL for id 0",
            refusing(DESTROY, call -> call.get("id") == 0, Errno.EINVAL),
            "OBJ-003"),
        mutant(
            "missing-object-as-einval",
            "answers EINVAL for an id without an object",
            WrongSteps.answering(IoasUnmap.COMMAND.checks(), "there is no such IOAS", Errno.EINVAL),
            "OBJ-006"),
        mutant(
            "other-type-as-einval",
            "answers EINVAL for an object of another type",
            WrongSteps.answering(
                GetHwInfo.COMMAND.checks(), "there is no such device", Errno.EINVAL),
            "OBJ-007"),
        mutant(
            "destroy-of-nothing-succeeds",
            "destroys what is not there",
            forgiving(DESTROY, Errno.ENOENT),
            "OBJ-009",
            "OBJ-017"),
        mutant(
            "released-device-stays",
            "detaches a device that goes, and keeps it bound",
            changed(DESTROY, WrongObjects::detachInstead),
            "OBJ-015",
            "OBJ-035"),
        mutant(
            "close-takes-all-files",
            "closes the file that was opened next together with each",
            WrongKernel.above((iommufd, processes) -> new ClosesTwo(iommufd)),
            "OBJ-046",
            "OBJ-047"),
        mutant(
            "close-takes-mappings",
            "unmaps the first region of a file that is closed",
            WrongKernel.above((iommufd, processes) -> new ClosesMapped(iommufd)),
            "OBJ-048"));
  }

  private static Result<Integer> detachInstead(OneCall call) {
    Map<String, Long> device = Map.of("id", call.get("id"), "pasid", 0L);
    boolean detached = call.also("IOMMU_TEST_OP_PASID_DETACH", device, "id").isOk();
    return detached ? Result.ok(0) : call.right();
  }

  private static final class ClosesMapped extends ForwardingIommufd {
    private static final long FIRST_REGION = 0x1000;

    ClosesMapped(Iommufd right) {
      super(right);
    }

    @Override
    public void close(FileId file) {
      var ignored = munmap(file, FIRST_REGION);
      super.close(file);
    }
  }

  private static final class ClosesTwo extends ForwardingIommufd {
    private final Set<FileId> closed = new HashSet<>();

    ClosesTwo(Iommufd right) {
      super(right);
    }

    @Override
    public void close(FileId file) {
      for (FileId each : List.of(file, new FileId(file.number() + 1))) {
        if (closed.add(each)) {
          super.close(each);
        }
      }
    }
  }
}
