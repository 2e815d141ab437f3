package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.iommuref.model.check.Check;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.model.iommufd.kernel.CheckLists;
import org.iommuref.model.iommufd.pagetable.IovaSearch;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Mutant;

/** Where mappings lie, wrong beside the checks. */
final class WrongPlaces {

  private static final String MAP = "IOMMU_IOAS_MAP";
  private static final long FIXED = 1;
  private static final long PAGE = 0x1000;
  private static final int TRIES = 64;
  private static final List<String> FIELDS =
      List.of("flags", "ioas_id", "user_va", "length", "iova");

  private WrongPlaces() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "ioas-map-not-at-zero",
            "refuses a mapping at address zero",
            WrongCall.changed(MAP, WrongPlaces::refuseZero),
            "IOAS-043"),
        mutant(
            "ioas-allow-forbids-the-rest",
            "reserves what lies above the range that is allowed",
            WrongCall.changed("IOMMU_IOAS_ALLOW_IOVAS", WrongPlaces::forbid),
            "IOAS-044"),
        mutant(
            "ioas-map-first-page-that-is-free",
            "chooses the first page that is free, however the memory is aligned",
            choosing(PAGE),
            "IOAS-046"),
        mutant(
            "ioas-map-at-page-boundary",
            "chooses page boundaries alone",
            moving(iova -> iova & -PAGE),
            "IOAS-047"),
        mutant(
            "ioas-map-behind-the-first-gap",
            "chooses an address far behind the lowest gap",
            moving(iova -> iova + (1L << 30)),
            "IOAS-049"),
        mutant(
            "ioas-map-where-not-allowed",
            "chooses addresses that are not allowed",
            choosing(PAGE),
            "IOAS-050"),
        mutant("ioas-map-chooses-zero", "chooses address zero", choosing(0), "IOAS-051"),
        mutant(
                "ioas-map-aligned-past-the-end",
                "chooses an address that was aligned past the end of the space",
                without("the alignment wraps"),
                "IOAS-052")
            .ofRaces("R127"),
        mutant(
            "ioas-map-last-byte-of-gap",
            "takes a gap of one byte",
            without("the gap ends there"),
            "IOAS-053"));
  }

  private static Result<Integer> refuseZero(OneCall call) {
    boolean zero = call.get("iova") == 0;
    boolean fixed = (call.get("flags") & FIXED) != 0;
    return zero && fixed ? Result.err(Errno.EINVAL) : call.right();
  }

  private static Result<Integer> forbid(OneCall call) {
    Result<Integer> result = call.right();
    if (result.isOk()) {
      long behind = call.peek(call.get("allowed_iovas") + Long.BYTES) + 1;
      call.also(
          "IOMMU_TEST_OP_ADD_RESERVED",
          Map.of("id", call.get("ioas_id"), "start", behind, "length", -behind));
    }
    return result;
  }

  /** A candidate is chosen though it is refused for that reason. */
  private static ModelProvider without(String reason) {
    Checks<IovaSearch.Candidate> linux = IovaSearch.Candidate.CHECKS.linux();
    int index = linux.list().stream().map(Check::reason).toList().indexOf(reason);
    return ModelProvider.mock()
        .with(CheckLists.LINUX.with(IovaSearch.Candidate.CHECKS, linux.without(index)));
  }

  /** What is chosen lies elsewhere. */
  private static WrongKernel moving(LongUnaryOperator elsewhere) {
    return WrongCall.changed(
        MAP,
        call -> {
          boolean chosen = (call.get("flags") & FIXED) == 0;
          Result<Integer> result = call.right();
          if (chosen && result.isOk()) {
            long iova = call.get("iova");
            unmap(call);
            mapAt(call, elsewhere.applyAsLong(iova));
          }
          return result;
        });
  }

  /** The first page from one on is chosen where a fixed mapping succeeds. */
  private static WrongKernel choosing(long first) {
    return WrongCall.changed(
        MAP,
        call -> {
          if ((call.get("flags") & FIXED) == 0) {
            for (long page = 0; page < TRIES; page++) {
              if (mapAt(call, first + page * PAGE)) {
                return Result.ok(0);
              }
            }
          }
          return call.right();
        });
  }

  private static void unmap(OneCall call) {
    Map<String, Long> fields = new HashMap<>();
    List.of("ioas_id", "iova", "length").forEach(field -> fields.put(field, call.get(field)));
    call.also("IOMMU_IOAS_UNMAP", fields);
  }

  private static boolean mapAt(OneCall call, long iova) {
    Map<String, Long> fields = new HashMap<>();
    FIELDS.forEach(field -> fields.put(field, call.get(field)));
    fields.merge("flags", FIXED, (flags, fixed) -> flags | fixed);
    fields.put("iova", iova);
    boolean mapped = call.succeeds(MAP, fields);
    if (mapped) {
      call.set("iova", iova);
    }
    return mapped;
  }
}
