package org.iommuref.model.iommufd.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/**
 * The counts of pinned pages: per address space all of them (pinned_vm), and those that are charged
 * against RLIMIT_MEMLOCK per user (user_struct.locked_vm) or per address space (mm.locked_vm).
 */
public final class Accounting {

  private static final int PAGE_SHIFT = 12;

  private final Processes processes;
  private final Shared shared;
  private final Map<ProcessId, Long> pinned = new HashMap<>();
  private final Map<ProcessId, Long> locked = new HashMap<>();
  private final Map<Integer, Long> lockedByUser = new HashMap<>();
  private long allPinned;

  /** Nothing is charged. */
  public Accounting(Processes processes, Shared shared) {
    this.processes = processes;
    this.shared = shared;
  }

  /** Charges pages that were just pinned; ENOMEM if the limit does not allow it, else null. */
  public @Nullable Errno charge(AccountMode mode, Owner owner, long pages) {
    return shared
        .take(
            new AccountStep.ChargePages(mode, pages),
            step -> Optional.ofNullable(add(step.mode(), owner, step.pages())))
        .orElse(null);
  }

  private @Nullable Errno add(AccountMode mode, Owner owner, long pages) {
    Errno refused =
        switch (mode) {
          case NONE -> null;
          case USER -> chargeUser(owner, pages);
          case MM -> chargeMm(owner, pages);
        };
    if (refused == null) {
      count(owner, pages);
    }
    return refused;
  }

  /**
   * Takes a charge back. EINVAL in the mode of address spaces if the address space is gone; its
   * counts then stay.
   */
  public @Nullable Errno discharge(AccountMode mode, Owner owner, long pages) {
    return shared
        .take(
            new AccountStep.DischargePages(mode, pages),
            step -> Optional.ofNullable(subtract(step.mode(), owner, step.pages())))
        .orElse(null);
  }

  private @Nullable Errno subtract(AccountMode mode, Owner owner, long pages) {
    if (mode == AccountMode.MM) {
      if (!processes.isAlive(owner.process())) {
        return Errno.EINVAL;
      }
      locked.merge(owner.process(), -pages, Long::sum);
    } else if (mode == AccountMode.USER) {
      lockedByUser.merge(owner.user(), -pages, Long::sum);
    }
    count(owner, -pages);
    return null;
  }

  private void count(Owner owner, long pages) {
    pinned.merge(owner.process(), pages, Long::sum);
    allPinned += pages;
  }

  /** VmPin in pages. */
  public long pinned(ProcessId process) {
    return pinned.getOrDefault(process, 0L);
  }

  /** What is pinned and charged in all address spaces, in pages. */
  public long allPinned() {
    return allPinned;
  }

  /** VmLck in pages, as far as iommufd charged it. */
  public long locked(ProcessId process) {
    return locked.getOrDefault(process, 0L);
  }

  /** What is charged to a user, in pages. */
  public long lockedBy(int user) {
    return lockedByUser.getOrDefault(user, 0L);
  }

  /** Whether nothing is charged to anybody. */
  public boolean isEmpty() {
    return Stream.of(pinned, locked, lockedByUser)
        .flatMap(counts -> counts.values().stream())
        .allMatch(pages -> pages == 0);
  }

  private @Nullable Errno chargeUser(Owner owner, long pages) {
    long next = lockedBy(owner.user()) + pages;
    if (Long.compareUnsigned(next, limit(owner)) > 0) {
      return Errno.ENOMEM;
    }
    lockedByUser.put(owner.user(), next);
    return null;
  }

  private @Nullable Errno chargeMm(Owner owner, long pages) {
    if (!processes.isAlive(owner.process())) {
      return Errno.EINVAL;
    }
    long next = locked(owner.process()) + pages;
    if (Long.compareUnsigned(next, limit(owner)) > 0) {
      return Errno.ENOMEM;
    }
    locked.put(owner.process(), next);
    return null;
  }

  private long limit(Owner owner) {
    return processes.memlockLimit(owner.process()) >>> PAGE_SHIFT;
  }
}
