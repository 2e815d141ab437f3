package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Faults.ANSWER;
import static org.iommuref.conformance.cases.iommufd.Faults.INVALID;
import static org.iommuref.conformance.cases.iommufd.Faults.READABLE;
import static org.iommuref.conformance.cases.iommufd.Faults.RECORD;
import static org.iommuref.conformance.cases.iommufd.Faults.SUCCESS;
import static org.iommuref.conformance.cases.iommufd.Faults.WRITABLE;
import static org.iommuref.conformance.cases.iommufd.Faults.answers;
import static org.iommuref.conformance.cases.iommufd.Faults.attached;
import static org.iommuref.conformance.cases.iommufd.Faults.polls;
import static org.iommuref.conformance.cases.iommufd.Faults.queue;
import static org.iommuref.conformance.cases.iommufd.Faults.raise;
import static org.iommuref.conformance.cases.iommufd.Faults.readFails;
import static org.iommuref.conformance.cases.iommufd.Faults.reads;
import static org.iommuref.conformance.cases.iommufd.Faults.readsTo;
import static org.iommuref.conformance.cases.iommufd.Faults.takes;
import static org.iommuref.conformance.cases.iommufd.Faults.write;
import static org.iommuref.conformance.cases.iommufd.Faults.writesFrom;
import static org.iommuref.conformance.cases.iommufd.Program.NOWHERE;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;

import java.util.List;
import java.util.Set;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** Reading, answering and polling a fault queue. */
final class FaultQueueCases implements ProgramCaseSet {

  private static final long ONE = 0x1_0000L;
  private static final long TWO = 0x2_0000L;
  private static final List<Argument> NO_GROUP =
      List.of(Argument.of("cookie", 77), Argument.of("code", SUCCESS));

  @Override
  public List<Case> cases() {
    return List.of(
        flags(),
        objectAndFile(),
        unwritableAnswer(),
        reachesTheQueue(),
        content(),
        device(),
        cookies(),
        inOrder(),
        oddRead(),
        emptyRead(),
        shortRead(),
        readEndsBefore(),
        unwritableBuffer(),
        oddWrite(),
        emptyWrite(),
        unreadableAnswer(),
        unknownCode(),
        unknownCookie(),
        writeEnds(),
        answered(),
        anyOrder(),
        alwaysWritable(),
        readable());
  }

