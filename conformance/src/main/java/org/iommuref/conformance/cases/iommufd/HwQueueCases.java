package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.IOVA;
import static org.iommuref.conformance.cases.iommufd.Program.MEMORY;
import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.Units.queue;
import static org.iommuref.conformance.cases.iommufd.Units.unit;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;

/** Queues of virtual units that hardware reads by itself. */
final class HwQueueCases implements ProgramCaseSet {

  private static final long LAST = -1;

  @Override
  public List<Case> cases() {
    return List.of(
        flagsAndType(),
        noLength(),
        passesTheEnd(),
        unknownUnit(),
        otherType(),
        tooManyPages(),
        listTooLong(),
        notMapped(),
        withoutRight(),
        fineMapping(),
        scattered(),
        insideAPage(),
        order(),
        access(),
        accessIsNotTheUsers(),
        pinned(),
        queuesOfMock(),
        dependent());
  }

  /** A unit, and a page of memory that is mapped at {@link Program#IOVA}. */
  private static Program mapped(String clause, String name) {
    return unit(clause, name).needs(Capability.HW_QUEUE).memory(2).map("a", IOVA, 1);
  }

  @Clause("HWQ-001")
  private static Case flagsAndType() {
    Program program = mapped("HWQ-001", "a flag, and type 0").then();
    queue(program, 0, IOVA, PAGE, "q").set("flags", 1).fails(Errno.EOPNOTSUPP);
    return queue(program, 0, IOVA, PAGE, "q").set("type", 0).fails(Errno.EOPNOTSUPP).end();
  }

  @Clause("HWQ-002")
  private static Case noLength() {
    return queue(mapped("HWQ-002", "a queue of no length").then(), 0, IOVA, 0, "q")
        .fails(Errno.EINVAL)
        .end();
  }

  @Clause("HWQ-003")
  private static Case passesTheEnd() {
    return queue(mapped("HWQ-003", "a queue beyond the last address").then(), 0, LAST, 2, "q")
        .fails(Errno.EOVERFLOW)
        .end();
  }

  @Clause("HWQ-004")
  private static Case unknownUnit() {
    return queue(mapped("HWQ-004", "an IOAS in place of the unit").then(), 0, IOVA, PAGE, "q")
        .id("viommu_id", "a")
        .fails(Errno.ENOENT)
        .end();
  }

  @Clause("HWQ-005")
  private static Case otherType() {
    return queue(mapped("HWQ-005", "a type that the driver lacks").then(), 0, IOVA, PAGE, "q")
        .set("type", 1)
        .fails(Errno.EOPNOTSUPP)
        .end();
  }

  @Clause("HWQ-006")
  private static Case tooManyPages() {
    return queue(mapped("HWQ-006", "a length that has no whole pages").then(), 0, 1, LAST, "q")
        .fails(Errno.ERANGE)
        .end();
  }

  @Clause("HWQ-007")
  private static Case listTooLong() {
    Program program = mapped("HWQ-007", "a list of pages that no memory holds, wherever").then();
    queue(program, 0, IOVA, 1L << 48, "q").fails(Errno.ENOMEM);
    queue(program, 0, 8 * IOVA, 1L << 48, "q").fails(Errno.ENOMEM);
    return program.ioas("b").end();
  }

  @Clause("HWQ-008")
  private static Case notMapped() {
    Program program = mapped("HWQ-008", "nothing mapped, and the second page not mapped").then();
    queue(program, 0, IOVA + PAGE, PAGE, "q").fails(Errno.ENOENT);
    return queue(program, 0, IOVA, 2 * PAGE, "q").fails(Errno.ENOENT).end();
  }

  @Clause("HWQ-009")
  private static Case withoutRight() {
    Program program =
        mapped("HWQ-009", "memory that devices cannot read")
            .ioctl("IOMMU_IOAS_MAP")
            .set("flags", Program.FIXED_IOVA | Program.WRITEABLE)
            .id("ioas_id", "a")
            .set("user_va", MEMORY + PAGE)
            .set("length", PAGE)
            .set("iova", IOVA + 2 * PAGE)
            .succeeds();
    return queue(program.then(), 0, IOVA + 2 * PAGE, PAGE, "q").fails(Errno.EPERM).end();
  }

