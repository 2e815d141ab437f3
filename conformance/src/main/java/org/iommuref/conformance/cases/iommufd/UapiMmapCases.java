package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.DATA;
import static org.iommuref.conformance.cases.iommufd.Program.IOMMU;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Units.allocation;

import java.util.List;
import java.util.Set;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** Regions of drivers that are mapped through the file, and the file's second name. */
final class UapiMmapCases implements ProgramCaseSet {

  private static final String MAIN = ProgramCall.MAIN;
  private static final int WORD = 0x600d_cafe;

  /** Where the first region lies; the second follows it. */
  private static final long FIRST = PAGE;

  private static final long LENGTH = 2 * PAGE;
  private static final long SECOND = FIRST + LENGTH;

  @Override
  public List<Case> cases() {
    return List.of(
        privately(),
        executable(),
        nothingThere(),
        inPart(),
        order(),
        memory(),
        offsets(),
        held(),
        heldByChild(),
        secondNode());
  }

  /** A unit of the mock driver with the first region. */
  private static Program region(String clause, String name) {
    return withRegion(Units.parent(clause, name), "unit", WORD, FIRST);
  }

  /** A unit whose region begins with a word. */
  private static Program withRegion(Program program, String unit, int word, long offset) {
    return allocation(program.put32(DATA, word, 0, 0, 0, 0, 0), unit)
        .set("data_len", 24)
        .set("data_uptr", DATA)
        .succeeds()
        .holds64(DATA + 8, offset, LENGTH);
  }

  private static Program mmap(
      Program program, long offset, long length, boolean shared, boolean executable, Expect what) {
    String at = "0x" + Long.toHexString(offset);
    int look = what.errnos().isEmpty() ? Integer.BYTES : 0;
    return program.add(
        new ProgramCall.MapDevice(MAIN, IOMMU, at, length, shared, executable, look, what));
  }

  private static Program fails(Program program, long offset, long length, Errno errno) {
    return mmap(program, offset, length, true, false, Expect.failure(errno));
  }

  private static Program shows(Program program, long offset, int word) {
    Expect bytes = new Expect(Set.of(), null, List.of(), new Bytes(Hex.of32(word)));
    return mmap(program, offset, LENGTH, true, false, bytes);
  }

  private static Program munmap(Program program, long offset) {
    String at = "0x" + Long.toHexString(offset);
    return program.add(new ProgramCall.ForgetDevice(MAIN, IOMMU, at, Expect.SUCCESS));
  }

  @Clause("UAPI-071")
  private static Case privately() {
    Program program = region("UAPI-071", "a private mapping").then();
    return mmap(program, FIRST, LENGTH, false, false, Expect.failure(Errno.EINVAL)).end();
  }

  @Clause("UAPI-072")
  private static Case executable() {
    Program program = region("UAPI-072", "a mapping for code").then();
    return mmap(program, FIRST, LENGTH, true, true, Expect.failure(Errno.EPERM)).end();
  }

  @Clause("UAPI-073")
  private static Case nothingThere() {
    Program program = region("UAPI-073", "offset zero, behind the region, where one has been");
    program.then();
    fails(program, 0, LENGTH, Errno.ENXIO);
    fails(program, SECOND, LENGTH, Errno.ENXIO);
    return fails(program.destroy("unit"), FIRST, LENGTH, Errno.ENXIO).end();
  }

  @Clause("UAPI-074")
  private static Case inPart() {
    Program program = region("UAPI-074", "the first page, the last, and one page too many").then();
    fails(program, FIRST, PAGE, Errno.ENXIO);
    fails(program, FIRST + PAGE, PAGE, Errno.ENXIO);
    return fails(program, FIRST, LENGTH + PAGE, Errno.ENXIO).end();
  }

  @Clause("UAPI-075")
  private static Case order() {
    Program program = region("UAPI-075", "calls with two mistakes each").then();
    mmap(program, FIRST, LENGTH, false, true, Expect.failure(Errno.EINVAL));
    mmap(program, SECOND, LENGTH, false, false, Expect.failure(Errno.EINVAL));
    mmap(program, SECOND, LENGTH, true, true, Expect.failure(Errno.EPERM));
    return mmap(program, FIRST, PAGE, true, true, Expect.failure(Errno.EPERM)).end();
  }

  @Clause("UAPI-076")
  private static Case memory() {
    Program program = region("UAPI-076", "what the driver has written, of two units");
    withRegion(program, "other", WORD + 1, SECOND).then();
    return shows(shows(program, FIRST, WORD), SECOND, WORD + 1).end();
  }

  @Clause("UAPI-077")
  private static Case offsets() {
    Program program = Units.parent("UAPI-077", "from one page on, one by one, and one again");
    program.then();
    withRegion(program, "first", WORD, FIRST);
    withRegion(program, "second", WORD, SECOND);
    withRegion(program, "third", WORD, SECOND + LENGTH);
    withRegion(program.destroy("second"), "fourth", WORD, SECOND);
    return withRegion(program.destroy("first"), "fifth", WORD, FIRST).end();
  }

  @Clause("UAPI-078")
  private static Case held() {
    Program program = shows(region("UAPI-078", "a region mapped twice"), FIRST, WORD);
    shows(program, FIRST, WORD).then();
    program.ioctl("IOMMU_DESTROY").id("id", "unit").fails(Errno.EBUSY);
    munmap(program, FIRST).ioctl("IOMMU_DESTROY").id("id", "unit").fails(Errno.EBUSY);
    return munmap(program, FIRST).destroy("unit").end();
  }

  @Clause("UAPI-079")
  private static Case heldByChild() {
    Program program = shows(region("UAPI-079", "the child's copy of a mapping"), FIRST, WORD);
    program.with(ProcessSteps.fork()).then();
    munmap(program, FIRST).ioctl("IOMMU_DESTROY").id("id", "unit").fails(Errno.EBUSY);
    return program.with(ProcessSteps.childEnds()).destroy("unit").end();
  }

  @Clause("UAPI-080")
  private static Case secondNode() {
    return Program.empty("UAPI-080", "commands of iommufd and of VFIO on one file")
        .needs(Capability.VFIO_NODE)
        .then()
        .add(new ProgramCall.Open(MAIN, Node.VFIO, IOMMU, Expect.SUCCESS))
        .ioas("a")
        .ioctl("IOMMU_VFIO_IOAS")
        .set("op", 1)
        .id("ioas_id", "a")
        .succeeds()
        .ioctl("VFIO_GET_API_VERSION")
        .returns(0)
        .succeeds()
        .memory(1)
        .map("a", Program.IOVA, 1)
        .ranges("a", 0, -1)
        .unmap("a", Program.IOVA, PAGE)
        .destroy("a")
        .end();
  }
}
