package org.iommuref.model.iommufd.ioas;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.iommuref.model.iommufd.kernel.AccountMode;
import org.iommuref.model.iommufd.kernel.Accounting;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** Moves pages and what was charged for them to another owner. Linux: charge_current. */
final class ChangeOfOwner {

  private final Kernel kernel;
  private final Accounting accounting;
  private final Owner next;
  private final Set<Pages> all = new LinkedHashSet<>(); // each once, however many areas share them

  ChangeOfOwner(Kernel kernel, Owner next, List<Area> areas) {
    this.kernel = kernel;
    this.accounting = kernel.accounting();
    this.next = next;
    areas.forEach(area -> all.add(area.pages()));
  }

  @Clause({"PIN-027", "PIN-028", "PIN-029", "PIN-030", "PIN-032", "PIN-033"})
  @Nullable Errno perform() {
    AccountMode[] modes = AccountMode.values();
    for (int done = 0; done < modes.length; done++) {
      Errno refused = charge(modes[done]);
      if (refused != null) {
        for (int undone = done - 1; undone >= 0; undone--) {
          var ignored = accounting.discharge(modes[undone], next, pagesToMove(modes[undone]));
        }
        return refused;
      }
    }
    Errno failure = null;
    for (Pages pages : all) {
      if (changesHands(pages)) {
        Errno left = accounting.discharge(pages.accountMode(), pages.owner(), pages.charged());
        kernel.warnings().warnIf(left != null, "a former owner cannot be relieved");
        failure = left == null ? failure : left;
      }
      pages.belongTo(next);
    }
    return failure;
  }

  private @Nullable Errno charge(AccountMode mode) {
    long pages = pagesToMove(mode);
    return pages == 0 ? null : accounting.charge(mode, next, pages);
  }

  private long pagesToMove(AccountMode mode) {
    return all.stream()
        .filter(pages -> pages.accountMode() == mode && changesHands(pages))
        .mapToLong(Pages::charged)
        .sum();
  }

  private boolean changesHands(Pages pages) {
    boolean otherProcess = !pages.owner().process().equals(next.process());
    return switch (pages.accountMode()) {
      case NONE -> false;
      case MM -> otherProcess;
      case USER -> otherProcess || pages.owner().user() != next.user();
    };
  }
}
