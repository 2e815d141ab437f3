package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Faults.readsTo;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Units.allocation;
import static org.iommuref.conformance.cases.iommufd.Units.eventQueue;
import static org.iommuref.conformance.cases.iommufd.Units.nested;
import static org.iommuref.conformance.cases.iommufd.Units.unit;
import static org.iommuref.conformance.cases.iommufd.Units.virtualDevice;

import java.util.List;
import java.util.Set;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** Queues of events of virtual units. */
final class EventQueueCases implements ProgramCaseSet {

  private static final long VIRTUAL_ID = 0x99;
  private static final int HEADER = 8;
  private static final int EVENT = 12;
  private static final String DATA = "99000000";
  private static final int MOST = 1 << 19;

  @Override
  public List<Case> cases() {
    return List.of(
        flagsAndType(),
        depth(),
        unknownUnit(),
        secondOfAType(),
        order(),
        anyType(),
        objectAndFile(),
        unwritableAnswer(),
        numbers(),
        content(),
        droppedWithoutQueue(),
        inOrder(),
        lost(),
        oneRecordOfLoss(),
        lossGivesWay(),
        numberOfLosses(),
        lostIsAHeader(),
        readMakesRoom(),
        tooShort(),
        empty(),
        doesNotFit(),
        readEnds(),
        unwritableBuffer(),
        neverWritten(),
        polled(),
        destroyed(),
        trigger());
  }

  /** A device on a nested page table of a unit with a queue, so that it can report events. */
  private static Program reporting(String clause, String name, int depth) {
    Program program = unit(clause, name);
    virtualDevice(program, "unit", "dev", VIRTUAL_ID, "v").succeeds();
    nested(program, "unit", "n").replace("dev", "n");
    return eventQueue(program, "unit", depth, "queue").succeeds();
  }

  private static Program event(Program program) {
    return event(program, "dev");
  }

  private static Program event(Program program, String device) {
    return program.ioctl("IOMMU_TEST_OP_TRIGGER_VEVENT").id("dev_id", device).succeeds();
  }

  private static String header(int flags, int number) {
    return "%08x%08x".formatted(Integer.reverseBytes(flags), Integer.reverseBytes(number));
  }

  private static Program reads(Program program, int length, String hex) {
    return read(
        program, length, new Expect(Set.of(), "" + hex.length() / 2, List.of(), new Bytes(hex)));
  }

  private static Program read(Program program, int length, Expect expect) {
    return program.add(
        new ProgramCall.Read(ProgramCall.MAIN, "queue.fd", length, null, null, List.of(), expect));
  }

  private static Program polls(Program program, long events) {
    return program.add(
        new ProgramCall.Poll(
            ProgramCall.MAIN, "queue.fd", new Expect(Set.of(), "" + events, List.of(), null)));
  }

  @Clause("VEVENTQ-001")
  private static Case flagsAndType() {
    Program program = unit("VEVENTQ-001", "a flag, a reserved field, and type 0").then();
    eventQueue(program, "unit", 2, "q").set("flags", 1).fails(Errno.EOPNOTSUPP);
    eventQueue(program, "unit", 2, "q").set("__reserved", 1).fails(Errno.EOPNOTSUPP);
    return eventQueue(program, "unit", 2, "q").set("type", 0).fails(Errno.EOPNOTSUPP).end();
  }

  @Clause("VEVENTQ-002")
  private static Case depth() {
    Program program = unit("VEVENTQ-002", "no depth, and more than the most").then();
    eventQueue(program, "unit", 0, "q").fails(Errno.EINVAL);
    eventQueue(program, "unit", MOST + 1, "q").fails(Errno.EINVAL);
    return eventQueue(program, "unit", MOST, "q").succeeds().end();
  }

  @Clause("VEVENTQ-003")
  private static Case unknownUnit() {
    Program program = unit("VEVENTQ-003", "an IOAS in place of the unit").then();
    return eventQueue(program, "a", 2, "q").fails(Errno.ENOENT).end();
  }

  @Clause("VEVENTQ-004")
  private static Case secondOfAType() {
    Program program = unit("VEVENTQ-004", "a second one of the type, and one of another unit");
    allocation(program, "other").succeeds();
    eventQueue(program, "unit", 2, "q").succeeds().then();
    eventQueue(program, "unit", 2, "r").fails(Errno.EEXIST);
    return eventQueue(program, "other", 2, "r").succeeds().end();
  }

