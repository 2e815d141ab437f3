package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.accessing;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.plainAccess;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** The page tables and accesses of an IOAS: alignment, aperture, and filling. */
final class IoasTableCases implements ProgramCaseSet {

  private static final long MOCK_END = 1L << 31;

  @Override
  public List<Case> cases() {
    return List.of(
        alignment(),
        alignmentOfMock(),
        higherAlignment(),
        lowerAlignment(),
        unwritableAnswer(),
        unwritableAnswerOfCopy(),
        aroundAperture(),
        outsideAperture(),
        everyMapping(),
        cannotBeFilled(),
        order(),
        apertureIsFree());
  }

  private static Program aligned(Program p, String ioas, long alignment) {
    return p.telling(ioas, 4).gives("out_iova_alignment", alignment).succeeds();
  }

  @Clause("IOAS-022")
  private static Case alignment() {
    return Program.of("IOAS-022", "by accesses and large pages")
        .ioas("a")
        .ioas("b")
        .then()
        .with(p -> aligned(p, "a", 1))
        .with(plainAccess("x", "a"))
        .with(p -> aligned(p, "a", 1))
        .with(access("y", "a"))
        .with(p -> aligned(p, "a", PAGE))
        .withoutLargePages("b")
        .with(p -> aligned(p, "b", PAGE))
        .end();
  }

