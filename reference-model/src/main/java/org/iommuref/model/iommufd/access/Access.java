package org.iommuref.model.iommufd.access;

import java.util.Optional;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.model.iommufd.pagetable.AreaNumber;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.model.iommufd.pagetable.TableAccess;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's own use of what an IOAS maps. Linux: struct iommufd_access.
 *
 * <p>An access without a user is the kernel's own: it is never asked to unpin, and what it pins
 * cannot be unmapped.
 */
public final class Access implements ObjectBody, TableAccess {

  /** The name of its lock. */
  public static final String IOAS_LOCK = "ioas_lock";

  private final IommufdObject object;
  private final Context context;
  private final @Nullable AccessUser user;
  private final Mutex ioasLock;
  private final Shared shared;
  private @Nullable Ioas ioas;
  private @Nullable Ioas ioasUnpin;

  private Access(IommufdObject object, Context context, @Nullable AccessUser user) {
    this.object = object;
    this.context = context;
    this.user = user;
    this.ioasLock = context.kernel().mutex(IOAS_LOCK);
    this.shared = context.kernel().shared(object.lifetime());
  }

  /** iommufd_access_create: an access of no IOAS, with an id; it holds the context. ENOMEM. */
  @Clause("ACC-001")
  public static Result<Access> create(Context context, AccessUser user) {
    Result<Access> made = allocate(context, user);
    if (made.isOk()) {
      context.get();
      context.objects().finish(made.value());
    }
    return made;
  }

  /** iommufd_access_create_internal: an access of the kernel's own. ENOMEM. */
  @Clause("ACC-029")
  public static Result<Access> createInternal(Context context) {
    Result<Access> made = allocate(context, null);
    if (made.isOk()) {
      context.objects().finish(made.value());
    }
    return made;
  }

  private static Result<Access> allocate(Context context, @Nullable AccessUser user) {
    Result<Access> made = context.objects().allocate(object -> new Access(object, context, user));
    if (made.isOk()) {
      made.value().object.hold(Holder.DRIVER); // whoever has made it, until destroyUser
    }
    return made;
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.ACCESS;
  }

  /** Whether it is the kernel's own. */
  public boolean isInternal() {
    return user == null;
  }

  /** Whether it may pin pages. */
  public boolean pinsPages() {
    return iovaAlignment() == Processes.PAGE_SIZE;
  }

  /** iommufd_access_attach. EINVAL if it is attached, ENOENT, EADDRINUSE, EBUSY, ENOMEM. */
  @Clause("ACC-004")
  public @Nullable Errno attach(int ioasId) {
    ioasLock.lock();
    try {
      return isAttachedTwice() ? Errno.EINVAL : changeTo(ioasId);
    } finally {
      ioasLock.unlock();
    }
  }

  /** iommufd_access_attach_internal: to an IOAS that the caller holds. */
  public @Nullable Errno attachInternal(Ioas to) {
    ioasLock.lock();
    try {
      return isAttachedTwice() ? Errno.EINVAL : changeTo(to);
    } finally {
      ioasLock.unlock();
    }
  }

  /** iommufd_access_replace. ENOENT if it is not attached, and as {@link #attach}. */
  @Clause("ACC-005")
  public @Nullable Errno replace(int ioasId) {
    ioasLock.lock();
    try {
      return readIoas() == null ? Errno.ENOENT : changeTo(ioasId);
    } finally {
      ioasLock.unlock();
    }
  }

  /** iommufd_access_pin_pages: the frames of the pages behind a range. */
  public Result<long[]> pin(long iova, long length, boolean write) {
    ioasLock.lock();
    try {
      AccessRange range = new AccessRange(this, iova, length);
      Errno refusal = AccessRange.CHECKS.refusal(context.kernel(), range);
      return refusal == null
          ? new AccessPins(this, iopt(readIoas()), range).pin(write)
          : Result.err(refusal);
    } finally {
      ioasLock.unlock();
    }
  }

  /** iommufd_access_unpin_pages: undoes one pin of exactly this range. */
  @Clause("ACC-020")
  public void unpin(long iova, long length) {
    ioasLock.lock();
    try {
      Ioas from = readIoasToUnpin();
      if (!context.kernel().warnings().warnIf(from == null, "unpin without an IOAS")) {
        new AccessPins(this, iopt(from), new AccessRange(this, iova, length)).unpin();
      }
    } finally {
      ioasLock.unlock();
    }
  }

