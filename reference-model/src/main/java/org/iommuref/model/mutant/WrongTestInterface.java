package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;

import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Mutant;

/** The kernel's test interface, wrong where no list of checks says what is right. */
final class WrongTestInterface {

  private WrongTestInterface() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "mock-device-id",
            "gives the id of the device for that of its object",
            WrongCall.answering("IOMMU_TEST_OP_MOCK_DOMAIN", "out_stdev_id", id -> id + 1),
            "MOCK-001"),
        mutant(
            "mock-device-of-any-kind",
            "takes an unknown flag of a mock device for none",
            WrongCall.taking("IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS", "dev_flags", f -> f & ~2),
            "MOCK-003"),
        mutant(
            "pins-not-compared",
            "does not say that pinned pages differ",
            WrongCall.forgiving("IOMMU_TEST_OP_ACCESS_PAGES", Errno.EBADE),
            "MOCK-012"),
        mutant(
            "pin-undone-twice",
            "undoes a pin as often as it is asked to",
            WrongCall.forgiving("IOMMU_TEST_OP_DESTROY_ACCESS_PAGES", Errno.ENOENT),
            "MOCK-014"),
        mutant(
            "pasid-beyond-width",
            "answers ENOSPC for a PASID of a device without them",
            WrongCall.failing("IOMMU_TEST_OP_PASID_ATTACH", Errno.EINVAL, Errno.ENOSPC),
            "MOCK-030"));
  }
}
