package org.iommuref.conformance.cases.iommufd;

import java.util.List;
import java.util.Set;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;

/** What programs do with page faults: queues, page tables with one, requests, records, answers. */
final class Faults {

  /** The bytes of a record, and of an answer. */
  static final int RECORD = 40;

  static final int ANSWER = 8;

  /** Codes of answers. */
  static final long SUCCESS = 0;

  static final long INVALID = 1;

  /** What poll says. */
  static final long READABLE = 1;

  static final long WRITABLE = 4;

  /** A flag of HWPT_ALLOC. */
  static final long FAULT_ID_VALID = 4;

  private static final long ALLOC_PASID = 8;
  private static final String PGFAULT = "iommu_hwpt_pgfault";

  private Faults() {}

  /** A fault queue: {@code queue} is its id, {@code queue.fd} its descriptor. */
  static Program queue(Program program, String queue) {
    return program
        .ioctl("IOMMU_FAULT_QUEUE_ALLOC")
        .names("out_fault_id", queue)
        .names("out_fault_fd", queue + ".fd")
        .succeeds();
  }

  /** A page table of {@code dev} over {@code a} with a fault queue. */
  static Program table(Program program, String table, String queue) {
    return table(program, table, queue, FAULT_ID_VALID);
  }

  /** The same for a device that uses PASIDs. */
  static Program pasidTable(Program program, String table, String queue) {
    return table(program, table, queue, FAULT_ID_VALID | ALLOC_PASID);
  }

  private static Program table(Program program, String table, String queue, long flags) {
    return program
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("flags", flags)
        .id("dev_id", "dev")
        .id("pt_id", "a")
        .id("fault_id", queue)
        .names("out_hwpt_id", table)
        .succeeds();
  }

  /** A device {@code dev} that is attached to {@code table}, whose faults come to {@code queue}. */
  static Program attached(String clause, String name) {
    Program program = Program.of(clause, name).needs(Capability.PAGE_REQUESTS);
    program.ioas("a").device("dev", "a");
    queue(program, "queue");
    return table(program, "table", "queue").replace("dev", "table");
  }

  /** The device asks for a page: a group of one request. */
  static Program raise(Program program, String device, long group, long address) {
    return raise(program, device, 0, group, address);
  }

  /** The same by a PASID of the device. */
  static Program raise(Program program, String device, int pasid, long group, long address) {
    return program
        .ioctl("IOMMU_TEST_OP_TRIGGER_IOPF")
        .id("dev_id", device)
        .set("pasid", pasid)
        .set("grpid", group)
        .set("perm", 1)
        .set("addr", address)
        .succeeds();
  }

  /** Reads from a queue; the fields are those of the first record. */
  static Program reads(Program program, String queue, int length, int bytes, Argument... fields) {
    return read(
        program,
        queue,
        length,
        new Expect(Set.of(), Integer.toString(bytes), List.of(fields), null));
  }

  /** Reads one record, whose cookie goes by a name. */
  static Program takes(Program program, String queue, String cookie, long address) {
    return program.add(
        new ProgramCall.Read(
            ProgramCall.MAIN,
            queue + ".fd",
            RECORD,
            PGFAULT,
            null,
            List.of(new Argument("cookie", cookie)),
            new Expect(Set.of(), "" + RECORD, List.of(Argument.of("addr", address)), null)));
  }

  /** A read that fails. */
  static Program readFails(Program program, String queue, int length, Errno errno) {
    return read(program, queue, length, Expect.failure(errno));
  }

  private static Program read(Program program, String queue, int length, Expect expect) {
    return program.add(
        new ProgramCall.Read(
            ProgramCall.MAIN, queue + ".fd", length, PGFAULT, null, List.of(), expect));
  }

  /** Reads to an address. */
  static Program readsTo(Program program, String queue, long address, int length, Expect expect) {
    String at = "0x" + Long.toHexString(address);
    return program.add(
        new ProgramCall.Read(ProgramCall.MAIN, queue + ".fd", length, null, at, List.of(), expect));
  }

  /** Writes answers that lie at an address. */
  static Program writesFrom(
      Program program, String queue, long address, int copies, Expect expect) {
    String at = "0x" + Long.toHexString(address);
    return program.add(
        new ProgramCall.Write(
            ProgramCall.MAIN,
            queue + ".fd",
            "iommu_hwpt_page_response",
            List.of(),
            copies,
            at,
            expect));
  }

  /** Answers a group. */
  static Program answers(Program program, String queue, String cookie, long code) {
    return write(
        program,
        queue,
        List.of(Argument.named("cookie", cookie), Argument.of("code", code)),
        1,
        new Expect(Set.of(), "" + ANSWER, List.of(), null));
  }

  /** Writes answers. */
  static Program write(
      Program program, String queue, List<Argument> fields, int copies, Expect expect) {
    return program.add(
        new ProgramCall.Write(
            ProgramCall.MAIN,
            queue + ".fd",
            "iommu_hwpt_page_response",
            fields,
            copies,
            null,
            expect));
  }

  /** What poll says of a queue. */
  static Program polls(Program program, String queue, long events) {
    return program.add(
        new ProgramCall.Poll(
            ProgramCall.MAIN,
            queue + ".fd",
            new Expect(Set.of(), Long.toString(events), List.of(), null)));
  }
}
