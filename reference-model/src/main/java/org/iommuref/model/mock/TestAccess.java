package org.iommuref.model.mock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.iommuref.model.iommufd.access.Access;
import org.iommuref.model.iommufd.access.AccessUser;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.pagetable.AreaNumber;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.jspecify.annotations.Nullable;

/** An access in the hands of the user, with what it has pinned. Linux: struct selftest_access. */
final class TestAccess implements OpenFile, AccessUser {

  /** Bit 16: an address is the number of an area and an offset. */
  static final int SYZ = AreaNumber.FLAG;

  /** No transfer and no pin is longer. */
  static final long MOST_BYTES = 16L << 20;

  private final Context context;
  private final boolean needsPinPages;
  private final Mutex lock;
  private final Shared pins;
  private final Map<Integer, PinnedRange> items = new LinkedHashMap<>();
  private @Nullable FileId file;
  private @Nullable Access access;
  private int nextId;

  TestAccess(Context context, boolean needsPinPages) {
    this.context = context;
    this.needsPinPages = needsPinPages;
    this.lock = context.kernel().mutex("staccess.lock");
    this.pins = context.kernel().shared(new Lifetime("the pins of a test access"));
  }

  /** Takes a reference to the file of the descriptor in the id of the call; null for EBADFD. */
  @Clause("MOCK-010")
  static @Nullable TestAccess get(Ucmd ucmd) {
    TestAccess found = find(ucmd);
    if (found != null) {
      ucmd.kernel().files().get(found.file());
    }
    return found;
  }

  /** The access of the descriptor in the id of the call, or null. */
  static @Nullable TestAccess find(Ucmd ucmd) {
    var processes = ucmd.kernel().processes();
    Descriptor named = processes.descriptor(ucmd.caller().process(), ucmd.u32(TestFields.ID));
    return named instanceof Descriptor.Ours ours
            && ucmd.kernel().files().find(ours.file()) instanceof TestAccess found
        ? found
        : null;
  }

  /** Drops the reference. */
  void put() {
    context.kernel().files().put(file());
  }

  void openedAs(FileId opened) {
    file = opened;
  }

  void use(Access made) {
    access = made;
  }

  FileId file() {
    return Objects.requireNonNull(file);
  }

  Access access() {
    return Objects.requireNonNull(access);
  }

  Mutex lock() {
    return lock;
  }

  /** Notes a pin and numbers it; the lock is held. */
  int add(long iova, long length) {
    return pins.take(
        new MockStep.AddPin(iova, length),
        step -> {
          items.put(nextId, new PinnedRange(step.iova(), step.length()));
          return nextId++;
        });
  }

  /** Forgets a pin; the lock is held. */
  Optional<PinnedRange> forget(int id) {
    return pins.take(
        new MockStep.TakePin(id), step -> Optional.ofNullable(items.remove(step.number())));
  }

  /** Undoes a pin; false if there is none of that number. */
  boolean unpin(int id) {
    lock.lock();
    Optional<PinnedRange> pin = forget(id);
    pin.ifPresent(range -> access().unpin(range.iova(), range.length()));
    lock.unlock();
    return pin.isPresent();
  }

  /** The IOVA that a field tells, by number where bit 16 of the flags says so. */
  @Clause("MOCK-029")
  long iova(Ucmd ucmd, Field iova, Field flags) {
    if ((ucmd.u32(flags) & SYZ) == 0) {
      return ucmd.u64(iova);
    }
    return access().iovaOfArea(ucmd.u64(iova));
  }

  @Override
  public boolean needsPinPages() {
    return needsPinPages;
  }

  @Override
  @Clause("MOCK-015")
  public void unmap(long iova, long length) {
    lock.lock();
    for (PinnedRange met : pins.take(new MockStep.TakePins(iova, length), this::takeAll)) {
      access().unpin(met.iova(), met.length());
    }
    lock.unlock();
  }

  private List<PinnedRange> takeAll(MockStep.TakePins step) {
    List<PinnedRange> met = new ArrayList<>();
    long last = step.iova() + step.length() - 1;
    items.values().removeIf(item -> item.meets(step.iova(), last) && met.add(item));
    return met;
  }

  @Override
  public void release() {
    if (access != null) {
      unmap(0, -1L);
      context.objects().destroyUser(access);
    }
  }
}
