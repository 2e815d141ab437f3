package org.iommuref.model.iommufd.object;

import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.jspecify.annotations.Nullable;

/**
 * An object's id and its two counts. Linux: struct iommufd_object.
 *
 * <p>{@code users} counts everybody who refers to the object and the table; {@code waitCount} those
 * who do for short, and the table. Whoever touches an object that has been freed is found out.
 */
public final class IommufdObject {

  private final int id;
  private final Lifetime lifetime = new Lifetime(this);
  private final Shared counts;
  private @Nullable ObjectBody body;
  private int users = 1;
  private int waitCount = 1;

  IommufdObject(Kernel kernel, int id) {
    this.id = id;
    this.counts = kernel.shared(lifetime);
  }

  /** The id, positive. */
  public int id() {
    return id;
  }

  /** From its allocation until it has been freed: that of all its parts. */
  public Lifetime lifetime() {
    return lifetime;
  }

  /** How many refer to it, the table included, as whoever looks on sees it. */
  public int users() {
    return users;
  }

  /** How many hold it for short, the table included, as whoever looks on sees it. */
  public int waitCount() {
    return waitCount;
  }

  /** Takes a reference that may last; the caller has one already or holds the table. */
  public void hold(Holder by) {
    hold(by, 1);
  }

  /** Takes several at once. */
  public void hold(Holder by, int count) {
    counts.change(
        new CountStep.Hold(id, body().type(), by, count),
        step -> {
          if (users == 0) {
            throw retired("is referred to");
          }
          users += step.count();
        });
  }

  /** Drops a reference that is not the last. */
  public void drop(Holder by) {
    counts.change(new CountStep.Drop(id, body().type(), by), step -> dropUser());
  }

  private void dropUser() {
    if (users <= 1) {
      throw retired("is let go");
    }
    users--;
  }

  /** The body as whoever looks on sees it. */
  public ObjectBody body() {
    if (body == null) {
      throw new IllegalStateException("object " + id + " has no body yet");
    }
    return body;
  }

  void become(ObjectBody made) {
    body = made;
  }

  /** iommufd_lock_obj: takes a reference for short, unless the object is on its way out. */
  boolean tryLock() {
    if (!tryHold(Holder.CALL)) {
      return false;
    }
    if (counts.take(new CountStep.WaitIfAwaited(id), step -> waitIfAwaited())) {
      return true;
    }
    counts.change(new CountStep.DropShort(id), step -> dropUser());
    return false;
  }

  /** refcount_inc_not_zero: the caller holds the table's lock, or has the object otherwise. */
  public boolean tryHold(Holder by) {
    return counts.take(new CountStep.HoldIfUsed(id, by), step -> holdIfUsed());
  }

  private boolean holdIfUsed() {
    boolean used = users != 0;
    users += used ? 1 : 0;
    return used;
  }

  private boolean waitIfAwaited() {
    boolean awaited = waitCount != 0;
    waitCount += awaited ? 1 : 0;
    return awaited;
  }

  /** iommufd_put_object: users first, so that no waiter finds users without their short hold. */
  void unlock() {
    counts.change(new CountStep.DropShort(id), step -> dropUser());
    counts.change(new CountStep.EndWait(id), step -> waitCount--);
  }

  /** Reads the id, as whoever has the pointer alone does. */
  public int readId() {
    return counts.look(new CountStep.ReadId(id), CountStep.ReadId::id);
  }

  /** refcount_dec_if_one. */
  boolean retireIfUnused() {
    return counts.take(
        new CountStep.RetireIfUnused(id),
        step -> {
          boolean unused = users == 1;
          users = unused ? 0 : users;
          return unused;
        });
  }

  /** Drops the table's mark of short use; whether nobody holds it for short. */
  boolean dropBias() {
    return counts.take(new CountStep.DropBias(id), step -> --waitCount == 0);
  }

  /** Waits until nobody holds it for short. */
  void awaitHolders() {
    counts.await(new WaitForHolders(id), () -> waitCount == 0);
  }

  void restoreBias() {
    counts.change(new CountStep.RestoreBias(id), step -> waitCount = 1);
  }

  /** kfree. */
  void free() {
    counts.free(new CountStep.FreeObject(id));
  }

  private IllegalStateException retired(String what) {
    return new IllegalStateException("OBJ-050: a retired object " + what + ": id " + id);
  }

  @Override
  public String toString() {
    return (body == null ? "object" : body.type()) + " " + id + " users " + users;
  }
}