  /**
   * iommufd_access_rw: moves bytes between a buffer and a range.
   *
   * @param transfer the buffer, and who moves it in which direction
   */
  public @Nullable Errno rw(long iova, AccessTransfer transfer) {
    ioasLock.lock();
    try {
      AccessRange range = new AccessRange(this, iova, transfer.length());
      Errno refusal = AccessRange.CHECKS.refusal(context.kernel(), range);
      return refusal == null
          ? new AccessRw(context.kernel(), iopt(readIoas()), range, transfer).run()
          : refusal;
    } finally {
      ioasLock.unlock();
    }
  }

  /** The IOVA that the number of an area and an offset stand for; 0 for none. MOCK-029. */
  public long iovaOfArea(long value) {
    ioasLock.lock();
    try {
      Ioas current = readIoas();
      return current == null ? 0 : AreaNumber.iova(current.iopt(), value);
    } finally {
      ioasLock.unlock();
    }
  }

  boolean isDetached() {
    return readIoas() == null;
  }

  Context context() {
    return context;
  }

  @Override
  @Clause("ACC-002")
  public long iovaAlignment() {
    return user == null || user.needsPinPages() ? Processes.PAGE_SIZE : 1;
  }

  @Override
  @Clause({"ACC-029", "ACC-030"})
  public boolean holdToAsk() {
    return user != null && context.objects().tryLock(this);
  }

  @Override
  @Clause("ACC-028")
  public void notifyUnmap(long iova, long length) {
    if (user != null) {
      user.unmap(iova, length);
    }
    context.objects().put(this);
  }

  @Override
  @Clause("ACC-031")
  public void destroy() {
    ioasLock.lock();
    Errno failure = readIoas() == null ? null : changeTo((Ioas) null);
    context.kernel().warnings().warnIf(failure != null, "an access cannot be detached");
    ioasLock.unlock();
    if (user != null) {
      context.put();
    }
  }

  private boolean isAttachedTwice() {
    return context.kernel().warnings().warnIf(readIoas() != null, "an access is attached twice");
  }

  private @Nullable Errno changeTo(int ioasId) {
    Ioas found = context.objects().get(ioasId, Ioas.class);
    if (found == null) {
      return Errno.ENOENT; // ACC-003
    }
    Errno failure = changeTo(found);
    context.objects().put(found);
    return failure;
  }

  /** iommufd_access_change_ioas. */
  @Clause({"ACC-006", "ACC-007", "ACC-008", "ACC-009", "ACC-010"})
  private @Nullable Errno changeTo(@Nullable Ioas next) {
    Ioas current = readIoas();
    AccessChange change = new AccessChange(current, readIoasToUnpin());
    Errno refusal = AccessChange.CHECKS.refusal(context.kernel(), change);
    if (refusal != null || current == next) {
      return refusal;
    }
    if (current != null) {
      shared.change(new AccessStep.StopPins(object.id()), step -> ioas = null);
    }
    if (next != null) {
      Errno failure = next.iopt().addAccess(this);
      if (failure != null) {
        pinIn(current);
        return failure;
      }
      next.object().hold(Holder.ACCESS);
    }
    if (current != null) {
      if (user != null) {
        ioasLock.unlock();
        user.unmap(0, -1L);
        ioasLock.lock();
      }
      current.iopt().removeAccess(this);
      current.object().drop(Holder.ACCESS);
    }
    pinIn(next);
    shared.change(new AccessStep.SetIoasToUnpin(object.id()), step -> ioasUnpin = next);
    return null;
  }

  private void pinIn(@Nullable Ioas next) {
    shared.change(new AccessStep.SetIoas(object.id()), step -> ioas = next);
  }

  private @Nullable Ioas readIoas() {
    return shared
        .look(new AccessStep.ReadIoas(object.id()), step -> Optional.ofNullable(ioas))
        .orElse(null);
  }

  private @Nullable Ioas readIoasToUnpin() {
    return shared
        .look(new AccessStep.ReadIoasToUnpin(object.id()), step -> Optional.ofNullable(ioasUnpin))
        .orElse(null);
  }

  private static IoPagetable iopt(@Nullable Ioas of) {
    if (of == null) {
      throw new IllegalStateException("ACC-009: an access has lost its IOAS");
    }
    return of.iopt();
  }
}
