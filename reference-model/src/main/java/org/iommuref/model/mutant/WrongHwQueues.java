package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Mutant;

/** Queues that hardware reads, wrong where no list of checks says what is right. */
final class WrongHwQueues {

  private static final String ALLOC = "IOMMU_HW_QUEUE_ALLOC";

  private WrongHwQueues() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "queue-of-mapped-part",
            "looks at the first page of a queue alone",
            WrongCall.taking(ALLOC, "length", n -> n > 4096 && n > 0 ? 4096 : n),
            "HWQ-008"),
        mutant(
            "queue-without-right",
            "answers EACCES for memory that devices cannot read",
            WrongCall.failing(ALLOC, Errno.EPERM, Errno.EACCES),
            "HWQ-009"),
        mutant(
            "queue-with-fine-mappings",
            "takes a mapping of half a page for one that suits",
            WrongCall.failing(ALLOC, Errno.EADDRINUSE, Errno.EINVAL),
            "HWQ-010"),
        mutant(
            "queue-in-scattered-memory",
            "does not look whether pages are contiguous",
            WrongCall.forgiving(ALLOC, Errno.EFAULT),
            "HWQ-011"),
        mutant(
            "queue-of-whole-pages",
            "wants a queue to begin and end with a page",
            WrongCall.refusing(
                ALLOC,
                call ->
                    ((call.get("nesting_parent_iova") | call.get("length")) & 0xfff) != 0
                        && call.get("length") < 4096,
                Errno.EINVAL),
            "HWQ-012"),
        mutant(
            "queue-without-access",
            "gives no id to the access of a queue",
            WrongCall.answering("IOMMU_IOAS_ALLOC", "out_ioas_id", id -> id == 9 ? 8 : id),
            "HWQ-014"),
        mutant(
            "busy-not-found",
            "answers ENOENT for an object that is held",
            WrongCall.failing("IOMMU_DESTROY", Errno.EBUSY, Errno.ENOENT),
            "HWQ-015",
            "HWQ-018"),
        mutant(
            "queue-not-pinned",
            "unmaps the pages of a queue",
            WrongCall.forgiving("IOMMU_IOAS_UNMAP", Errno.EBUSY),
            "HWQ-016"),
        mutant(
            "second-queue-first",
            "takes index 1 for 0",
            WrongCall.taking(ALLOC, "index", index -> index == 1 ? 0 : index),
            "HWQ-020"));
  }
}
