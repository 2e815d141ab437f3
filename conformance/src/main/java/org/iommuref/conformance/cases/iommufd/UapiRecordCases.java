package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Units.eventQueue;
import static org.iommuref.conformance.cases.iommufd.Units.unit;

import java.util.List;
import java.util.Set;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** The layouts and the numbers of the records that are read from and written to queues. */
final class UapiRecordCases implements ProgramCaseSet {

  private static final int PASID = 7;
  private static final int GROUP = 0x1234;
  private static final long ADDRESS = 0x1_2345_6000L;
  private static final long ALL_PERMISSIONS = 15;
  private static final long LAST_PAGE = 2;
  private static final long PASID_VALID = 1;
  private static final int HEADER = 8;
  private static final int EVENT = 12;
  private static final long VIRTUAL_ID = 0x99;

  @Override
  public List<Case> cases() {
    return List.of(
        faultRecord(),
        faultNumbers(),
        responseCodes(),
        responseRecord(),
        eventHeader(),
        lostEvents());
  }

  /** The queue is {@code queue}, the device {@code dev}, with PASID 7 attached to the table. */
  private static Program withPasid(String clause, String name) {
    Program program = Program.of(clause, name).needs(Capability.PAGE_REQUESTS);
    program.ioas("a").pasidDevice("dev", "a");
    Faults.queue(program, "queue");
    return program
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("flags", 8 | 4)
        .id("dev_id", "dev")
        .id("pt_id", "a")
        .id("fault_id", "queue")
        .names("out_hwpt_id", "table")
        .succeeds()
        .replace("dev", "table")
        .attaching("dev", PASID, "table")
        .succeeds();
  }

  private static Program raise(Program program, int pasid, long permissions) {
    return program
        .ioctl("IOMMU_TEST_OP_TRIGGER_IOPF")
        .id("dev_id", "dev")
        .set("pasid", pasid)
        .set("grpid", GROUP)
        .set("perm", permissions)
        .set("addr", ADDRESS)
        .succeeds();
  }

  @Clause("UAPI-047")
  private static Case faultRecord() {
    Program program = withPasid("UAPI-047", "two records, every field with a number of its own");
    raise(raise(program, PASID, 1), PASID, ALL_PERMISSIONS).then();
    record(program, 1, 1);
    return record(program, ALL_PERMISSIONS, 2).detach("dev", PASID).end();
  }

  private static Program record(Program program, long permissions, long cookie) {
    return Faults.reads(
        program,
        "queue",
        Faults.RECORD,
        Faults.RECORD,
        Argument.of("flags", PASID_VALID | LAST_PAGE),
        Argument.named("dev_id", "dev"),
        Argument.of("pasid", PASID),
        Argument.of("grpid", GROUP),
        Argument.of("perm", permissions),
        Argument.of("__reserved", 0),
        Argument.of("addr", ADDRESS),
        Argument.of("length", 0),
        Argument.of("cookie", cookie));
  }

  @Clause("UAPI-054")
  private static Case faultNumbers() {
    Program program = withPasid("UAPI-054", "flags with and without a PASID, each permission");
    program.then();
    for (long permission = 1; permission <= 8; permission <<= 1) {
      flagged(raise(program, PASID, permission), PASID_VALID | LAST_PAGE, permission);
      flagged(raise(program, 0, permission), LAST_PAGE, permission);
    }
    return program.detach("dev", PASID).end();
  }

  private static void flagged(Program program, long flags, long permission) {
    Faults.reads(
        program,
        "queue",
        Faults.RECORD,
        Faults.RECORD,
        Argument.of("flags", flags),
        Argument.of("perm", permission));
  }

  @Clause("UAPI-054")
  private static Case responseCodes() {
    Program program = Faults.attached("UAPI-054", "codes 0 and 1, and another");
    for (int group = 1; group <= 2; group++) {
      Faults.raise(program, "dev", group, ADDRESS);
      Faults.takes(program, "queue", "cookie" + group, ADDRESS);
    }
    program.then();
    Faults.write(program, "queue", answer(1, 2), 1, Expect.failure(Errno.EINVAL));
    Faults.write(program, "queue", answer(1, 0), 1, written(1));
    return Faults.write(program, "queue", answer(2, 1), 1, written(1)).end();
  }

  private static List<Argument> answer(long cookie, long code) {
    return List.of(Argument.of("cookie", cookie), Argument.of("code", code));
  }

  private static Expect written(int answers) {
    return new Expect(Set.of(), Integer.toString(answers * Faults.ANSWER), List.of(), null);
  }

  @Clause("UAPI-048")
  private static Case responseRecord() {
    Program program = Faults.attached("UAPI-048", "an answer, and one more than there are groups");
    Faults.raise(program, "dev", 1, ADDRESS);
    Faults.takes(program, "queue", "cookie", ADDRESS).then();
    return Faults.write(program, "queue", answer(1, 0), 2, written(1)).end();
  }

  /** A device on a nested page table of a unit with a queue of one event. */
  private static Program reporting(String clause, String name) {
    Program program = unit(clause, name);
    Units.virtualDevice(program, "unit", "dev", VIRTUAL_ID, "v").succeeds();
    Units.nested(program, "unit", "n").replace("dev", "n");
    return eventQueue(program, "unit", 1, "queue").succeeds();
  }

  private static Program event(Program program) {
    return program.ioctl("IOMMU_TEST_OP_TRIGGER_VEVENT").id("dev_id", "dev").succeeds();
  }

  private static Program header(Program program, int length, int bytes, long flags, long number) {
    List<Argument> fields = List.of(Argument.of("flags", flags), Argument.of("sequence", number));
    return program.add(
        new ProgramCall.Read(
            ProgramCall.MAIN,
            "queue.fd",
            length,
            "iommufd_vevent_header",
            null,
            List.of(),
            new Expect(Set.of(), Integer.toString(bytes), fields, null)));
  }

  @Clause("UAPI-049")
  private static Case eventHeader() {
    Program program = event(reporting("UAPI-049", "the first two events, by their numbers")).then();
    header(program, EVENT, EVENT, 0, 0);
    return header(event(program), EVENT, EVENT, 0, 1).end();
  }

  @Clause("UAPI-055")
  private static Case lostEvents() {
    Program program = event(event(reporting("UAPI-055", "two events in a queue of one"))).then();
    header(program, EVENT, EVENT, 0, 0);
    return header(program, HEADER, HEADER, 1, 1).end();
  }
}
