package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.answering;
import static org.iommuref.model.mutant.WrongCall.changed;
import static org.iommuref.model.mutant.WrongCall.doingNothing;
import static org.iommuref.model.mutant.WrongCall.failing;
import static org.iommuref.model.mutant.WrongCall.forgiving;
import static org.iommuref.model.mutant.WrongCall.refusing;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Iommufd;
import org.iommuref.spec.spi.Mutant;

/** Objects, their ids and their holders, wrong where no list of checks says what is right. */
final class WrongObjects {

  private static final String DESTROY = "IOMMU_DESTROY";
  private static final String IOAS_ALLOC = "IOMMU_IOAS_ALLOC";
  private static final String UNMAP = "IOMMU_IOAS_UNMAP";

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
            "destroyed-id-stays-taken",
            "gives an id that was destroyed to nobody",
            changed(DESTROY, WrongObjects::destroyAndTake),
            "OBJ-004"),
        mutant(
            "missing-object-as-einval",
            "answers EINVAL for an id without an object",
            failing(UNMAP, Errno.ENOENT, Errno.EINVAL),
            "OBJ-006"),
        mutant(
            "other-type-as-einval",
            "answers EINVAL for an object of another type",
            failing("IOMMU_GET_HW_INFO", Errno.ENOENT, Errno.EINVAL),
            "OBJ-007"),
        mutant(
            "destroy-of-nothing-succeeds",
            "destroys what is not there",
            forgiving(DESTROY, Errno.ENOENT),
            "OBJ-009",
            "OBJ-017"),
        mutant(
            "busy-object-loses-its-mappings",
            "unmaps an IOAS before it is found in use",
            changed(DESTROY, WrongObjects::unmapIfBusy),
            "OBJ-010"),
        mutant(
            "released-device-stays",
            "detaches a device that goes, and keeps it bound",
            changed(DESTROY, WrongObjects::detachInstead),
            "OBJ-015",
            "OBJ-035"),
        mutant(
            "tombstone-is-given-out",
            "gives the id of a tombstone to another object",
            answering(IOAS_ALLOC, "out_ioas_id", id -> id == 8 ? 7 : id),
            "OBJ-016"),
        mutant(
            "failed-creation-takes-an-id",
            "leaves an object behind when a page table cannot be made",
            changed("IOMMU_HWPT_ALLOC", WrongObjects::leakOnFailure),
            "OBJ-018"),
        mutant(
            "unwritten-answer-is-ignored",
            "does not look whether the answer was written",
            forgiving(IOAS_ALLOC, Errno.EFAULT),
            "OBJ-019"),
        mutant(
            "ioas-with-mappings-stays",
            "destroys no IOAS in which something is mapped",
            refusing(DESTROY, WrongObjects::unmaps, Errno.EBUSY),
            "OBJ-037"),
        mutant(
            "destroy-does-nothing",
            "says that an object is destroyed that is not",
            doingNothing(DESTROY),
            "OBJ-038",
            "OBJ-039",
            "OBJ-040",
            "OBJ-041"),
        mutant(
            "close-leaves-everything",
            "keeps a context when its last file is closed",
            WrongKernel.above((iommufd, processes) -> new NeverCloses(iommufd)),
            "OBJ-042",
            "OBJ-049"),
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

  private static Result<Integer> destroyAndTake(OneCall call) {
    Result<Integer> result = call.right();
    if (result.isOk()) {
      call.also(IOAS_ALLOC, Map.of("flags", 0L));
    }
    return result;
  }

  private static boolean unmaps(OneCall call) {
    Map<String, Long> everything = Map.of("ioas_id", call.get("id"), "iova", 0L, "length", -1L);
    return call.also(UNMAP, everything, "length").isOk();
  }

  private static Result<Integer> unmapIfBusy(OneCall call) {
    Result<Integer> result = call.right();
    if (result.errno() == Errno.EBUSY) {
      var ignored = unmaps(call);
    }
    return result;
  }

  private static Result<Integer> detachInstead(OneCall call) {
    Map<String, Long> device = Map.of("id", call.get("id"), "pasid", 0L);
    boolean detached = call.also("IOMMU_TEST_OP_PASID_DETACH", device, "id").isOk();
    return detached ? Result.ok(0) : call.right();
  }

  private static Result<Integer> leakOnFailure(OneCall call) {
    Result<Integer> result = call.right();
    if (!result.isOk()) {
      call.also(IOAS_ALLOC, Map.of("flags", 0L));
    }
    return result;
  }

  private static final class NeverCloses extends ForwardingIommufd {
    NeverCloses(Iommufd right) {
      super(right);
    }

    @Override
    public void close(FileId file) {
      // whoever holds the file may still use it
    }
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
