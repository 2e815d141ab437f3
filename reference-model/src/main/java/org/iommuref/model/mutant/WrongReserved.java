package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.doingNothing;
import static org.iommuref.model.mutant.WrongCall.forgiving;
import static org.iommuref.model.mutant.WrongCall.refusing;

import java.util.List;
import java.util.Map;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Mutant;

/** Reserved addresses, wrong where no list of checks says what is right. */
final class WrongReserved {

  private static final String RESERVE = "IOMMU_TEST_OP_ADD_RESERVED";

  /** Flags of IOAS_MAP: at this IOVA, for reading. */
  private static final long FIXED_READABLE = 5;

  /** Where programs of the suite have memory for devices. */
  private static final long MEMORY = 0x3000_0000L;

  private static final long PAGE = 4096;

  private WrongReserved() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "reserved-where-mapped",
            "says that addresses are reserved that are in use",
            forgiving(RESERVE, Errno.EADDRINUSE),
            "RSV-001"),
        mutant(
            "reserved-once",
            "reserves no address a second time",
            refusing(RESERVE, WrongReserved::cannotMap, Errno.EADDRINUSE),
            "RSV-002"),
        mutant(
            "reserved-nothing",
            "says that addresses are reserved that are not",
            doingNothing(RESERVE),
            "RSV-006"));
  }

  private static boolean cannotMap(OneCall call) {
    long ioas = call.get("id");
    long start = call.get("start");
    Map<String, Long> mapping =
        Map.of(
            "flags",
            FIXED_READABLE,
            "ioas_id",
            ioas,
            "user_va",
            MEMORY,
            "length",
            PAGE,
            "iova",
            start);
    boolean mapped = call.also("IOMMU_IOAS_MAP", mapping, "iova").isOk();
    if (mapped) {
      call.also("IOMMU_IOAS_UNMAP", Map.of("ioas_id", ioas, "iova", start, "length", PAGE));
    }
    return !mapped;
  }
}
