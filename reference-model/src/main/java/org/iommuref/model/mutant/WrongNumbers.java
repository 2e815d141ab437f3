package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import org.iommuref.spec.spi.Mutant;

/** Flags, options, operations and types of the binary interface under other numbers. */
final class WrongNumbers {

  private WrongNumbers() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "flags-of-mappings",
            "takes flag 1 of IOAS_MAP for 2, 2 for 4 and 4 for 1",
            WrongCall.taking(
                "IOMMU_IOAS_MAP", "flags", f -> (f & ~7) | ((f << 1) & 6) | ((f >> 2) & 1)),
            "UAPI-050"),
        mutant(
            "flags-of-page-tables",
            "takes flag 1 of HWPT_ALLOC for 2 and 2 for 1",
            WrongCall.taking(
                "IOMMU_HWPT_ALLOC", "flags", f -> (f & ~3) | ((f << 1) & 2) | ((f >> 1) & 1)),
            "UAPI-051"),
        mutant(
            "flag-of-dirty-tracking",
            "takes flag 1 of HWPT_SET_DIRTY_TRACKING for 2",
            WrongCall.taking("IOMMU_HWPT_SET_DIRTY_TRACKING", "flags", f -> f << 1),
            "UAPI-052"),
        mutant(
            "flag-of-bitmap",
            "takes flag 1 of HWPT_GET_DIRTY_BITMAP for 2",
            WrongCall.taking("IOMMU_HWPT_GET_DIRTY_BITMAP", "flags", f -> f << 1),
            "UAPI-052"),
        mutant(
            "flag-of-information",
            "takes flag 1 of GET_HW_INFO for 2",
            WrongCall.taking("IOMMU_GET_HW_INFO", "flags", f -> f << 1),
            "UAPI-053"),
        mutant(
            "operations-of-options",
            "takes operation 0 of OPTION for 1 and 1 for 0",
            WrongCall.taking("IOMMU_OPTION", "op", op -> op < 2 ? 1 - op : op),
            "UAPI-056"),
        mutant(
            "numbers-of-options",
            "takes option 0 for 1 and 1 for 0",
            WrongCall.taking("IOMMU_OPTION", "option_id", id -> id < 2 ? 1 - id : id),
            "UAPI-056"),
        mutant(
            "operations-of-vfio-ioas",
            "takes operation 1 of VFIO_IOAS for 2 and 2 for 1",
            WrongCall.taking("IOMMU_VFIO_IOAS", "op", op -> op == 1 || op == 2 ? 3 - op : op),
            "UAPI-057"),
        mutant(
            "type-of-information",
            "says that the information is of no type",
            WrongCall.answering("IOMMU_GET_HW_INFO", "out_data_type", type -> 0),
            "UAPI-060"),
        mutant(
            "bits-of-capabilities",
            "tells of dirty tracking in bit 1",
            WrongCall.answering("IOMMU_GET_HW_INFO", "out_capabilities", bits -> bits << 1),
            "UAPI-061"));
  }
}
