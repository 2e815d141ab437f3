package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import java.util.Map;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.spi.Mutant;

/** What a mapping leaves behind and answers, wrong beside the checks. */
final class WrongMappings {

  private static final String MAP = "IOMMU_IOAS_MAP";
  private static final long PAGE = 0x1000;
  private static final long BOTH_RIGHTS = 6;

  private WrongMappings() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "ioas-map-answers-the-end",
            "answers an address behind that of the mapping",
            WrongCall.answering(MAP, "iova", iova -> iova + PAGE),
            "IOAS-035"),
        mutant(
            "ioas-map-file-answers-the-end",
            "answers an address behind that of the part of the file",
            WrongCall.answering("IOMMU_IOAS_MAP_FILE", "iova", iova -> iova + PAGE),
            "IOAS-035"),
        mutant(
            "ioas-copy-answers-the-end",
            "answers an address behind that of the copy",
            WrongCall.answering("IOMMU_IOAS_COPY", "dst_iova", iova -> iova + PAGE),
            "IOAS-035"),
        mutant(
            "ioas-map-looks-at-memory",
            "refuses memory that is not there although nobody needs it",
            WrongCall.changed(MAP, WrongMappings::look),
            "IOAS-055"),
        mutant(
            "ioas-map-with-both-rights",
            "maps everything for reading and writing",
            WrongCall.taking(MAP, "flags", flags -> flags | BOTH_RIGHTS).overIdeal(),
            "IOAS-062"),
        mutant(
            "hwpt-alloc-beside-its-ioas",
            "fills a page table that is made apart from an IOAS of its own",
            WrongCall.changed("IOMMU_HWPT_ALLOC", WrongMappings::besideItsIoas),
            "IOAS-056"));
  }

  private static Result<Integer> look(OneCall call) {
    long address = call.get("user_va");
    return call.isReadable(address) ? call.right() : Result.err(Errno.EFAULT);
  }

  private static Result<Integer> besideItsIoas(OneCall call) {
    var fresh = call.also("IOMMU_IOAS_ALLOC", Map.of(), "out_ioas_id");
    long ioas = call.get("pt_id");
    call.set("pt_id", fresh.isOk() ? fresh.value() : ioas);
    Result<Integer> result = call.right();
    call.set("pt_id", ioas);
    return result;
  }
}
