package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.changed;
import static org.iommuref.model.mutant.WrongCall.failing;
import static org.iommuref.model.mutant.WrongCall.refusing;
import static org.iommuref.model.mutant.WrongCall.taking;

import java.util.List;
import java.util.Map;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Mutant;

/** Page tables, wrong where no list of checks says what is right. */
final class WrongHwpt {

  private static final String ALLOC = "IOMMU_HWPT_ALLOC";
  private static final String BIND = "IOMMU_TEST_OP_MOCK_DOMAIN";
  private static final String REPLACE = "IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE";
  private static final String PASID_REPLACE = "IOMMU_TEST_OP_PASID_REPLACE";
  private static final String DETACH = "IOMMU_TEST_OP_PASID_DETACH";

  private static final long NEST_PARENT = 1;
  private static final long FAULT_ID_VALID = 4;
  private static final long SELFTEST = 0xdead;

  private WrongHwpt() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "plain-tables-invalid",
            "answers EINVAL for a flag or data that a driver of plain tables cannot take",
            WrongCall.failing("IOMMU_HWPT_ALLOC", Errno.EOPNOTSUPP, Errno.EINVAL).overIdeal(),
            "HWPT-008"),
        mutant(
            "no-nested-tables",
            "makes page tables of an IOAS alone",
            refusing(ALLOC, call -> call.get("data_len") != 0, Errno.EINVAL),
            "HWPT-005"),
        mutant(
            "driver-refusal-as-einval",
            "answers EINVAL whatever the driver says",
            failing(ALLOC, Errno.EOPNOTSUPP, Errno.EINVAL),
            "HWPT-012"),
        mutant(
            "fault-queue-first",
            "looks for the queue of faults before anything else",
            refusing(ALLOC, call -> reportsFaults(call) && call.get("fault_id") == 0, Errno.ENOENT),
            "HWPT-013",
            "HWPT-022"),
        mutant(
            "alloc-attaches",
            "moves the device to the page table that it made",
            changed(ALLOC, WrongHwpt::allocateAndReplace),
            "HWPT-014"),
        mutant(
            "fault-queue-without-flag",
            "looks for a queue of faults that is not asked for",
            refusing(
                ALLOC, call -> !reportsFaults(call) && call.get("fault_id") != 0, Errno.ENOENT),
            "HWPT-024"),
        mutant(
            "nested-reserves",
            "reserves addresses of the first IOAS for a nested page table",
            changed(ALLOC, WrongHwpt::allocateAndReserve),
            "HWPT-025"),
        mutant(
            "no-automatic-tables",
            "attaches no device to an IOAS",
            failing(BIND, Errno.EINVAL),
            "HWPT-026"),
        mutant(
            "automatic-table-as-parent",
            "makes automatic page tables on which nested ones can stand",
            changed(BIND, call -> bindWith(call, NEST_PARENT)),
            "HWPT-030"),
        mutant(
            "search-goes-on",
            "tries another page table after any error",
            changed(PASID_REPLACE, WrongHwpt::replaceOnceMore),
            "HWPT-028"),
        mutant(
            "hand-made-table-taken",
            "takes a page table of HWPT_ALLOC where an IOAS is the target",
            changed(REPLACE, WrongHwpt::replaceWithNext),
            "HWPT-029"),
        mutant(
            "replace-names-its-target",
            "answers the id of the target of a replace, not that of the page table",
            changed(REPLACE, WrongHwpt::replaceUntold),
            "HWPT-031"),
        mutant(
            "replace-detaches-first",
            "detaches the device before the new page table is filled",
            changed(REPLACE, WrongHwpt::detachOnFailure),
            "HWPT-035"),
        mutant(
            "any-data-type",
            "takes any type for the mock driver's",
            taking(ALLOC, "data_type", type -> type == 0 ? 0 : SELFTEST),
            "HWPT-036"),
        mutant(
            "three-bytes-of-data",
            "takes data that are a byte short",
            taking(ALLOC, "data_len", length -> length == 3 ? 4 : length),
            "HWPT-037"),
        mutant(
            "no-huge-table",
            "does not read the kind of page table",
            taking(ALLOC, "data_len", length -> length == 8 ? 4 : length),
            "HWPT-039"));
  }

  private static boolean reportsFaults(OneCall call) {
    return (call.get("flags") & FAULT_ID_VALID) != 0;
  }

  private static Result<Integer> allocateAndReplace(OneCall call) {
    Result<Integer> result = call.right();
    if (result.isOk()) {
      // a mock device has the id before that of the device that is bound for it
      call.also(REPLACE, Map.of("id", call.get("dev_id") - 1, "pt_id", call.get("out_hwpt_id")));
    }
    return result;
  }

  private static Result<Integer> allocateAndReserve(OneCall call) {
    Result<Integer> result = call.right();
    if (result.isOk() && call.get("data_len") != 0) {
      call.also("IOMMU_TEST_OP_ADD_RESERVED", Map.of("id", 1L, "start", 1L << 25, "length", 4096L));
    }
    return result;
  }

  private static Result<Integer> bindWith(OneCall call, long flags) {
    long ioas = call.get("id");
    Result<Integer> result = call.right();
    if (result.isOk() && call.get("out_hwpt_id") != ioas) {
      Result<Long> made =
          call.also(
              ALLOC,
              Map.of("flags", flags, "dev_id", call.get("out_idev_id"), "pt_id", ioas),
              "out_hwpt_id");
      if (made.isOk()) {
        call.also(REPLACE, Map.of("id", call.get("out_stdev_id"), "pt_id", made.value()));
        call.set("out_hwpt_id", made.value());
      }
    }
    return result;
  }

  private static Result<Integer> replaceUntold(OneCall call) {
    long target = call.get("pt_id");
    Result<Integer> result = call.right();
    call.set("pt_id", target);
    return result;
  }

  private static Result<Integer> replaceOnceMore(OneCall call) {
    Result<Integer> result = call.right();
    return result.errno() == Errno.ENOMEM ? call.right() : result;
  }

  private static Result<Integer> replaceWithNext(OneCall call) {
    long target = call.get("pt_id");
    call.set("pt_id", target + 1);
    Result<Integer> result = call.right();
    if (!result.isOk()) {
      call.set("pt_id", target);
      return call.right();
    }
    return result;
  }

  private static Result<Integer> detachOnFailure(OneCall call) {
    Result<Integer> result = call.right();
    if (!result.isOk()) {
      call.also(DETACH, Map.of("id", call.get("id"), "pasid", 0L));
    }
    return result;
  }
}
