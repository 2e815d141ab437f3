package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.List;

/** Mutants of iommufd's checks that no program can tell from Linux, by area. */
final class UnseenCheckMutants {

  /**
   * Some of them.
   *
   * @param names a pattern of their names behind {@code iommufd-}
   * @param why what hides them
   */
  record Unseen(String names, String why) {}

  static final List<Unseen> ALL = new ArrayList<>();

  static {
    unseen(
        "fops-ioctl-uapi-009-behind-uapi-008", "copy_struct_from_user looks at both in one pass");
    unseen("fops-ioctl-uapi-006-behind-uapi-009", "what is too short has no tail");
    unseen(
        "fops-ioctl-uapi-008-behind-uapi-011",
        "memory that ends within a structure ends before its tail");
    unseen("fault-fops-write-iopf-023-behind-iopf-024", "what cannot be read has no code");
    unseen(
        "ioas-change-process-pin-026-behind-pin-025", "only a model stops a map between its steps");
    unseen(
        "device-bind-(dev-001-behind-dev-002|dev-002-behind-dev-003)",
        "a device of a coherent unit is in a group");
    unseen("access-rw-acc-012-behind-acc-009", "the test interface detaches no access");
    unseen(
        "(iopt-area-add-access|iopt-pages-rw-access)-.*acc-021.*",
        "only a model stops an unmap while a mapping is closed");
    unseen(
        "(iopt-area-add-access|iopt-pages-rw-access)-.*acc-016.*",
        "a mapping of memory that was not mapped for writing is never writeable: ACC-015");
    unseen("hwpt-paging-alloc-without-hwpt-0(09|10)", "the driver refuses the flag just so");
    unseen(
        "(hwpt-nested-alloc|viommu-alloc-hwpt-nested)-without-hwpt-01[67]",
        "the driver refuses the flag, or missing data, just so");
    unseen(
        "hwpt-paging-alloc-(.*-)?hwpt-008(-.*)?",
        "mock and ideal take flags and data, if only to refuse them themselves");
    unseen("hwpt-nested-alloc-without-hwpt-019", "an automatic table is no parent either");
    unseen("viommu-alloc-hwpt-nested.*hwpt-021.*", "no target has virtual units and several units");
    unseen("ioas-load-iovas-ioas-014-behind-ioas-015", "what cannot be read has no start and end");
    unseen(
        "iopt-alloc-area-pages-(without-)?ioas-031(-as-ebusy)?|iopt-alloc-pages-without-ioas-031",
        "both look for a length of zero, and answer alike");
    unseen(
        "ioas-option-opt-021-behind-opt-020|option-rlimit-mode-opt-012-behind-opt-009",
        "what is neither SET nor GET has neither a value nor a right");
    unseen("ioas-unmap-ioas-111b-behind-ioas-112", "no length is zero and 2^64-1 at once");
    unseen("viommu-alloc-without-viommu-001b", "no driver has units of type 0: EOPNOTSUPP too");
    unseen(
        "vdevice-alloc-ioctl-viommu-016-(behind|as)-.*",
        "only a model stops an unbind in the middle");
    unseen("iopt-area-split-vfio-038-behind-vfio-039", "only a model stops a call between steps");
    unseen(
        "iopt-area-split-with-pages-.*vfio-037.*", "with large pages on, no unmap asks for a cut");
    unseen("vfio-ioas-vfio-005b-behind-vfio-003", "SET is no unknown operation");
    unseen("hw-queue-alloc-without-hwq-001b", "no driver has queues of type 0: EOPNOTSUPP too");
    unseen("hw-queue-alloc-without-hwq-003", "the pin of its pages answers EOVERFLOW too");
    unseen("hw-queue-alloc-phys-hwq-006-behind-hwq-007", "pages that wrap make a short list");
    unseen("hwpt-invalidate-without-ginv-002b", "the driver takes no entries of no length either");
    unseen(
        "copy-struct-from-full-user-array-(without-)?uapi-068b.*",
        "the driver answers an empty array of its own type before it reads it");
    unseen(
        "copy-struct-from-user-entry-uapi-069-behind-uapi-069b",
        "check_zeroed_user looks at both in one pass");
    unseen("test-op-md-check-map-without-mock-006b", "what is not aligned differs: EINVAL too");
  }

  private UnseenCheckMutants() {}

  private static void unseen(String names, String why) {
    ALL.add(new Unseen(names, why));
  }
}
