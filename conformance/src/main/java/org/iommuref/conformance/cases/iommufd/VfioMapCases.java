package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.AccessSteps.pin;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.ALL;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.contained;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.mapping;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.plain;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.type1;
import static org.iommuref.conformance.cases.iommufd.VfioSteps.unmapping;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** Maps and unmaps of a container of VFIO, in the middle of mappings too. */
final class VfioMapCases implements ProgramCaseSet {

  private static final String MAP = "VFIO_IOMMU_MAP_DMA";
  private static final String UNMAP = "VFIO_IOMMU_UNMAP_DMA";

  @Override
  public List<Case> cases() {
    return List.of(
        mapUnreadable(),
        mapMalformed(),
        mapWithoutIoas(),
        maps(),
        mapsWithoutRights(),
        rightsOfATable(),
        unmapUnreadable(),
        unmapMalformed(),
        unmapWithoutIoas(),
        everything(),
        range(),
        sizeWrittenBack(),
        unwritableSize(),
        middle(),
        noCutWithLargePages(),
        cutChangesNothing(),
        cutAtTheBorder(),
        misalignedCut(),
        cutOfABuffer(),
        cutUnderPins(),
        failedCut(),
        orderOfACut());
  }

  @Clause("VFIO-020")
  private static Case mapUnreadable() {
    return Program.of("VFIO-020", "an argument at which nothing is mapped")
        .then()
        .with(p -> plain(p, MAP, NOWHERE).fails(Errno.EFAULT))
        .end();
  }

  @Clause("VFIO-021")
  private static Case mapMalformed() {
    return Program.of("VFIO-021", "a byte too short, and a flag too many; without an IOAS")
        .then()
        .with(p -> mapping(p, IOVA, MEMORY, PAGE).size(31).fails(Errno.EINVAL))
        .with(p -> mapping(p, IOVA, MEMORY, PAGE).set("flags", 4).fails(Errno.EINVAL))
        .end();
  }

  @Clause("VFIO-022")
  private static Case mapWithoutIoas() {
    return Program.of("VFIO-022", "a map that is in order")
        .memory(1)
        .then()
        .with(p -> mapping(p, IOVA, MEMORY, PAGE).fails(Errno.ENODEV))
        .end();
  }

  @Clause("VFIO-023")
  private static Case maps() {
    return Program.of("VFIO-023", "what a device reaches, twice at one address, and no length")
        .memory(2)
        .with(contained("io"))
        .device("d", "io")
        .then()
        .with(p -> mapping(p, IOVA, MEMORY, 2 * PAGE).succeeds())
        .mapsTo("d.hwpt", IOVA, MEMORY, 2 * PAGE)
        .with(p -> mapping(p, IOVA + PAGE, MEMORY, PAGE).fails(Errno.EEXIST))
        .with(p -> mapping(p, IOVA + 4 * PAGE, MEMORY, 0).fails(Errno.EINVAL))
        .end();
  }

  @Clause("VFIO-024")
  private static Case mapsWithoutRights() {
    return Program.of("VFIO-024", "neither READ nor WRITE")
        .memory(1)
        .with(contained("io"))
        .then()
        .with(p -> mapping(p, IOVA, MEMORY, PAGE).set("flags", 0).succeeds())
        .end();
  }