  @Clause("VEVENTQ-005")
  private static Case order() {
    Program program = unit("VEVENTQ-005", "calls with two mistakes each");
    eventQueue(program, "unit", 2, "q").succeeds().then();
    eventQueue(program, "unit", 0, "r").set("flags", 1).fails(Errno.EOPNOTSUPP);
    eventQueue(program, "unit", 0, "r").set("__reserved", 1).fails(Errno.EOPNOTSUPP);
    eventQueue(program, "unit", 0, "r").set("type", 0).fails(Errno.EOPNOTSUPP);
    eventQueue(program, "a", 0, "r").fails(Errno.EINVAL);
    eventQueue(program, "a", MOST + 1, "r").fails(Errno.EINVAL);
    return eventQueue(program, "unit", 0, "r").fails(Errno.EINVAL).end();
  }

  @Clause("VEVENTQ-006")
  private static Case anyType() {
    Program program = unit("VEVENTQ-006", "a type that the driver never reports").then();
    return eventQueue(program, "unit", 2, "q").set("type", 5).succeeds().end();
  }

  @Clause("VEVENTQ-007")
  private static Case objectAndFile() {
    Program program = unit("VEVENTQ-007", "a file that can be read, an id that can be destroyed");
    program.then();
    eventQueue(program, "unit", 2, "queue").succeeds();
    read(program, HEADER, new Expect(Set.of(), "0", List.of(), null));
    return program.close("queue.fd").destroy("queue").end();
  }

