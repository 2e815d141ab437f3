package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.AccessSteps.access;
import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Removal of mappings: IOAS_UNMAP. */
final class IoasUnmapCases implements ProgramCaseSet {

  private static final long EVERYTHING = -1L;
  private static final long NEST_PARENT = 1;
  private static final long SELFTEST = 0xdeadbeefL;

  @Override
  public List<Case> cases() {
    return List.of(
        noIoas(),
        everything(),
        tooLarge(),
        noLength(),
        endOfSpace(),
        order(),
        bytes(),
        nothing(),
        partly(),
        gaps(),
        ascending(),
        lengthOfFailure(),
        everyPageTable(),
        locked(),
        lockedAndPartly(),
        pinned());
  }

  @Clause("IOAS-109")
  private static Case noIoas() {
    return Program.of("IOAS-109", "an id that was destroyed, also for everything and for nothing")
        .ioas("a")
        .destroy("a")
        .then()
        .unmapping("a", IOVA, PAGE)
        .fails(Errno.ENOENT)
        .unmapping("a", 0, EVERYTHING)
        .fails(Errno.ENOENT)
        .unmapping("a", IOVA, 0)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-110")
  private static Case everything() {
    return Program.of("IOAS-110", "mappings at both ends of the space, then none")
        .memory(2)
        .ioas("a")
        .map("a", 0, 1)
        .map("a", IOVA, 2)
        .map("a", -PAGE, 1)
        .then()
        .unmapping("a", 0, EVERYTHING)
        .gives("length", 4 * PAGE)
        .succeeds()
        .unmapping("a", 0, EVERYTHING)
        .gives("length", 0)
        .succeeds()
        .end();
  }

  @Clause("IOAS-111")
  private static Case tooLarge() {
    return Program.of("IOAS-111", "an IOVA and a length of 2^64-1, with mappings there")
        .memory(1)
        .ioas("a")
        .map("a", -PAGE, 1)
        .map("a", IOVA, 1)
        .then()
        .unmapping("a", EVERYTHING, PAGE)
        .fails(Errno.EOVERFLOW)
        .unmapping("a", EVERYTHING, 1)
        .fails(Errno.EOVERFLOW)
        .unmapping("a", 1, EVERYTHING)
        .fails(Errno.EOVERFLOW)
        .end();
  }

  @Clause("IOAS-112")
  private static Case noLength() {
    return Program.of("IOAS-112", "nothing of a mapping, and nothing at 0")
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .then()
        .unmapping("a", IOVA, 0)
        .fails(Errno.EINVAL)
        .unmapping("a", 0, 0)
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("IOAS-113")
  private static Case endOfSpace() {
    return Program.of("IOAS-113", "a range that passes the end by a page, and one that ends there")
        .memory(1)
        .ioas("a")
        .map("a", -PAGE, 1)
        .then()
        .unmapping("a", -PAGE, 2 * PAGE)
        .fails(Errno.EOVERFLOW)
        .unmap("a", -PAGE, PAGE)
        .end();
  }

  @Clause("IOAS-114")
  private static Case order() {
    return Program.of("IOAS-114", "calls that are wrong in two places each")
        .ioas("a")
        .ioas("gone")
        .destroy("gone")
        .then()
        .unmapping("gone", EVERYTHING, PAGE)
        .fails(Errno.ENOENT)
        .unmapping("a", EVERYTHING, 0)
        .fails(Errno.EOVERFLOW)
        .unmapping("a", IOVA, 0)
        .fails(Errno.EINVAL)
        .unmapping("a", -PAGE, 2 * PAGE)
        .fails(Errno.EOVERFLOW)
        .end();
  }

  @Clause("IOAS-115")
  private static Case bytes() {
    return Program.of("IOAS-115", "a mapping of three pages and one of two in a larger range")
        .memory(3)
        .ioas("a")
        .map("a", IOVA + PAGE, 3)
        .map("a", IOVA + 6 * PAGE, 2)
        .then()
        .unmapping("a", IOVA, 16 * PAGE)
        .gives("length", 5 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-116")
  private static Case nothing() {
    return Program.of("IOAS-116", "beside a mapping, and again where one was")
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .then()
        .unmapping("a", IOVA + PAGE, PAGE)
        .fails(Errno.ENOENT)
        .unmap("a", IOVA, PAGE)
        .unmapping("a", IOVA, PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-117")
  private static Case partly() {
    return Program.of("IOAS-117", "the beginning, the middle and the end of a mapping")
        .memory(3)
        .ioas("a")
        .device("d", "a")
        .map("a", IOVA, 3)
        .then()
        .unmapping("a", IOVA, PAGE)
        .fails(Errno.ENOENT)
        .unmapping("a", IOVA + PAGE, PAGE)
        .fails(Errno.ENOENT)
        .unmapping("a", IOVA + PAGE, 4 * PAGE)
        .fails(Errno.ENOENT)
        .mapsTo("d.hwpt", IOVA, MEMORY, 3 * PAGE)
        .unmapping("a", IOVA, 3 * PAGE)
        .gives("length", 3 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("IOAS-118")
  private static Case gaps() {
    return Program.of("IOAS-118", "two mappings that touch and one behind a gap")
        .memory(1)
        .ioas("a")
        .map("a", IOVA, 1)
        .map("a", IOVA + PAGE, 1)
        .map("a", IOVA + 4 * PAGE, 1)
        .then()
        .unmapping("a", IOVA - PAGE, 8 * PAGE)
        .succeeds()
        .unmapping("a", 0, EVERYTHING)
        .gives("length", 0)
        .succeeds()
        .end();
  }

  @Clause("IOAS-119")
  private static Case ascending() {
    return Program.of("IOAS-119", "a range that ends in a mapping, and one that begins in it")
        .memory(2)
        .ioas("a")
        .map("a", IOVA, 1)
        .map("a", IOVA + PAGE, 2)
        .map("a", IOVA + 3 * PAGE, 1)
        .then()
        .unmapping("a", IOVA, 2 * PAGE)
        .fails(Errno.ENOENT)
        .unmapping("a", IOVA, PAGE)
        .fails(Errno.ENOENT)
        .unmapping("a", IOVA + 2 * PAGE, 2 * PAGE)
        .fails(Errno.ENOENT)
        .unmapping("a", IOVA + 3 * PAGE, PAGE)
        .succeeds()
        .unmap("a", IOVA + PAGE, 2 * PAGE)
        .end();
  }

  @Clause("IOAS-120")
  private static Case lengthOfFailure() {
    return Program.of("IOAS-120", "at the second of two mappings, and where there is none")
        .memory(2)
        .ioas("a")
        .map("a", IOVA, 1)
        .map("a", IOVA + PAGE, 2)
        .then()
        .unmapping("a", IOVA, 2 * PAGE)
        .gives("length", 2 * PAGE)
        .fails(Errno.ENOENT)
        .unmapping("a", 2 * IOVA, PAGE)
        .gives("length", PAGE)
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("IOAS-121")
  private static Case everyPageTable() {
    return Program.of("IOAS-121", "a page table of a device's attach and one made apart")
        .memory(3)
        .ioas("a")
        .device("d", "a")
        .hwpt("h", "d", "a")
        .map("a", IOVA, 3)
        .then()
        .unmap("a", IOVA, 3 * PAGE)
        .lacksMapping("d.hwpt", IOVA, MEMORY, PAGE)
        .lacksMapping("d.hwpt", IOVA + 2 * PAGE, MEMORY + 2 * PAGE, PAGE)
        .lacksMapping("h", IOVA, MEMORY, PAGE)
        .lacksMapping("h", IOVA + 2 * PAGE, MEMORY + 2 * PAGE, PAGE)
        .pins(MEMORY, 3 * PAGE, 0)
        .end();
  }

  @Clause("IOAS-122")
  private static Case locked() {
    return withQueue("IOAS-122", "the page of a hardware queue, before and after its end")
        .then()
        .unmapping("a", IOVA, PAGE)
        .fails(Errno.EBUSY)
        .unmapping("a", 0, EVERYTHING)
        .fails(Errno.EBUSY)
        .destroy("q")
        .unmap("a", IOVA, PAGE)
        .end();
  }

  @Clause("IOAS-123")
  private static Case lockedAndPartly() {
    return withQueue("IOAS-123", "half of the page of a hardware queue")
        .then()
        .unmapping("a", IOVA, PAGE / 2)
        .fails(Errno.EBUSY)
        .end();
  }

  /** A hardware queue {@code q} in the first page of the device's memory. */
  private static Program withQueue(String clause, String name) {
    return Program.of(clause, name)
        .memory(1)
        .ioas("a")
        .device("d", "a")
        .map("a", IOVA, 1)
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("flags", NEST_PARENT)
        .id("dev_id", "d")
        .id("pt_id", "a")
        .names("out_hwpt_id", "parent")
        .succeeds()
        .ioctl("IOMMU_VIOMMU_ALLOC")
        .set("type", SELFTEST)
        .id("dev_id", "d")
        .id("hwpt_id", "parent")
        .names("out_viommu_id", "v")
        .succeeds()
        .ioctl("IOMMU_HW_QUEUE_ALLOC")
        .id("viommu_id", "v")
        .set("type", SELFTEST)
        .set("nesting_parent_iova", IOVA)
        .set("length", PAGE)
        .names("out_hw_queue_id", "q")
        .succeeds();
  }

  @Clause("IOAS-124")
  private static Case pinned() {
    return Program.of("IOAS-124", "two accesses, one of which has pinned the middle of a mapping")
        .memory(3)
        .ioas("a")
        .map("a", IOVA, 3)
        .with(access("x", "a"))
        .with(access("y", "a"))
        .ioctl("IOMMU_TEST_OP_ACCESS_PAGES")
        .id("id", "x")
        .set("iova", IOVA + PAGE)
        .set("length", PAGE)
        .names("out_access_pages_id", "pages")
        .succeeds()
        .then()
        .pins(MEMORY + PAGE, PAGE, 1)
        .unmapping("a", IOVA, 3 * PAGE)
        .gives("length", 3 * PAGE)
        .succeeds()
        .pins(MEMORY, 3 * PAGE, 0)
        .ioctl("IOMMU_TEST_OP_DESTROY_ACCESS_PAGES")
        .id("id", "x")
        .id("access_pages_id", "pages")
        .fails(Errno.ENOENT)
        .end();
  }
}
