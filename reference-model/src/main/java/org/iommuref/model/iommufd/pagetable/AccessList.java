package org.iommuref.model.iommufd.pagetable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Spinlock;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;
import org.jspecify.annotations.Nullable;

/** The accesses that are attached to a map. Linux: io_pagetable.access_list. */
final class AccessList {

  private final Spinlock xaLock;
  private final Shared shared;
  private final List<@Nullable TableAccess> accesses = new ArrayList<>();

  /** Puts an access into the list; yields its place. */
  record AddAccess() implements YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** Takes an access out of the list. */
  record RemoveAccess(int place) implements Step {}

  /** The first access at a place or behind it. */
  record NextAccess(int from) implements YieldingStep<Optional<Place>> {
    @Override
    public Optional<Place> ifDropped() {
      return Optional.empty();
    }
  }

  /** An access and where it stands. */
  record Place(int index, TableAccess access) {
    @Override
    public String toString() {
      return String.valueOf(index);
    }
  }

  AccessList(Kernel kernel) {
    this.xaLock = kernel.spinlock("access_list.xa_lock");
    this.shared = kernel.shared(new Lifetime("a list of accesses"));
  }

  /** Adds one at the lowest free place, and returns the place. */
  int add(TableAccess access) {
    return shared.take(new AddAccess(), step -> place(access));
  }

  private int place(TableAccess access) {
    int free = accesses.indexOf(null);
    if (free >= 0) {
      accesses.set(free, access);
      return free;
    }
    accesses.add(access);
    return accesses.size() - 1;
  }

  /** Removes what stands at a place. */
  void remove(int place) {
    shared.change(new RemoveAccess(place), step -> accesses.set(step.place(), null));
  }

  /** Where an access stands. */
  int placeOf(TableAccess access) {
    return accesses.indexOf(access);
  }

  /** Asks each access, if it can be held while it is asked, with the list unlocked meanwhile. */
  void ask(Predicate<TableAccess> hold, Consumer<TableAccess> question) {
    xaLock.lock();
    for (Place place = next(0); place != null; place = next(place.index() + 1)) {
      if (hold.test(place.access())) {
        xaLock.unlock();
        question.accept(place.access());
        xaLock.lock();
      }
    }
    xaLock.unlock();
  }

  private @Nullable Place next(int from) {
    return shared.look(new NextAccess(from), step -> found(step.from())).orElse(null);
  }

  private Optional<Place> found(int from) {
    for (int index = from; index < accesses.size(); index++) {
      TableAccess access = accesses.get(index);
      if (access != null) {
        return Optional.of(new Place(index, access));
      }
    }
    return Optional.empty();
  }

  /** The largest alignment that one needs, and at least {@code least}. */
  long alignment(long least) {
    long alignment = least;
    for (Place place = next(0); place != null; place = next(place.index() + 1)) {
      alignment = Math.max(alignment, place.access().iovaAlignment());
    }
    return alignment;
  }

  boolean isEmpty() {
    return accesses.stream().allMatch(access -> access == null);
  }
}
