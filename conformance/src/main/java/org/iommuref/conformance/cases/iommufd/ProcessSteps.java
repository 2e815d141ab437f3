package org.iommuref.conformance.cases.iommufd;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** Steps of programs of several processes, for {@link Program#with}. */
final class ProcessSteps {

  /** The process with which a program begins. */
  static final String MAIN = ProgramCall.MAIN;

  /** The other process. */
  static final String CHILD = "child";

  private static final long PAGE = Program.PAGE;

  private ProcessSteps() {}

  /** The program forks: {@link #CHILD} has copies of its memory and the same files. */
  static UnaryOperator<Program> fork() {
    return p -> p.add(new ProgramCall.Fork(MAIN, CHILD, Expect.SUCCESS));
  }

  /** The child ends. */
  static UnaryOperator<Program> childEnds() {
    return p -> p.add(new ProgramCall.Exit(CHILD, Expect.SUCCESS));
  }

  /** The child gets this user id and no rights. */
  static UnaryOperator<Program> childBecomes(int user, Caller.Right... rights) {
    return p -> p.add(new ProgramCall.Become(CHILD, user, Set.of(rights), Expect.SUCCESS));
  }

  /** RLIMIT_MEMLOCK of the child, in pages. */
  static UnaryOperator<Program> childLimit(long pages) {
    return p -> p.add(new ProgramCall.Limit(CHILD, pages * PAGE, Expect.SUCCESS));
  }

  /** The pages that are pinned for and charged to the child. */
  static UnaryOperator<Program> childAccounts(long pinned, long locked) {
    Expect counts = Expect.SUCCESS.with("pinned", pinned).with("locked", locked);
    return p -> p.add(new ProgramCall.Accounts(CHILD, counts));
  }

  /** The child writes its memory. */
  static UnaryOperator<Program> childPuts(long address, String hex) {
    return p -> p.add(new ProgramCall.PutMemory(CHILD, address, new Bytes(hex), Expect.SUCCESS));
  }

  /** The memory of the child must hold these bytes. */
  static UnaryOperator<Program> childHolds(long address, String hex) {
    Expect bytes = new Expect(Set.of(), null, List.of(), new Bytes(hex));
    return p -> p.add(new ProgramCall.GetMemory(CHILD, address, hex.length() / 2, bytes));
  }

  /** A mapping by the child at an IOVA, of its memory, for reading and writing. */
  static UnaryOperator<Program> childMaps(String ioas, long iova, long address, long length) {
    return p -> p.mapping(ioas, iova, address, length).by(CHILD).succeeds();
  }

  /** The page table must map memory at an IOVA to that memory of the child. */
  static UnaryOperator<Program> mapsToChild(String hwpt, long iova, long address, long length) {
    return p ->
        p.ioctl("IOMMU_TEST_OP_MD_CHECK_MAP")
            .by(CHILD)
            .id("id", hwpt)
            .set("iova", iova)
            .set("length", length)
            .set("uptr", address)
            .succeeds();
  }

  /** A file of memory, mapped shared and writable at an address by whoever forks later too. */
  static UnaryOperator<Program> sharedMemory(String file, long address, long pages) {
    return p ->
        p.file(file, pages * PAGE)
            .add(new ProgramCall.MapFile(MAIN, file, address, pages * PAGE, Expect.SUCCESS));
  }

  /** An IOAS_MAP_FILE from the beginning of a file at an IOVA, for reading and writing. */
  static Ioctl fileMapping(Program p, String ioas, long iova, String file, long length) {
    return p.ioctl("IOMMU_IOAS_MAP_FILE")
        .set("flags", Program.FIXED)
        .id("ioas_id", ioas)
        .id("fd", file)
        .set("length", length)
        .set("iova", iova);
  }

  /** The same, which succeeds. */
  static UnaryOperator<Program> mapFile(String ioas, long iova, String file, long pages) {
    return p -> fileMapping(p, ioas, iova, file, pages * PAGE).succeeds();
  }

  /** IOAS_CHANGE_PROCESS by the child. */
  static Ioctl childTakesOver(Program p) {
    return p.ioctl("IOMMU_IOAS_CHANGE_PROCESS").by(CHILD);
  }

  /** The context charges to processes from now on: RLIMIT_MODE of IOMMU_OPTION. */
  static UnaryOperator<Program> chargesProcesses() {
    return p -> p.ioctl("IOMMU_OPTION").set("option_id", 0).set("op", 0).set("val64", 1).succeeds();
  }
}
