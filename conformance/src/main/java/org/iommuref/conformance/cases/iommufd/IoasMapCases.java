package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.FIXED;
import static org.iommuref.conformance.cases.iommufd.Program.FIXED_IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Program.READABLE;
import static org.iommuref.conformance.cases.iommufd.Program.WRITEABLE;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.reading;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.writing;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Mappings of memory: what IOAS_MAP refuses, and what it leaves and answers. */
final class IoasMapCases implements ProgramCaseSet {

  private static final long TOO_LARGE = -1L;

  @Override
  public List<Case> cases() {
    return List.of(
        flags(),
        tooLarge(),
        withoutRights(),
        noIoas(),
        endOfMemory(),
        length(),
        order(),
        orderOfMemory(),
        inPageOffset(),
        failureLeavesNothing(),
        failedCopyLeavesNothing(),
        answer(),
        answerOfFileAndCopy(),
        nothingIsTouched(),
        everyPageTable(),
        rights(),
        rightToWrite());
  }

  @Clause("IOAS-026")
  private static Case flags() {
    return Program.of("IOAS-026", "a flag that is unknown, and the reserved field")
        .memory(1)
        .ioas("a")
        .then()
        .mapping("a", IOVA, MEMORY, PAGE)
        .set("flags", FIXED | 8)
        .fails(Errno.EOPNOTSUPP)
        .mapping("a", IOVA, MEMORY, PAGE)
        .set("flags", FIXED | 1L << 31)
        .fails(Errno.EOPNOTSUPP)
        .mapping("a", IOVA, MEMORY, PAGE)
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("IOAS-027")
  private static Case tooLarge() {
    return Program.of("IOAS-027", "an IOVA, also one that is not used, and a length of 2^64-1")
        .ioas("a")
        .then()
        .mapping("a", TOO_LARGE, MEMORY, PAGE)
        .fails(Errno.EOVERFLOW)
        .placing("a", MEMORY, PAGE)
        .set("iova", TOO_LARGE)
        .fails(Errno.EOVERFLOW)
        .mapping("a", 0, 0, TOO_LARGE)
        .fails(Errno.EOVERFLOW)
        .end();
  }

  @Clause("IOAS-028")
  private static Case withoutRights() {
    return Program.of("IOAS-028", "neither READABLE nor WRITEABLE")
        .ioas("a")
        .then()
        .mapping("a", IOVA, MEMORY, PAGE)
        .set("flags", FIXED_IOVA)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-029")
  private static Case noIoas() {
    return Program.of("IOAS-029", "an id that was destroyed")
        .ioas("a")
        .destroy("a")
        .then()
        .mapping("a", IOVA, MEMORY, PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-030")
  private static Case endOfMemory() {
    return Program.of("IOAS-030", "memory that ends at 2^64, and one page before")
        .ioas("a")
        .then()
        .mapping("a", IOVA, -PAGE, PAGE)
        .fails(Errno.EOVERFLOW)
        .mapping("a", IOVA, -2 * PAGE, PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-031")
  private static Case length() {
    return Program.of("IOAS-031", "no length, and one near 2^64")
        .ioas("a")
        .then()
        .mapping("a", IOVA, MEMORY, 0)
        .fails(Errno.EINVAL)
        .mapping("a", 0, 0, -PAGE)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-032")
  private static Case order() {
    return Program.of("IOAS-032", "calls that are wrong in two places each")
        .memory(1)
        .ioas("a")
        .withoutLargePages("a")
        .map("a", IOVA, 1)
        .ioas("gone")
        .destroy("gone")
        .then()
        .mapping("a", TOO_LARGE, MEMORY, PAGE)
        .set("__reserved", 1)
        .fails(Errno.EOPNOTSUPP)
        .mapping("a", IOVA, MEMORY, TOO_LARGE)
        .set("flags", FIXED_IOVA)
        .fails(Errno.EOVERFLOW)
        .mapping("gone", IOVA, MEMORY, PAGE)
        .set("flags", FIXED_IOVA)
        .fails(Errno.EINVAL)
        .mapping("gone", IOVA, -PAGE, PAGE)
        .fails(Errno.ENOENT)
        .mapping("a", IOVA, TOO_LARGE, -PAGE)
        .fails(Errno.EOVERFLOW)
        .mapping("a", IOVA, MEMORY, 0)
        .fails(Errno.EINVAL)
        .mapping("a", IOVA, MEMORY + 1, PAGE)
        .fails(Errno.EEXIST)
        .end();
  }

  @Clause("IOAS-032")
  private static Case orderOfMemory() {
    return Program.of("IOAS-032", "memory that is not there, with an offset that does not fit")
        .ioas("a")
        .device("d", "a")
        .then()
        .mapping("a", IOVA, NOWHERE + 1, PAGE)
        .fails(Errno.EINVAL)
        .mapping("a", IOVA, NOWHERE, PAGE)
        .fails(Errno.EFAULT)
        .end();
  }

  @Clause("IOAS-033")
  private static Case inPageOffset() {
    return Program.of("IOAS-033", "half a page into a page, at an alignment of a page")
        .memory(2)
        .ioas("a")
        .withoutLargePages("a")
        .device("d", "a")
        .then()
        .mapping("a", IOVA, MEMORY + PAGE / 2, PAGE)
        .fails(Errno.EINVAL)
        .mapping("a", IOVA, MEMORY + PAGE, PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-034")
  private static Case failureLeavesNothing() {
    return Program.of("IOAS-034", "memory of which the second half is not there")
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .become(1000)
        .then()
        .mapping("a", IOVA, MEMORY, 2 * PAGE)
        .fails(Errno.EFAULT)
        .pins(MEMORY, PAGE, 0)
        .accounts(0, 0)
        .lacksMapping("d.hwpt", IOVA, MEMORY, PAGE)
        .map("a", IOVA, 1)
        .accounts(1, 0)
        .end();
  }

  @Clause("IOAS-034")
  private static Case failedCopyLeavesNothing() {
    return Program.of("IOAS-034", "a copy that asks for more than its second piece has")
        .memory(2)
        .ioas("a")
        .map("a", IOVA, 1)
        .mapping("a", IOVA + PAGE, MEMORY + PAGE, PAGE)
        .set("flags", FIXED_IOVA | Program.READABLE)
        .succeeds()
        .ioas("b")
        .then()
        .copying("a", IOVA, "b", IOVA, 2 * PAGE)
        .fails(Errno.EPERM)
        .map("b", IOVA, 2)
        .end();
  }

  @Clause("IOAS-035")
  private static Case answer() {
    return Program.of("IOAS-035", "the IOVA that was asked for and one that was chosen")
        .memory(1)
        .ioas("a")
        .then()
        .mapping("a", IOVA, MEMORY, PAGE)
        .gives("iova", IOVA)
        .succeeds()
        .placing("a", MEMORY, PAGE)
        .set("iova", 2 * IOVA)
        .names("iova", "chosen")
        .succeeds()
        .unmap("a", IOVA, PAGE)
        .ioctl("IOMMU_IOAS_UNMAP")
        .id("ioas_id", "a")
        .id("iova", "chosen")
        .set("length", PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-035")
  private static Case answerOfFileAndCopy() {
    return Program.of("IOAS-035", "a part of a file and a copy, fixed and chosen")
        .file("f", 2 * PAGE)
        .ioas("a")
        .then()
        .mappingFile("a", IOVA, "f", 0, PAGE)
        .gives("iova", IOVA)
        .succeeds()
        .mappingFile("a", IOVA, "f", 0, PAGE)
        .set("flags", FIXED & ~FIXED_IOVA)
        .gives("iova", PAGE)
        .succeeds()
        .copying("a", IOVA, "a", 2 * IOVA, PAGE)
        .gives("dst_iova", 2 * IOVA)
        .succeeds()
        .copying("a", IOVA, "a", 2 * IOVA, PAGE)
        .set("flags", FIXED & ~FIXED_IOVA)
        .gives("dst_iova", 2 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-055")
  private static Case nothingIsTouched() {
    return Program.of("IOAS-055", "memory that is not there, by one who may lock none")
        .memory(1)
        .ioas("a")
        .become(1000)
        .limit(0)
        .then()
        .map("a", IOVA, NOWHERE, PAGE)
        .map("a", 2 * IOVA, 1)
        .accounts(0, 0)
        .pins(MEMORY, PAGE, 0)
        .end();
  }

  @Clause("IOAS-056")
  private static Case everyPageTable() {
    return Program.of("IOAS-056", "a page table of a device's attach and one made apart")
        .memory(3)
        .ioas("a")
        .device("d", "a")
        .hwpt("h", "d", "a")
        .then()
        .map("a", IOVA, 3)
        .mapsTo("d.hwpt", IOVA, MEMORY, 3 * PAGE)
        .mapsTo("h", IOVA, MEMORY, 3 * PAGE)
        .end();
  }

  /** A page with one right and a page with both, for a device that makes accesses. */
  private static Program withRight(String name, long right) {
    return Program.of("IOAS-062", name)
        .needs(Capability.BOUND_DEVICES)
        .lacks(Capability.MOCK)
        .memory(2)
        .ioas("a")
        .device("dev", "a")
        .mapping("a", IOVA, MEMORY, PAGE)
        .set("flags", FIXED_IOVA | right)
        .succeeds()
        .map("a", IOVA + PAGE, MEMORY + PAGE, PAGE)
        .then();
  }

  @Clause("IOAS-062")
  private static Case rights() {
    Program program = withRight("a page for reading alone, and one for both", READABLE);
    reading(program, "dev", 0, IOVA).gives("out_value", 0x0101_0101_0101_0101L).succeeds();
    reading(program, "dev", 0, IOVA + PAGE).gives("out_value", 0x0202_0202_0202_0202L).succeeds();
    writing(program, "dev", IOVA, 0).fails(Errno.EFAULT);
    writing(program, "dev", IOVA + PAGE, 0x0b0b).succeeds();
    return program.holds64(MEMORY, 0x0101_0101_0101_0101L).holds64(MEMORY + PAGE, 0x0b0b).end();
  }

  @Clause("IOAS-062")
  private static Case rightToWrite() {
    Program program = withRight("a page for writing alone, and one for both", WRITEABLE);
    program.needs(Capability.WRITE_ONLY_PAGES);
    reading(program, "dev", 0, IOVA).fails(Errno.EFAULT);
    writing(program, "dev", IOVA, 0x0a0a).succeeds();
    writing(program, "dev", IOVA + PAGE, 0x0b0b).succeeds();
    return program.holds64(MEMORY, 0x0a0a, 0).holds64(MEMORY + PAGE, 0x0b0b).end();
  }
}