  @Clause("IOAS-022")
  private static Case alignmentOfMock() {
    return Program.of("IOAS-022", "by page tables of half a page, and an access beside them")
        .needs(Capability.MOCK)
        .ioas("a")
        .device("d", "a")
        .then()
        .telling("a", 1)
        .gives("out_iova_alignment", PAGE / 2)
        .succeeds()
        .with(access("x", "a"))
        .telling("a", 1)
        .gives("out_iova_alignment", PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-023")
  private static Case higherAlignment() {
    return Program.of("IOAS-023", "a quarter of a page in the way of a page table and an access")
        .memory(1)
        .ioas("length")
        .map("length", IOVA, MEMORY, PAGE / 4)
        .ioas("iova")
        .map("iova", IOVA + PAGE / 4, MEMORY, PAGE)
        .ioas("offset")
        .map("offset", IOVA, MEMORY + PAGE / 4, PAGE)
        .then()
        .binding("d", "length")
        .fails(Errno.EADDRINUSE)
        .binding("d", "iova")
        .fails(Errno.EADDRINUSE)
        .binding("d", "offset")
        .fails(Errno.EADDRINUSE)
        .with(p -> accessing(p, "x", "length").set("flags", 1).fails(Errno.EADDRINUSE))
        .with(p -> aligned(p, "length", 1))
        .unmap("length", IOVA, PAGE / 4)
        .device("d", "length")
        .end();
  }

  @Clause("IOAS-024")
  private static Case lowerAlignment() {
    return Program.of("IOAS-024", "after an access and a page table have left")
        .memory(1)
        .ioas("a")
        .with(access("x", "a"))
        .ioas("b")
        .device("d", "b")
        .then()
        .with(p -> aligned(p, "a", PAGE))
        .mapping("a", IOVA, MEMORY, PAGE / 4)
        .fails(Errno.EINVAL)
        .close("x")
        .with(p -> aligned(p, "a", 1))
        .map("a", IOVA, MEMORY, PAGE / 4)
        .mapping("b", IOVA, MEMORY, PAGE / 4)
        .fails(Errno.EINVAL)
        .destroy("d.stdev")
        .map("b", IOVA, MEMORY, PAGE / 4)
        .with(p -> aligned(p, "b", 1))
        .end();
  }

  /** The first IOAS of a context has id 1. */
  @Clause("IOAS-036")
  private static Case unwritableAnswer() {
    return Program.of("IOAS-036", "a map whose structure can be read alone")
        .memory(1)
        .mapMemory(NOWHERE, 1)
        .put32(NOWHERE, 40, (int) FIXED, 1, 0)
        .put64(NOWHERE + 16, MEMORY, PAGE, IOVA)
        .protect(NOWHERE, 1)
        .ioas("a")
        .then()
        .ioctl("IOMMU_IOAS_MAP")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .mapping("a", IOVA, MEMORY, PAGE)
        .fails(Errno.EEXIST)
        .unmap("a", IOVA, PAGE)
        .end();
  }

  @Clause("IOAS-036")
  private static Case unwritableAnswerOfCopy() {
    return Program.of("IOAS-036", "a copy whose structure can be read alone")
        .memory(1)
        .mapMemory(NOWHERE, 1)
        .put32(NOWHERE, 40, (int) FIXED, 1, 1)
        .put64(NOWHERE + 16, PAGE, 2 * IOVA, IOVA)
        .protect(NOWHERE, 1)
        .ioas("a")
        .map("a", IOVA, 1)
        .then()
        .ioctl("IOMMU_IOAS_COPY")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .mapping("a", 2 * IOVA, MEMORY, PAGE)
        .fails(Errno.EEXIST)
        .unmap("a", 2 * IOVA, PAGE)
        .end();
  }

  @Clause("IOAS-128")
  private static Case aroundAperture() {
    return Program.of("IOAS-128", "the last page below, the first, the last, and one above")
        .needs(Capability.MOCK)
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .then()
        .ranges("a", IOVA, MOCK_END - 1)
        .mapping("a", IOVA - PAGE, MEMORY, PAGE)
        .fails(Errno.EINVAL)
        .map("a", IOVA, 1)
        .map("a", MOCK_END - PAGE, 1)
        .mapping("a", MOCK_END, MEMORY, PAGE)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-129")
  private static Case outsideAperture() {
    return Program.of("IOAS-129", "a mapping and an allowed range in the last pages of the space")
        .memory(1)
        .ioas("mapped")
        .map("mapped", -2 * PAGE, 1)
        .ioas("allowed")
        .allowing("allowed", -2 * PAGE, -PAGE)
        .succeeds()
        .then()
        .binding("d", "mapped")
        .fails(Errno.EADDRINUSE)
        .binding("d", "allowed")
        .fails(Errno.EADDRINUSE)
        .unmap("mapped", -2 * PAGE, PAGE)
        .device("d", "mapped")
        .end();
  }

  @Clause("IOAS-130")
  private static Case everyMapping() {
    return Program.of("IOAS-130", "a device's attach, then a page table made apart")
        .memory(3)
        .ioas("a")
        .map("a", IOVA, MEMORY, PAGE)
        .map("a", 2 * IOVA, MEMORY + PAGE, 2 * PAGE)
        .then()
        .device("d", "a")
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .mapsTo("d.hwpt", 2 * IOVA, MEMORY + PAGE, 2 * PAGE)
        .hwpt("h", "d", "a")
        .mapsTo("h", IOVA, MEMORY, PAGE)
        .mapsTo("h", 2 * IOVA, MEMORY + PAGE, 2 * PAGE)
        .end();
  }

  @Clause("IOAS-131")
  private static Case cannotBeFilled() {
    return Program.of("IOAS-131", "the second of two mappings has no memory")
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .map("a", 2 * IOVA, NOWHERE, PAGE)
        .then()
        .binding("d", "a")
        .fails(Errno.EFAULT)
        .pins(MEMORY, PAGE, 0)
        .telling("a", 1)
        .gives("num_iovas", 1)
        .gives("out_iova_alignment", 1)
        .succeeds()
        .unmap("a", 2 * IOVA, PAGE)
        .device("d", "a")
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .end();
  }

  @Clause("IOAS-132")
  private static Case order() {
    return Program.of("IOAS-132", "memory that is not there, misaligned or outside the aperture")
        .ioas("fine")
        .map("fine", IOVA, NOWHERE, PAGE / 4)
        .ioas("outside")
        .map("outside", -2 * PAGE, NOWHERE, PAGE)
        .then()
        .binding("d", "fine")
        .fails(Errno.EADDRINUSE)
        .binding("d", "outside")
        .fails(Errno.EADDRINUSE)
        .end();
  }

  @Clause("IOAS-133")
  private static Case apertureIsFree() {
    return Program.of("IOAS-133", "the last page of the space")
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .then()
        .mapping("a", -PAGE, MEMORY, PAGE)
        .fails(Errno.EINVAL)
        .destroy("d.stdev")
        .map("a", -PAGE, 1)
        .end();
  }
}
