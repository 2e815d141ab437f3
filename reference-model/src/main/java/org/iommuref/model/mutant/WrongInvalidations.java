package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Mutant;

/** Invalidation by a guest, wrong where no list of checks says what is right. */
final class WrongInvalidations {

  private static final String INVALIDATE = "IOMMU_HWPT_INVALIDATE";
  private static final int OF_TABLE = 8;
  private static final int OF_UNIT = 12;

  private WrongInvalidations() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "invalidation-not-counted",
            "says that no entry was handled",
            WrongCall.answering(INVALIDATE, "entry_num", n -> 0),
            "GINV-008"),
        mutant(
            "invalidation-answer-lost",
            "does not notice that the number was not written",
            WrongCall.forgiving(INVALIDATE, Errno.EFAULT),
            "GINV-009"),
        mutant(
            "invalidation-without-effect",
            "counts entries and uses what they name again",
            WrongCall.changed(INVALIDATE, WrongInvalidations::countOnly),
            "GINV-012"),
        mutant(
            "invalidation-wants-entries",
            "takes no entries for one",
            WrongCall.taking(INVALIDATE, "entry_num", n -> n == 0 ? 1 : n),
            "GINV-010"),
        mutant(
            "invalidation-one-entry",
            "handles none of several entries",
            WrongCall.taking(INVALIDATE, "entry_num", n -> n > 1 ? 0 : n),
            "GINV-011"),
        mutant(
            "invalidation-does-nothing",
            "invalidates nothing",
            WrongCall.doingNothing(INVALIDATE),
            "GINV-013",
            "GINV-015"),
        mutant(
            "unknown-flag-of-entry",
            "answers EINVAL for an unknown flag of an entry",
            WrongCall.failing(INVALIDATE, Errno.EOPNOTSUPP, Errno.EINVAL),
            "GINV-014",
            "GINV-016"),
        mutant(
            "entries-of-unit-one-by-one",
            "handles the entries that can be copied",
            WrongCall.taking(INVALIDATE, "entry_num", n -> n == 2 ? 1 : n),
            "GINV-017"),
        mutant(
            "false-caches-begin-empty",
            "compares every false cache with what it is not",
            WrongCall.taking("IOMMU_TEST_OP_DEV_CHECK_CACHE", "cache", n -> 0),
            "GINV-018"),
        mutant(
            "entries-of-unit-as-of-table",
            "takes entries of a unit to be as long as those of a table",
            WrongCall.taking(INVALIDATE, "entry_len", n -> n == OF_UNIT ? OF_TABLE : n),
            "GINV-015"));
  }

  private static Result<Integer> countOnly(OneCall call) {
    long count = call.get("entry_num");
    call.set("entry_num", 0);
    Result<Integer> result = call.right();
    call.set("entry_num", count);
    return result;
  }
}