  @Clause("VFIO-025")
  private static Case rightsOfATable() {
    return Program.of("VFIO-025", "a map into a page table, and a page table for a mapping")
        .memory(1)
        .with(contained("io"))
        .device("d", "io")
        .then()
        .with(p -> mapping(p, IOVA, MEMORY, PAGE).set("flags", 0).fails(Errno.EINVAL))
        .with(contained("other"))
        .with(p -> mapping(p, IOVA, MEMORY, PAGE).set("flags", 0).succeeds())
        .binding("e", "other")
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("VFIO-026")
  private static Case unmapUnreadable() {
    return Program.of("VFIO-026", "an argument at which nothing is mapped")
        .then()
        .with(p -> plain(p, UNMAP, NOWHERE).fails(Errno.EFAULT))
        .end();
  }

  @Clause("VFIO-027")
  private static Case unmapMalformed() {
    return Program.of("VFIO-027", "a byte too short, and the flag of dirty pages; without an IOAS")
        .then()
        .with(p -> unmapping(p, IOVA, PAGE).size(23).fails(Errno.EINVAL))
        .with(p -> unmapping(p, IOVA, PAGE).set("flags", 1).fails(Errno.EINVAL))
        .end();
  }

  @Clause("VFIO-028")
  private static Case unmapWithoutIoas() {
    return Program.of("VFIO-028", "a range, and everything")
        .then()
        .with(p -> unmapping(p, IOVA, PAGE).fails(Errno.ENODEV))
        .with(p -> unmapping(p, IOVA, PAGE).set("flags", ALL).fails(Errno.ENODEV))
        .end();
  }

  @Clause("VFIO-029")
  private static Case everything() {
    return Program.of("VFIO-029", "two mappings; with an address, with a size, and without")
        .memory(2)
        .with(contained("io"))
        .map("io", IOVA, 1)
        .map("io", IOVA + 4 * PAGE, 2)
        .then()
        .with(
            p ->
                unmapping(p, IOVA, 0)
                    .set("flags", ALL)
                    .gives("iova", IOVA)
                    .gives("size", 0)
                    .fails(Errno.EINVAL))
        .with(p -> unmapping(p, 0, PAGE).set("flags", ALL).gives("size", PAGE).fails(Errno.EINVAL))
        .with(p -> unmapping(p, 0, 0).set("flags", ALL).gives("size", 3 * PAGE).succeeds())
        .map("io", IOVA, 2)
        .end();
  }

  @Clause("VFIO-030")
  private static Case range() {
    return Program.of("VFIO-030", "two mappings, then where there is none, then no size")
        .memory(2)
        .with(contained("io"))
        .map("io", IOVA, 1)
        .map("io", IOVA + PAGE, 1)
        .then()
        .with(p -> unmapping(p, IOVA, 2 * PAGE).gives("size", 2 * PAGE).succeeds())
        .with(p -> unmapping(p, IOVA, 2 * PAGE).gives("size", 0).succeeds())
        .with(p -> unmapping(p, IOVA, 0).fails(Errno.EINVAL))
        .end();
  }

  @Clause("VFIO-031")
  private static Case sizeWrittenBack() {
    return Program.of("VFIO-031", "a mapping, and the first half of another")
        .memory(2)
        .with(contained("io"))
        .map("io", IOVA, 1)
        .map("io", IOVA + PAGE, 2)
        .then()
        .with(p -> unmapping(p, IOVA, 2 * PAGE).gives("size", PAGE).fails(Errno.ENOENT))
        .end();
  }

  @Clause("VFIO-032")
  private static Case unwritableSize() {
    return Program.of("VFIO-032", "one that succeeds, and one that fails")
        .memory(3)
        .with(contained("io"))
        .map("io", IOVA, 1)
        .map("io", IOVA + PAGE, 2)
        .mapMemory(NOWHERE, 2)
        .put32(NOWHERE, 24, 0)
        .put64(NOWHERE + 8, IOVA, PAGE)
        .put32(NOWHERE + PAGE, 24, 0)
        .put64(NOWHERE + PAGE + 8, IOVA + PAGE, PAGE)
        .protect(NOWHERE, 2)
        .then()
        .ioctl("VFIO_IOMMU_UNMAP_DMA")
        .at(NOWHERE)
        .fails(Errno.EFAULT)
        .unmapping("io", IOVA, PAGE)
        .fails(Errno.ENOENT)
        .ioctl("VFIO_IOMMU_UNMAP_DMA")
        .at(NOWHERE + PAGE)
        .fails(Errno.EFAULT)
        .unmap("io", IOVA + PAGE, 2 * PAGE)
        .end();
  }

  @Clause("VFIO-033")
  private static Case middle() {
    return Program.of("VFIO-033", "the middle of four pages")
        .memory(4)
        .with(type1("io"))
        .map("io", IOVA, 4)
        .then()
        .with(p -> unmapping(p, IOVA + PAGE, 2 * PAGE).gives("size", 2 * PAGE).succeeds())
        .unmap("io", IOVA, PAGE)
        .unmap("io", IOVA + 3 * PAGE, PAGE)
        .end();
  }

  @Clause("VFIO-034")
  private static Case noCutWithLargePages() {
    return Program.of("VFIO-034", "the first of two pages")
        .memory(2)
        .with(contained("io"))
        .map("io", IOVA, 2)
        .then()
        .with(p -> unmapping(p, IOVA, PAGE).gives("size", 0).fails(Errno.ENOENT))
        .unmap("io", IOVA, 2 * PAGE)
        .end();
  }

  @Clause("VFIO-035")
  private static Case cutChangesNothing() {
    return Program.of("VFIO-035", "the second of four pages of a device")
        .memory(4)
        .with(type1("io"))
        .map("io", IOVA, 4)
        .device("d", "io")
        .then()
        .with(p -> unmapping(p, IOVA + PAGE, PAGE).succeeds())
        .mapsTo("d.hwpt", IOVA, MEMORY, PAGE)
        .mapsTo("d.hwpt", IOVA + 2 * PAGE, MEMORY + 2 * PAGE, 2 * PAGE)
        .pins(MEMORY, PAGE, 1)
        .pins(MEMORY + PAGE, PAGE, 0)
        .pins(MEMORY + 2 * PAGE, 2 * PAGE, 1)
        .accounts(3, 0)
        .end();
  }

  @Clause("VFIO-036")
  private static Case cutAtTheBorder() {
    return Program.of("VFIO-036", "the whole, and all but the first byte")
        .memory(2)
        .with(type1("io"))
        .map("io", IOVA, 2)
        .then()
        .with(p -> unmapping(p, IOVA + 1, 2 * PAGE - 1).fails(Errno.ENOENT))
        .with(p -> unmapping(p, IOVA, 2 * PAGE).gives("size", 2 * PAGE).succeeds())
        .end();
  }

  @Clause("VFIO-037")
  private static Case misalignedCut() {
    return Program.of("VFIO-037", "in the middle of a page, at the start and at the end")
        .memory(2)
        .with(type1("io"))
        .map("io", IOVA, 2)
        .then()
        .with(p -> unmapping(p, IOVA + PAGE / 2, 2 * PAGE - PAGE / 2).fails(Errno.EINVAL))
        .with(p -> unmapping(p, IOVA, PAGE / 2).fails(Errno.EINVAL))
        .end();
  }

  /** A shared buffer of two pages in a container of the first type. */
  private static Program buffer(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.DMABUF)
        .with(type1("io"))
        .ioctl("IOMMU_TEST_OP_DMABUF_GET")
        .set("length", 2 * PAGE)
        .set("open_flags", 2)
        .names(ProgramCall.RESULT, "buffer")
        .succeeds()
        .with(ProcessSteps.mapFile("io", IOVA, "buffer", 2));
  }

