package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.answering;
import static org.iommuref.model.mutant.WrongCall.taking;

import java.util.List;
import org.iommuref.model.core.FaultStep;
import org.iommuref.model.iommufd.pagetable.AreaNumber;
import org.iommuref.model.mock.MockStep;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.Mutant;

/** The kernel's test interface, wrong where no list of checks says what is right. */
final class WrongTestInterface {

  private static final long NO_ATS = 8;
  private static final long WRITE = 1;
  private static final long BY_NUMBER = AreaNumber.FLAG;

  private WrongTestInterface() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "mock-device-id",
            "gives the id of the device for that of its object",
            answering("IOMMU_TEST_OP_MOCK_DOMAIN", "out_stdev_id", id -> id + 1),
            "MOCK-001"),
        mutant(
            "mock-device-of-any-kind",
            "takes an unknown flag of a mock device for none",
            taking("IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS", "dev_flags", f -> f & ~2),
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
            "MOCK-030"),
        mutant(
            "mock-device-with-ats",
            "says that a mock device has ATS",
            answering("IOMMU_GET_HW_INFO", "out_capabilities", known -> known & ~NO_ATS),
            "MOCK-004"),
        mutant(
            "pins-counted-from-one",
            "counts the pins of an access from 1",
            answering("IOMMU_TEST_OP_ACCESS_PAGES", "out_access_pages_id", id -> id + 1),
            "MOCK-011"),
        mutant(
            "access-never-lets-go",
            "does not undo the pins of an access that is asked to let go",
            WrongSteps.without(MockStep.TakePins.class),
            "MOCK-015"),
        mutant(
            "access-writes-nothing",
            "reads where it is told to write",
            taking("IOMMU_TEST_OP_ACCESS_RW", "flags", flags -> flags & ~WRITE),
            "MOCK-016"),
        mutant(
            "access-stays",
            "leaves an access in its IOAS",
            WrongCall.doingNothing("IOMMU_TEST_OP_ACCESS_REPLACE_IOAS"),
            "MOCK-018"),
        mutant(
            "writes-unread",
            "does not notice that the pages to be marked cannot be read",
            WrongCall.forgiving("IOMMU_TEST_OP_DIRTY", Errno.EFAULT),
            "MOCK-020"),
        mutant(
            "request-finds-nobody",
            "finds nobody who takes a page request",
            WrongSteps.without(FaultStep.FindFaultHandler.class),
            "MOCK-023"),
        mutant(
            "request-without-pasid",
            "raises each page request without a PASID",
            taking("IOMMU_TEST_OP_TRIGGER_IOPF", "pasid", pasid -> 0),
            "MOCK-023"),
        mutant(
            "pasid-attach-untold",
            "does not tell to which page table a PASID was attached",
            answering("IOMMU_TEST_OP_PASID_ATTACH", "pt_id", id -> 0),
            "MOCK-024"),
        mutant(
            "pasid-not-replaced",
            "leaves a PASID on its page table",
            WrongCall.doingNothing("IOMMU_TEST_OP_PASID_REPLACE"),
            "MOCK-025"),
        mutant(
            "pins-by-address-alone",
            "pins no mapping by its number",
            taking("IOMMU_TEST_OP_ACCESS_PAGES", "flags", flags -> flags & ~BY_NUMBER),
            "MOCK-029"),
        mutant(
            "copies-by-address-alone",
            "copies no mapping by its number",
            taking("IOMMU_IOAS_COPY", "flags", flags -> flags & ~BY_NUMBER),
            "MOCK-029"));
  }
}