  @Clause("HWQ-010")
  private static Case fineMapping() {
    Program program = mapped("HWQ-010", "half a page is mapped elsewhere");
    program.map("a", 2 * IOVA, MEMORY + PAGE, PAGE / 2).then();
    queue(program, 0, IOVA, PAGE, "q").fails(Errno.EADDRINUSE);
    program.unmap("a", 2 * IOVA, PAGE / 2);
    return queue(program, 0, IOVA, PAGE, "q").succeeds().end();
  }

  @Clause("HWQ-011")
  private static Case scattered() {
    Program program = mapped("HWQ-011", "the same page twice, one behind the other");
    program.map("a", IOVA + PAGE, MEMORY, PAGE).then();
    queue(program, 0, IOVA, 2 * PAGE, "q").fails(Errno.EFAULT);
    program.pins(MEMORY, PAGE, 2).unmap("a", IOVA + PAGE, PAGE);
    return queue(program, 0, IOVA, PAGE, "q").succeeds().end();
  }

  @Clause("HWQ-012")
  private static Case insideAPage() {
    Program program = mapped("HWQ-012", "three bytes from the hundredth on").then();
    queue(program, 0, IOVA + 100, 3, "q").succeeds();
    program.unmapping("a", IOVA, PAGE).fails(Errno.EBUSY);
    return queue(program, 1, IOVA + PAGE - 1, 1, "r").succeeds().end();
  }

  @Clause("HWQ-013")
  private static Case order() {
    Program program = mapped("HWQ-013", "calls with two mistakes each").then();
    queue(program, 0, IOVA, 0, "q").set("flags", 1).fails(Errno.EOPNOTSUPP);
    queue(program, 0, IOVA, 0, "q").set("type", 0).fails(Errno.EOPNOTSUPP);
    queue(program, 0, LAST, 2, "q").id("viommu_id", "a").fails(Errno.EOVERFLOW);
    queue(program, 0, IOVA, 0, "q").id("viommu_id", "a").fails(Errno.EINVAL);
    queue(program, 0, IOVA, PAGE, "q").id("viommu_id", "a").set("type", 1).fails(Errno.ENOENT);
    return queue(program, 0, 1, LAST, "q").set("type", 1).fails(Errno.EOPNOTSUPP).end();
  }

  @Clause("HWQ-014")
  private static Case access() {
    Program program = mapped("HWQ-014", "the access of a queue takes the next id").ioas("b");
    program.destroy("b").then();
    queue(program, 0, IOVA, PAGE, "q").givesId("out_hw_queue_id", "b").succeeds();
    return program.ioctl("IOMMU_IOAS_ALLOC").gives("out_ioas_id", 9).succeeds().end();
  }

  @Clause("HWQ-015")
  private static Case accessIsNotTheUsers() {
    Program program = mapped("HWQ-015", "the access of a queue is not destroyed");
    queue(program, 0, IOVA, PAGE, "q").succeeds().then();
    return program.ioctl("IOMMU_DESTROY").set("id", 8).fails(Errno.EBUSY).end();
  }

  @Clause("HWQ-016")
  private static Case pinned() {
    Program program = mapped("HWQ-016", "pages of a queue are not unmapped");
    queue(program, 0, IOVA, PAGE, "q").succeeds().then();
    program.unmapping("a", IOVA, PAGE).fails(Errno.EBUSY);
    return program.destroy("q").unmap("a", IOVA, PAGE).end();
  }

  @Clause("HWQ-018")
  private static Case dependent() {
    Program program = mapped("HWQ-018", "the first queue while the second is there");
    queue(program, 0, IOVA, PAGE, "q").succeeds();
    queue(program, 1, IOVA, PAGE, "r").succeeds().then();
    return program
        .ioctl("IOMMU_DESTROY")
        .id("id", "q")
        .fails(Errno.EBUSY)
        .destroy("r")
        .destroy("q")
        .end();
  }

  @Clause("HWQ-020")
  private static Case queuesOfMock() {
    Program program = mapped("HWQ-020", "two queues, the first before the second").then();
    queue(program, 2, IOVA, PAGE, "q").fails(Errno.EINVAL);
    queue(program, 1, IOVA, PAGE, "q").fails(Errno.EIO);
    queue(program, 0, IOVA, PAGE, "q").succeeds();
    queue(program, 0, IOVA, PAGE, "q").fails(Errno.EEXIST);
    return queue(program, 1, IOVA, PAGE, "q").succeeds().end();
  }
}
