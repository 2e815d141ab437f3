package org.iommuref.conformance.cases.iommufd;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.suite.CaseStep;
import org.iommuref.conformance.target.Layer;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/**
 * A case of seam 3 in the making, read from top to bottom: what a program does, and what comes of
 * each call.
 *
 * <p>Before {@link #then} a wrong answer is charged to the clause that says what the command does
 * in the plain case, after it to the clause of the case. Objects and files go by names: {@code
 * ioas("a")} makes one that later calls name {@code a}.
 */
final class Program implements IoasCalls, DeviceCalls {

  /** A page of memory, in bytes. */
  static final long PAGE = 0x1000;

  /** Where memory for devices lies in the process. */
  static final long MEMORY = 0x3000_0000L;

  /** Where a case puts arrays and data that structures point to: two pages. */
  static final long DATA = 0x2100_0000L;

  /** Where answers that structures point to go: two pages. */
  static final long ANSWER = 0x2200_0000L;

  /** No memory is here unless the case maps some. */
  static final long NOWHERE = 0x7000_0000L;

  /** Where {@link #ioctl} puts its structure. */
  static final long STRUCTURE = 0x2000_0000L;

  /** An IOVA that every target translates. */
  static final long IOVA = 1L << 24;

  /** Flags of IOAS_MAP, IOAS_MAP_FILE and IOAS_COPY. */
  static final long FIXED_IOVA = 1;

  static final long WRITEABLE = 2;
  static final long READABLE = 4;

  /** Readable and writeable, at the IOVA that is asked for. */
  static final long FIXED = FIXED_IOVA | WRITEABLE | READABLE;

  /** The file with which {@link #of} begins. */
  static final String IOMMU = "iommu";

  private static final Map<String, String> PLAIN = PlainClauses.ALL;

  private final ClauseId clause;
  private final String name;
  private final Set<Capability> needs = EnumSet.of(Capability.IOMMUFD);
  private final Set<Capability> lacks = EnumSet.noneOf(Capability.class);
  private final List<CaseStep> steps = new ArrayList<>();
  private @Nullable Topology devices;
  private boolean showing;

  private Program(String clause, String name) {
    this.clause = ClauseId.parse(clause);
    this.name = clause + " " + name;
  }

  /** A program that has opened /dev/iommu and has two pages of data and two for answers. */
  static Program of(String clause, String name) {
    return empty(clause, name).open(IOMMU);
  }

  /** A program that has opened nothing. */
  static Program empty(String clause, String name) {
    return new Program(clause, name).mapMemory(DATA, 2).mapMemory(ANSWER, 2);
  }

  @Override
  public Program needs(Capability... more) {
    needs.addAll(List.of(more));
    return this;
  }

  /** A case for those that do not claim this. */
  Program lacks(Capability... absent) {
    lacks.addAll(List.of(absent));
    return this;
  }

  /** The devices that there are to bind, in this order. */
  Program among(Topology topology) {
    devices = topology;
    return this;
  }

  /** From here on a wrong answer is charged to the clause of the case. */
  Program then() {
    showing = true;
    return this;
  }

  /** What follows is set-up again. */
  Program given() {
    showing = false;
    return this;
  }

  /** Any call. */
  Program add(ProgramCall call) {
    steps.add(new CaseStep(call, showing ? clause : plain(call), null));
    return this;
  }

  /** Several steps under one name. */
  Program with(UnaryOperator<Program> more) {
    return more.apply(this);
  }

  private ClauseId plain(ProgramCall call) {
    String plain = call instanceof ProgramCall.Ioctl ioctl ? PLAIN.get(ioctl.command()) : null;
    return plain == null ? clause : ClauseId.parse(plain);
  }

  /** An ioctl on {@link #IOMMU}; it ends with what must come of it. */
  @Override
  public Ioctl ioctl(String command) {
    return new Ioctl(this, command);
  }

  /** Opens /dev/iommu under another name. */
  Program open(String file) {
    return add(new ProgramCall.Open(ProgramCall.MAIN, Node.IOMMU, file, Expect.SUCCESS));
  }

  Program close(String file) {
    return add(new ProgramCall.Close(ProgramCall.MAIN, file, Expect.SUCCESS));
  }

  /** Memory of zeros, writable. */
  Program mapMemory(long address, long pages) {
    return add(
        new ProgramCall.MapMemory(ProgramCall.MAIN, address, pages * PAGE, true, Expect.SUCCESS));
  }

  /** Memory for devices from {@link #MEMORY} on: each page begins with its number, from 1. */
  Program memory(int pages) {
    mapMemory(MEMORY, pages);
    for (int page = 0; page < pages; page++) {
      put(MEMORY + page * PAGE, "%02x".formatted(page + 1).repeat(8));
    }
    return this;
  }

  Program unmapMemory(long address, long pages) {
    return add(
        new ProgramCall.ForgetMemory(ProgramCall.MAIN, address, pages * PAGE, Expect.SUCCESS));
  }

  /** Puts bytes, two hex digits each, into memory. */
  Program put(long address, String hex) {
    return add(
        new ProgramCall.PutMemory(ProgramCall.MAIN, address, new Bytes(hex), Expect.SUCCESS));
  }

  /** Puts numbers of 8 bytes one behind the other. */
  @Override
  public Program put64(long address, long... numbers) {
    return put(address, Hex.of64(numbers));
  }

