package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.PAGE;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.WINDOW;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.among;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.bound;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.nested;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.nesting;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.parent;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.prepared;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.preparing;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.ringing;
import static org.iommuref.conformance.cases.iommufd.TraitSteps.window;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.spi.DeviceTraits;

/** Interrupts that go through page tables: where their doorbells are mapped. */
final class DoorbellCases implements ProgramCaseSet {

  private static final long OTHER_WINDOW = 1L << 28;

  /** Physical addresses of doorbells, each in a page of its own. */
  private static final long DOORBELL = 0x800_0040L;

  /** How many doorbells a context has addresses for. */
  private static final int MOST = 64;

  @Override
  public List<Case> cases() {
    return List.of(
        oneAfterTheOther(),
        sameInEachTable(),
        followReplace(),
        followAttach(),
        inTheParent(),
        stay(),
        tooMany(),
        withoutWindow(),
        attachedToNothing());
  }

  private static long doorbell(int number) {
    return DOORBELL + number * PAGE;
  }

  private static long pageOf(int number) {
    return doorbell(number) & -PAGE;
  }

  private static DeviceTraits at(long start) {
    return DeviceTraits.reserving(window(start));
  }

  private static Program one(String clause, String name) {
    return among(clause, name, at(WINDOW), at(WINDOW)).ioas("a").device("d", "a");
  }

  @Clause("RSV-008")
  private static Case oneAfterTheOther() {
    return among("RSV-008", "two in one window, one in another", at(WINDOW), at(OTHER_WINDOW))
        .ioas("a")
        .device("d", "a")
        .device("e", "a")
        .then()
        .with(program -> prepared(program, "d", doorbell(0), WINDOW + 0x40))
        .with(program -> prepared(program, "e", doorbell(2), OTHER_WINDOW + 0x40))
        .with(program -> prepared(program, "d", doorbell(1), WINDOW + PAGE + 0x40))
        .with(program -> prepared(program, "d", doorbell(0) + 8, WINDOW + 0x48))
        .with(program -> ringing(program, "d.hwpt", WINDOW, pageOf(0)).succeeds())
        .with(program -> ringing(program, "d.hwpt", WINDOW + PAGE, pageOf(1)).succeeds())
        .end();
  }

  @Clause("RSV-009")
  private static Case sameInEachTable() {
    return one("RSV-009", "two devices on two IOASs, in the other order")
        .ioas("b")
        .device("e", "b")
        .then()
        .with(program -> prepared(program, "d", doorbell(0), WINDOW + 0x40))
        .with(program -> prepared(program, "d", doorbell(1), WINDOW + PAGE + 0x40))
        .with(program -> prepared(program, "e", doorbell(1), WINDOW + PAGE + 0x40))
        .with(program -> ringing(program, "e.hwpt", WINDOW, pageOf(0)).fails(Errno.EINVAL))
        .with(program -> prepared(program, "e", doorbell(0), WINDOW + 0x40))
        .with(program -> ringing(program, "e.hwpt", WINDOW, pageOf(0)).succeeds())
        .with(program -> ringing(program, "e.hwpt", WINDOW + PAGE, pageOf(1)).succeeds())
        .end();
  }

  @Clause("RSV-010")
  private static Case followReplace() {
    return one("RSV-010", "a replace within the IOAS")
        .hwpt("h", "d", "a")
        .with(program -> prepared(program, "d", doorbell(0), WINDOW + 0x40))
        .then()
        .with(program -> ringing(program, "h", WINDOW, pageOf(0)).fails(Errno.EINVAL))
        .replace("d", "h")
        .with(program -> ringing(program, "h", WINDOW, pageOf(0)).succeeds())
        .end();
  }

  @Clause("RSV-010")
  private static Case followAttach() {
    return one("RSV-010", "an attach to another IOAS, of the device that used it alone")
        .ioas("b")
        .ioas("c")
        .with(program -> prepared(program, "d", doorbell(0), WINDOW + 0x40))
        .hwpt("h", "d", "b")
        .detach("d", 0)
        .device("e", "c")
        .then()
        .attaching("d", 0, "h")
        .succeeds()
        .with(program -> ringing(program, "h", WINDOW, pageOf(0)).succeeds())
        .with(program -> ringing(program, "e.hwpt", WINDOW, pageOf(0)).fails(Errno.EINVAL))
        .end();
  }

  @Clause("RSV-011")
  private static Case inTheParent() {
    return among("RSV-011", "one that is prepared on it, and one before", nesting(window(WINDOW)))
        .ioas("a")
        .device("d", "a")
        .with(program -> parent(program, "p", "d", "a"))
        .with(program -> nested(program, "n", "d", "p"))
        .with(program -> prepared(program, "d", doorbell(0), WINDOW + 0x40))
        .then()
        .replace("d", "n")
        .with(program -> ringing(program, "p", WINDOW, pageOf(0)).succeeds())
        .with(program -> prepared(program, "d", doorbell(1), WINDOW + PAGE + 0x40))
        .with(program -> ringing(program, "p", WINDOW + PAGE, pageOf(1)).succeeds())
        .end();
  }

  @Clause("RSV-012")
  private static Case stay() {
    return one("RSV-012", "after an unmap of everything, and after a detach")
        .memory(1)
        .hwpt("h", "d", "a")
        .map("a", Program.IOVA, 1)
        .replace("d", "h")
        .with(program -> prepared(program, "d", doorbell(0), WINDOW + 0x40))
        .then()
        .unmapping("a", 0, -1)
        .gives("length", PAGE)
        .succeeds()
        .with(program -> ringing(program, "h", WINDOW, pageOf(0)).succeeds())
        .detach("d", 0)
        .with(program -> ringing(program, "h", WINDOW, pageOf(0)).succeeds())
        .end();
  }

  @Clause("RSV-013")
  private static Case tooMany() {
    Program program = one("RSV-013", "64, one more, and one of them again").then();
    for (int number = 0; number < MOST; number++) {
      prepared(program, "d", doorbell(number), WINDOW + number * PAGE + 0x40);
    }
    return preparing(program, "d", doorbell(MOST))
        .fails(Errno.EOVERFLOW)
        .with(again -> prepared(again, "d", doorbell(3), WINDOW + 3 * PAGE + 0x40))
        .end();
  }

  @Clause("RSV-014")
  private static Case withoutWindow() {
    return among("RSV-014", "the doorbell itself")
        .ioas("a")
        .device("d", "a")
        .then()
        .with(program -> prepared(program, "d", doorbell(0), doorbell(0)))
        .with(program -> ringing(program, "d.hwpt", doorbell(0), doorbell(0)).fails(Errno.EINVAL))
        .end();
  }

  @Clause("RSV-015")
  private static Case attachedToNothing() {
    return among("RSV-015", "before an attach, and after a detach", at(WINDOW))
        .ioas("a")
        .then()
        .with(program -> bound(program, "d"))
        .with(program -> preparing(program, "d", doorbell(0)).fails(Errno.EOPNOTSUPP))
        .attaching("d", 0, "a")
        .succeeds()
        .with(program -> prepared(program, "d", doorbell(0), WINDOW + 0x40))
        .detach("d", 0)
        .with(program -> preparing(program, "d", doorbell(1)).fails(Errno.EOPNOTSUPP))
        .end();
  }
}