  @Clause("IOPF-001")
  private static Case flags() {
    return Program.of("IOPF-001", "a fault queue with a flag")
        .then()
        .ioctl("IOMMU_FAULT_QUEUE_ALLOC")
        .set("flags", 1)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("IOPF-002")
  private static Case objectAndFile() {
    Program program =
        Program.of("IOPF-002", "an id that can be destroyed, a file that can be read");
    program.then();
    queue(program, "queue");
    reads(program, "queue", RECORD, 0);
    polls(program, "queue", WRITABLE);
    return program.close("queue.fd").destroy("queue").end();
  }

  @Clause("IOPF-003")
  private static Case unwritableAnswer() {
    return Program.of("IOPF-003", "an answer into memory that can only be read")
        .mapMemory(Program.NOWHERE, 1)
        .put32(Program.NOWHERE, 16, 0, 0, 0)
        .protect(Program.NOWHERE, 1)
        .then()
        .ioctl("IOMMU_FAULT_QUEUE_ALLOC")
        .at(Program.NOWHERE)
        .fails(Errno.EFAULT)
        .ioctl("IOMMU_IOAS_ALLOC")
        .gives("out_ioas_id", 1)
        .succeeds()
        .end();
  }

  @Clause("IOPF-005")
  private static Case reachesTheQueue() {
    Program program = attached("IOPF-005", "a request comes to the queue of the page table");
    program.then();
    raise(program, "dev", 1, ONE);
    reads(program, "queue", RECORD, RECORD, Argument.of("addr", ONE));
    return program.end();
  }

  @Clause("IOPF-009")
  private static Case content() {
    Program program = attached("IOPF-009", "the fields of the last request of a group");
    program.then();
    raise(program, "dev", 5, ONE);
    reads(
        program,
        "queue",
        RECORD,
        RECORD,
        Argument.of("flags", 2),
        Argument.of("pasid", 0),
        Argument.of("grpid", 5),
        Argument.of("perm", 1),
        Argument.of("addr", ONE),
        Argument.of("length", 0));
    return program.end();
  }

  @Clause("IOPF-011")
  private static Case device() {
    Program program = attached("IOPF-011", "the id of the device that was attached");
    program.then();
    raise(program, "dev", 1, ONE);
    reads(program, "queue", RECORD, RECORD, Argument.named("dev_id", "dev"));
    return program.end();
  }

  @Clause("IOPF-012")
  private static Case cookies() {
    Program program = attached("IOPF-012", "the lowest cookie that is free, from 1 on");
    raise(program, "dev", 1, ONE);
    raise(program, "dev", 2, TWO);
    raise(program, "dev", 3, ONE);
    program.then();
    reads(program, "queue", RECORD, RECORD, Argument.of("cookie", 1));
    reads(program, "queue", RECORD, RECORD, Argument.of("cookie", 2));
    write(
        program,
        "queue",
        List.of(Argument.of("cookie", 1)),
        1,
        new Expect(Set.of(), "" + ANSWER, List.of(), null));
    reads(program, "queue", RECORD, RECORD, Argument.of("cookie", 1));
    return program.end();
  }

  @Clause("IOPF-013")
  private static Case inOrder() {
    Program program = attached("IOPF-013", "the first that came is read first");
    raise(program, "dev", 1, ONE);
    raise(program, "dev", 2, TWO);
    program.then();
    takes(program, "queue", "first", ONE);
    takes(program, "queue", "second", TWO);
    return program.end();
  }

  @Clause("IOPF-014")
  private static Case oddRead() {
    Program program = Program.of("IOPF-014", "a read of 41 bytes");
    queue(program, "queue").then();
    return readFails(program, "queue", RECORD + 1, Errno.ESPIPE).end();
  }

  @Clause("IOPF-015")
  private static Case emptyRead() {
    Program program = Program.of("IOPF-015", "a read of an empty queue");
    queue(program, "queue").then();
    return reads(program, "queue", RECORD, 0).end();
  }

  @Clause("IOPF-016")
  private static Case shortRead() {
    Program program = attached("IOPF-016", "a read of nothing while a group waits");
    raise(program, "dev", 1, ONE).then();
    readFails(program, "queue", 0, Errno.EINVAL);
    reads(program, "queue", RECORD, RECORD, Argument.of("addr", ONE));
    return program.end();
  }

  @Clause("IOPF-017")
  private static Case readEndsBefore() {
    Program program = attached("IOPF-017", "room for one of two groups");
    raise(program, "dev", 1, ONE);
    raise(program, "dev", 2, TWO).then();
    reads(program, "queue", RECORD, RECORD, Argument.of("addr", ONE));
    raise(program, "dev", 3, ONE);
    reads(program, "queue", 3 * RECORD, 2 * RECORD, Argument.of("addr", TWO));
    return program.end();
  }

  @Clause("IOPF-018")
  private static Case unwritableBuffer() {
    Program program = attached("IOPF-018", "nowhere, then with room for the first of two groups");
    raise(program, "dev", 1, ONE);
    raise(program, "dev", 2, TWO).mapMemory(NOWHERE, 1).then();
    readsTo(program, "queue", NOWHERE + PAGE, RECORD, Expect.failure(Errno.EFAULT));
    polls(program, "queue", WRITABLE | READABLE);
    Expect one = new Expect(Set.of(), "" + RECORD, List.of(), null);
    readsTo(program, "queue", NOWHERE + PAGE - RECORD, 2 * RECORD, one);
    Argument again = Argument.of("cookie", 2);
    return reads(program, "queue", RECORD, RECORD, Argument.of("addr", TWO), again).end();
  }

  @Clause("IOPF-021")
  private static Case oddWrite() {
    Program program = Program.of("IOPF-021", "a write of 7 bytes");
    queue(program, "queue").then();
    return program
        .add(
            new ProgramCall.Write(
                ProgramCall.MAIN,
                "queue.fd",
                null,
                List.of(),
                ANSWER - 1,
                null,
                Expect.failure(Errno.ESPIPE)))
        .end();
  }

  @Clause("IOPF-022")
  private static Case emptyWrite() {
    Program program = Program.of("IOPF-022", "a write of nothing");
    queue(program, "queue").then();
    return write(program, "queue", List.of(), 0, new Expect(Set.of(), "0", List.of(), null)).end();
  }

  @Clause("IOPF-023")
  private static Case unreadableAnswer() {
    Program program = attached("IOPF-023", "nowhere, then behind an answer that is taken");
    raise(program, "dev", 1, ONE);
    takes(program, "queue", "cookie", ONE).mapMemory(NOWHERE, 1);
    program.put32(NOWHERE + PAGE - ANSWER, 1, (int) SUCCESS).then();
    writesFrom(program, "queue", NOWHERE + PAGE, 1, Expect.failure(Errno.EFAULT));
    Expect one = new Expect(Set.of(), "" + ANSWER, List.of(), null);
    return writesFrom(program, "queue", NOWHERE + PAGE - ANSWER, 2, one).end();
  }

  @Clause("IOPF-024")
  private static Case unknownCode() {
    Program program = attached("IOPF-024", "a code that is not known");
    raise(program, "dev", 1, ONE);
    takes(program, "queue", "cookie", ONE).then();
    write(
        program,
        "queue",
        List.of(Argument.named("cookie", "cookie"), Argument.of("code", 2)),
        1,
        Expect.failure(Errno.EINVAL));
    return answers(program, "queue", "cookie", INVALID).end();
  }

  @Clause("IOPF-025")
  private static Case unknownCookie() {
    Program program = attached("IOPF-025", "cookies of no group");
    raise(program, "dev", 1, ONE);
    takes(program, "queue", "cookie", ONE).then();
    write(program, "queue", NO_GROUP, 1, Expect.failure(Errno.EINVAL));
    write(program, "queue", List.of(), 1, Expect.failure(Errno.EINVAL));
    answers(program, "queue", "cookie", SUCCESS);
    write(
        program,
        "queue",
        List.of(Argument.named("cookie", "cookie")),
        1,
        Expect.failure(Errno.EINVAL));
    return program.end();
  }

  @Clause("IOPF-026")
  private static Case writeEnds() {
    Program program = attached("IOPF-026", "the same answer twice in one write");
    raise(program, "dev", 1, ONE);
    takes(program, "queue", "cookie", ONE).then();
    return write(
            program,
            "queue",
            List.of(Argument.named("cookie", "cookie")),
            2,
            new Expect(Set.of(), "" + ANSWER, List.of(), null))
        .end();
  }

  @Clause("IOPF-027")
  private static Case answered() {
    Program program = attached("IOPF-027", "an answer is taken once");
    raise(program, "dev", 1, ONE);
    takes(program, "queue", "cookie", ONE).then();
    answers(program, "queue", "cookie", SUCCESS);
    write(
        program,
        "queue",
        List.of(Argument.named("cookie", "cookie")),
        1,
        Expect.failure(Errno.EINVAL));
    return program.end();
  }

  @Clause("IOPF-028")
  private static Case anyOrder() {
    Program program = attached("IOPF-028", "the second before the first");
    raise(program, "dev", 1, ONE);
    raise(program, "dev", 2, TWO);
    takes(program, "queue", "first", ONE);
    takes(program, "queue", "second", TWO).then();
    answers(program, "queue", "second", SUCCESS);
    return answers(program, "queue", "first", INVALID).end();
  }

  @Clause("IOPF-029")
  private static Case alwaysWritable() {
    Program program = Program.of("IOPF-029", "poll of an empty queue");
    queue(program, "queue").then();
    return polls(program, "queue", WRITABLE).end();
  }

  @Clause("IOPF-030")
  private static Case readable() {
    Program program = attached("IOPF-030", "poll before, between and after");
    program.then();
    polls(program, "queue", WRITABLE);
    raise(program, "dev", 1, ONE);
    polls(program, "queue", WRITABLE | READABLE);
    takes(program, "queue", "cookie", ONE);
    polls(program, "queue", WRITABLE);
    return program.end();
  }
}