  /** Puts numbers of 4 bytes one behind the other. */
  @Override
  public Program put32(long address, int... numbers) {
    return put(address, Hex.of32(numbers));
  }

  /** Memory must hold these bytes. */
  Program holds(long address, String hex) {
    Expect bytes = new Expect(Set.of(), null, List.of(), new Bytes(hex));
    return add(new ProgramCall.GetMemory(ProgramCall.MAIN, address, hex.length() / 2, bytes));
  }

  /** Memory must hold these numbers of 8 bytes. */
  Program holds64(long address, long... numbers) {
    return holds(address, Hex.of64(numbers));
  }

  /** Memory can be read alone from now on. */
  Program protect(long address, long pages) {
    return add(new ProgramCall.Protect(ProgramCall.MAIN, address, pages * PAGE, Expect.SUCCESS));
  }

  /** A file of memory. */
  Program file(String file, long length) {
    return add(new ProgramCall.MakeFile(ProgramCall.MAIN, file, length, false, Expect.SUCCESS));
  }

  /** A file of memory that is sealed against writing, and open for reading alone. */
  Program sealedFile(String file, long length) {
    return add(new ProgramCall.MakeFile(ProgramCall.MAIN, file, length, true, Expect.SUCCESS));
  }

  /** The pages that are pinned for and charged to the process. */
  Program accounts(long pinned, long locked) {
    Expect counts = Expect.SUCCESS.with("pinned", pinned).with("locked", locked);
    return add(new ProgramCall.Accounts(ProgramCall.MAIN, counts));
  }

  /** From now on the program has this user id and these rights alone. */
  Program become(int user, Caller.Right... rights) {
    return add(new ProgramCall.Become(ProgramCall.MAIN, user, Set.of(rights), Expect.SUCCESS));
  }

  /** RLIMIT_MEMLOCK, in bytes. */
  Program limit(long bytes) {
    return add(new ProgramCall.Limit(ProgramCall.MAIN, bytes, Expect.SUCCESS));
  }

  /** The n-th point of failure that the next calls meet fails, once; 0 for none. */
  Program failNth(int nth) {
    return add(new ProgramCall.FailNth(ProgramCall.MAIN, nth, Expect.SUCCESS));
  }

  /** A new IOAS. */
  Program ioas(String ioas) {
    return ioctl("IOMMU_IOAS_ALLOC").names("out_ioas_id", ioas).succeeds();
  }

  /** Maps pages of {@link #memory} from its beginning at an IOVA, for reading and writing. */
  Program map(String ioas, long iova, long pages) {
    return map(ioas, iova, MEMORY, pages * PAGE);
  }

  /** Maps memory at an IOVA, for reading and writing. */
  Program map(String ioas, long iova, long address, long length) {
    return mapping(ioas, iova, address, length).succeeds();
  }

  /** An IOAS_MAP at an IOVA for reading and writing whose end is still to be said. */
  Ioctl mapping(String ioas, long iova, long address, long length) {
    return ioctl("IOMMU_IOAS_MAP")
        .set("flags", FIXED)
        .id("ioas_id", ioas)
        .set("user_va", address)
        .set("length", length)
        .set("iova", iova);
  }

  Program unmap(String ioas, long iova, long length) {
    return unmapping(ioas, iova, length).succeeds();
  }

  /** An IOAS_UNMAP whose end is still to be said. */
  Ioctl unmapping(String ioas, long iova, long length) {
    return ioctl("IOMMU_IOAS_UNMAP").id("ioas_id", ioas).set("iova", iova).set("length", length);
  }

  Program destroy(String object) {
    return ioctl("IOMMU_DESTROY").id("id", object).succeeds();
  }

  /** IOAS_IOVA_RANGES must give these ranges, each by its first and its last address. */
  Program ranges(String ioas, long... bounds) {
    return ioctl("IOMMU_IOAS_IOVA_RANGES")
        .id("ioas_id", ioas)
        .set("num_iovas", 8)
        .set("allowed_iovas", ANSWER)
        .gives("num_iovas", bounds.length / 2)
        .succeeds()
        .holds64(ANSWER, bounds);
  }

  /** The page table must map memory at an IOVA to that memory of the process. */
  Program mapsTo(String hwpt, long iova, long address, long length) {
    return checkingMap(hwpt, iova, address, length).succeeds();
  }

  /** A MD_CHECK_MAP whose end is still to be said. */
  Ioctl checkingMap(String hwpt, long iova, long address, long length) {
    needs.add(Capability.BOUND_DEVICES);
    return ioctl("IOMMU_TEST_OP_MD_CHECK_MAP")
        .id("id", hwpt)
        .set("iova", iova)
        .set("length", length)
        .set("uptr", address);
  }

  /** Each page of the memory must be pinned so often. */
  Program pins(long address, long length, int times) {
    needs.add(Capability.BOUND_DEVICES);
    return ioctl("IOMMU_TEST_OP_MD_CHECK_REFS")
        .set("length", length)
        .set("uptr", address)
        .set("refs", times)
        .succeeds();
  }

  Case end() {
    Topology plain =
        needs.contains(Capability.SHARED_GROUP)
            ? Topology.twoDevicesInOneGroup()
            : Topology.twoDevices();
    Topology topology = devices == null ? plain : devices;
    return new Case(name, clause, needs, lacks, topology, Layer.IOMMUFD, false, steps);
  }
}