  @Clause("VEVENTQ-008")
  private static Case unwritableAnswer() {
    return unit("VEVENTQ-008", "an answer into memory that can only be read")
        .mapMemory(Program.NOWHERE, 1)
        .put32(Program.NOWHERE, 32, 0, 6, (int) Units.EVENTS, 2, 0, 0, 0)
        .protect(Program.NOWHERE, 1)
        .then()
        .ioctl("IOMMU_VEVENTQ_ALLOC")
        .at(Program.NOWHERE)
        .fails(Errno.EFAULT)
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 7)
        .succeeds()
        .end();
  }

  @Clause("VEVENTQ-009")
  private static Case numbers() {
    Program program = reporting("VEVENTQ-009", "0 and 1", 4);
    event(event(program)).then();
    return reads(program, 2 * EVENT, header(0, 0) + DATA + header(0, 1) + DATA).end();
  }

  @Clause("VEVENTQ-010")
  private static Case content() {
    Program program = event(reporting("VEVENTQ-010", "a header, then the driver's data", 4));
    return reads(program.then(), EVENT, header(0, 0) + DATA).end();
  }

  @Clause("VEVENTQ-011")
  private static Case inOrder() {
    Program program = reporting("VEVENTQ-011", "one device, then the other", 4);
    program.needs(Capability.TWO_DEVICES).device("second", "a");
    virtualDevice(program, "unit", "second", 0x77, "w").succeeds();
    program.replace("second", "n");
    event(event(event(program), "second")).then();
    reads(program, EVENT, header(0, 0) + DATA);
    return reads(program, 2 * EVENT, header(0, 1) + "77000000" + header(0, 2) + DATA).end();
  }

  @Clause("VEVENTQ-012")
  private static Case droppedWithoutQueue() {
    Program program = unit("VEVENTQ-012", "an event before there is a queue");
    virtualDevice(program, "unit", "dev", VIRTUAL_ID, "v").succeeds();
    nested(program, "unit", "n").replace("dev", "n").then();
    program.ioctl("IOMMU_TEST_OP_TRIGGER_VEVENT").id("dev_id", "dev").fails(Errno.EOPNOTSUPP);
    eventQueue(program, "unit", 2, "queue").succeeds();
    read(program, EVENT, new Expect(Set.of(), "0", List.of(), null));
    return reads(event(program), EVENT, header(0, 0) + DATA).end();
  }

  @Clause("VEVENTQ-013")
  private static Case lost() {
    Program program = event(event(reporting("VEVENTQ-013", "two events in a queue of one", 1)));
    return reads(program.then(), 2 * EVENT, header(0, 0) + DATA + header(1, 1)).end();
  }

  @Clause("VEVENTQ-014")
  private static Case oneRecordOfLoss() {
    Program program = reporting("VEVENTQ-014", "three events in a queue of one", 1);
    event(event(event(program))).then();
    return reads(program, 3 * EVENT, header(0, 0) + DATA + header(1, 2)).end();
  }

  @Clause("VEVENTQ-015")
  private static Case lossGivesWay() {
    Program program = event(event(reporting("VEVENTQ-015", "an event behind a loss", 1)));
    reads(program, EVENT, header(0, 0) + DATA).then();
    reads(event(program), 2 * EVENT, header(0, 2) + DATA);
    return read(program, EVENT, new Expect(Set.of(), "0", List.of(), null)).end();
  }

  @Clause("VEVENTQ-017")
  private static Case numberOfLosses() {
    Program program = reporting("VEVENTQ-017", "two are lost, then two are not, then one is", 2);
    event(event(event(event(program)))).then();
    reads(program, 3 * EVENT, header(0, 0) + DATA + header(0, 1) + DATA + header(1, 3));
    event(event(event(program)));
    reads(program, 2 * EVENT, header(0, 4) + DATA + header(0, 5) + DATA);
    event(program);
    return reads(program, 2 * EVENT, header(0, 7) + DATA).end();
  }

  @Clause("VEVENTQ-016")
  private static Case lostIsAHeader() {
    Program program = event(event(reporting("VEVENTQ-016", "a lost event has no data", 1)));
    reads(program, EVENT, header(0, 0) + DATA).then();
    return reads(program, HEADER, header(1, 1)).end();
  }

  @Clause("VEVENTQ-019")
  private static Case readMakesRoom() {
    Program program = event(reporting("VEVENTQ-019", "an event after the first was read", 1));
    reads(program, EVENT, header(0, 0) + DATA);
    return reads(event(program).then(), EVENT, header(0, 1) + DATA).end();
  }

  @Clause("VEVENTQ-021")
  private static Case tooShort() {
    Program program = reporting("VEVENTQ-021", "room for less than a header", 2).then();
    return read(program, HEADER - 1, Expect.failure(Errno.EINVAL)).end();
  }

  @Clause("VEVENTQ-022")
  private static Case empty() {
    Program program = reporting("VEVENTQ-022", "an empty queue", 2).then();
    return read(program, HEADER, new Expect(Set.of(), "0", List.of(), null)).end();
  }

  @Clause("VEVENTQ-023")
  private static Case doesNotFit() {
    Program program = event(reporting("VEVENTQ-023", "room for the header alone", 2)).then();
    read(program, HEADER, Expect.failure(Errno.EINVAL));
    return reads(program, EVENT, header(0, 0) + DATA).end();
  }

  @Clause("VEVENTQ-024")
  private static Case readEnds() {
    Program program = event(event(reporting("VEVENTQ-024", "room for one and a half", 2)));
    reads(program.then(), EVENT + HEADER, header(0, 0) + DATA);
    return reads(program, EVENT, header(0, 1) + DATA).end();
  }

  @Clause("VEVENTQ-025")
  private static Case unwritableBuffer() {
    Program program = reporting("VEVENTQ-025", "nowhere, the data nowhere, one of two, a loss", 2);
    event(event(event(program))).mapMemory(NOWHERE, 1).then();
    long end = NOWHERE + PAGE;
    readsTo(program, "queue", end, EVENT, Expect.failure(Errno.EFAULT));
    readsTo(program, "queue", end - HEADER, EVENT, Expect.failure(Errno.EFAULT));
    Expect one = new Expect(Set.of(), "" + EVENT, List.of(), null);
    readsTo(program, "queue", end - EVENT, 2 * EVENT, one);
    reads(program, EVENT, header(0, 1) + DATA);
    readsTo(program, "queue", end, HEADER, Expect.failure(Errno.EFAULT));
    return reads(program, HEADER, header(1, 2)).end();
  }

  @Clause("VEVENTQ-027")
  private static Case neverWritten() {
    return reporting("VEVENTQ-027", "a write of 8 bytes", 2)
        .then()
        .add(
            new ProgramCall.Write(
                ProgramCall.MAIN,
                "queue.fd",
                null,
                List.of(),
                HEADER,
                null,
                Expect.failure(Errno.EINVAL)))
        .end();
  }

  @Clause("VEVENTQ-028")
  private static Case polled() {
    Program program = reporting("VEVENTQ-028", "poll before and after an event", 2).then();
    polls(program, 0);
    polls(event(program), 1);
    return polls(reads(program, EVENT, header(0, 0) + DATA), 0).end();
  }

  @Clause("VEVENTQ-030")
  private static Case destroyed() {
    Program program = event(reporting("VEVENTQ-030", "another queue of the type", 2));
    program.then().close("queue.fd").destroy("queue");
    eventQueue(program, "unit", 2, "queue").succeeds();
    return read(program, EVENT, new Expect(Set.of(), "0", List.of(), null)).end();
  }

  @Clause("VEVENTQ-031")
  private static Case trigger() {
    Program program = unit("VEVENTQ-031", "no device, and a device on no nested page table").then();
    program.ioctl("IOMMU_TEST_OP_TRIGGER_VEVENT").id("dev_id", "a").fails(Errno.ENOENT);
    return program
        .ioctl("IOMMU_TEST_OP_TRIGGER_VEVENT")
        .id("dev_id", "dev")
        .fails(Errno.ENOENT)
        .end();
  }
}
