package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Faults.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Faults.RECORD;
import static org.iommuref.conformance.cases.iommufd.Faults.SUCCESS;
import static org.iommuref.conformance.cases.iommufd.Faults.attached;
import static org.iommuref.conformance.cases.iommufd.Faults.queue;
import static org.iommuref.conformance.cases.iommufd.Faults.raise;
import static org.iommuref.conformance.cases.iommufd.Faults.reads;
import static org.iommuref.conformance.cases.iommufd.Faults.table;
import static org.iommuref.conformance.cases.iommufd.Faults.takes;
import static org.iommuref.conformance.cases.iommufd.Faults.write;

import java.util.List;
import java.util.Set;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Expect;

/** Which queue a page request reaches, and what becomes of it when its attachment ends. */
final class FaultEndCases implements ProgramCaseSet {

  private static final long ONE = 0x1_0000L;
  private static final long TWO = 0x2_0000L;
  private static final long THREE = 0x3_0000L;
  private static final int NONE = 0;

  @Override
  public List<Case> cases() {
    return List.of(
        ofPasid(),
        ofGuestsPasid(),
        afterDetach(),
        afterReplace(),
        voidCookie(),
        lateAnswer(),
        ofOthers(),
        nobodys());
  }

  /** Two pages are asked for; the first request is read, the second is not. */
  private static Program outstanding(String clause, String name) {
    Program program = attached(clause, name);
    raise(program, "dev", 1, ONE);
    raise(program, "dev", 2, TWO);
    return takes(program, "queue", "cookie", ONE);
  }

  private static Program empty(Program program, String queue) {
    return reads(program, queue, RECORD, 0);
  }

  private static Program refuses(Program program, String cookie) {
    return answer(program, cookie, Expect.failure(Errno.EINVAL));
  }

  private static Program takesAnswer(Program program, String cookie) {
    return answer(program, cookie, new Expect(Set.of(), "" + ANSWER, List.of(), null));
  }

  private static Program answer(Program program, String cookie, Expect expect) {
    List<Argument> fields = List.of(Argument.named("cookie", cookie), Argument.of("code", SUCCESS));
    return write(program, "queue", fields, 1, expect);
  }

  @Clause("IOPF-006")
  private static Case ofPasid() {
    Program program =
        Program.of("IOPF-006", "the device's table has one queue, that of PASID 1 another")
            .needs(Capability.PAGE_REQUESTS)
            .ioas("a")
            .pasidDevice("dev", "a");
    queue(queue(program, "queue"), "other");
    Faults.pasidTable(program, "table", "queue").replace("dev", "table");
    Faults.pasidTable(program, "second", "other").attaching("dev", 1, "second").succeeds();
    program.then();
    raise(program, "dev", 1, 7, ONE);
    empty(program, "queue");
    reads(
        program,
        "other",
        RECORD,
        RECORD,
        Argument.of("flags", 3),
        Argument.of("pasid", 1),
        Argument.of("grpid", 7),
        Argument.of("addr", ONE));
    raise(program, "dev", 8, TWO);
    empty(program, "other");
    return takes(program, "queue", "cookie", TWO).detach("dev", 1).end();
  }

  @Clause("IOPF-007")
  private static Case ofGuestsPasid() {
    Program program =
        Program.of("IOPF-007", "a PASID that nothing is attached to")
            .needs(Capability.PAGE_REQUESTS, Capability.MOCK)
            .ioas("a")
            .device("dev", "a")
            .parent("parent", "dev", "a");
    queue(program, "queue");
    program
        .put32(Program.DATA, 0x1d01, 0)
        .allocating("dev", "parent")
        .data(0xdead, 8)
        .set("flags", Faults.FAULT_ID_VALID)
        .id("fault_id", "queue")
        .names("out_hwpt_id", "nested")
        .succeeds()
        .replace("dev", "nested")
        .then();
    raise(program, "dev", 5, 1, ONE);
    return reads(
            program,
            "queue",
            RECORD,
            RECORD,
            Argument.named("dev_id", "dev"),
            Argument.of("pasid", 5),
            Argument.of("addr", ONE))
        .end();
  }

  @Clause("IOPF-031")
  private static Case afterDetach() {
    Program program = outstanding("IOPF-031", "one that was read and one that was not");
    program.then().detach("dev", NONE);
    empty(program, "queue");
    return refuses(program, "cookie").end();
  }

  @Clause("IOPF-032")
  private static Case afterReplace() {
    Program program = outstanding("IOPF-032", "a table with another queue takes its place");
    queue(program, "other");
    table(program, "next", "other").then().replace("dev", "next");
    empty(program, "queue");
    empty(program, "other");
    return refuses(program, "cookie").end();
  }

  @Clause("IOPF-033")
  private static Case voidCookie() {
    Program program = outstanding("IOPF-033", "an answer after a detach, and after a replace");
    program.then().detach("dev", NONE);
    refuses(program, "cookie").attaching("dev", NONE, "table").succeeds();
    raise(program, "dev", 3, THREE);
    takes(program, "queue", "second", THREE).replace("dev", "a");
    return refuses(program, "second").end();
  }

  @Clause("IOPF-034")
  private static Case lateAnswer() {
    Program program = outstanding("IOPF-034", "the cookie of a group that is gone");
    program.detach("dev", NONE).attaching("dev", NONE, "table").succeeds();
    raise(program, "dev", 3, THREE);
    takes(program, "queue", "second", THREE).then();
    takesAnswer(program, "cookie");
    return refuses(program, "second").end();
  }

  @Clause("IOPF-035")
  private static Case ofOthers() {
    Program program = outstanding("IOPF-035", "two devices share a page table and its queue");
    program.needs(Capability.TWO_DEVICES).device("second", "table");
    raise(program, "second", 3, THREE);
    raise(program, "second", 4, ONE);
    takes(program, "queue", "own", TWO);
    takes(program, "queue", "others", THREE).then().detach("dev", NONE);
    refuses(program, "own");
    takesAnswer(program, "others");
    return takes(program, "queue", "last", ONE).end();
  }

  @Clause("IOPF-038")
  private static Case nobodys() {
    Program program =
        Program.of("IOPF-038", "a device on another table, on none, and a PASID without one")
            .needs(Capability.PAGE_REQUESTS)
            .ioas("a")
            .device("dev", "a");
    queue(program, "queue");
    table(program, "table", "queue").then();
    empty(raise(program, "dev", 1, ONE), "queue").replace("dev", "table");
    empty(raise(program, "dev", 9, 2, ONE), "queue").detach("dev", NONE);
    return empty(raise(program, "dev", 3, ONE), "queue").end();
  }
}