  @Clause("VFIO-039")
  private static Case cutOfABuffer() {
    return buffer("VFIO-039", "the first of its two pages")
        .then()
        .with(p -> unmapping(p, IOVA, PAGE).fails(Errno.EOPNOTSUPP))
        .with(p -> unmapping(p, IOVA, 2 * PAGE).gives("size", 2 * PAGE).succeeds())
        .end();
  }

  @Clause("VFIO-040")
  private static Case cutUnderPins() {
    return Program.of("VFIO-040", "an access has pinned the other page")
        .memory(2)
        .with(type1("io"))
        .map("io", IOVA, 2)
        .with(access("a", "io"))
        .with(pin("pin", "a", IOVA + PAGE, PAGE))
        .then()
        .with(p -> unmapping(p, IOVA, PAGE).fails(Errno.EINVAL))
        .pins(MEMORY + PAGE, PAGE, 1)
        .end();
  }

  @Clause("VFIO-041")
  private static Case failedCut() {
    long most = PAGE - PAGE / 2;
    return Program.of("VFIO-041", "a cut at the end that can be made, one at the start that not")
        .memory(2)
        .with(type1("io"))
        .map("io", IOVA, 2)
        .then()
        .with(p -> unmapping(p, IOVA + PAGE / 2, most).gives("size", most).fails(Errno.EINVAL))
        .unmap("io", IOVA, PAGE)
        .unmap("io", IOVA + PAGE, PAGE)
        .end();
  }

  @Clause("VFIO-050")
  private static Case orderOfACut() {
    return buffer("VFIO-050", "a cut in the middle of a page of a shared buffer")
        .then()
        .with(p -> unmapping(p, IOVA, PAGE / 2).fails(Errno.EOPNOTSUPP))
        .end();
  }
}
