package org.iommuref.model.iommufd.object;

import org.jspecify.annotations.Nullable;

/**
 * An object's id and its two counts. Linux: struct iommufd_object.
 *
 * <p>{@code users} counts everybody who refers to the object and the table; {@code waitCount} those
 * who do for short, and the table. Whoever touches an object that is gone is found out.
 */
public final class IommufdObject {

  private final int id;
  private @Nullable ObjectBody body;
  private int users = 1;
  private int waitCount = 1;

  IommufdObject(int id) {
    this.id = id;
  }

  /** The id, positive. */
  public int id() {
    return id;
  }

  /** How many refer to it, the table included. */
  public int users() {
    return users;
  }

  /** Takes a reference that may last; the caller has one already or holds the table. */
  public void hold() {
    if (users == 0) {
      throw retired("is referred to");
    }
    users++;
  }

  /** Takes several at once. */
  public void hold(int count) {
    for (int taken = 0; taken < count; taken++) {
      hold();
    }
  }

  /** Drops a reference that is not the last. */
  public void drop() {
    if (users <= 1) {
      throw retired("is let go");
    }
    users--;
  }

  ObjectBody body() {
    if (body == null) {
      throw new IllegalStateException("object " + id + " has no body yet");
    }
    return body;
  }

  void become(ObjectBody made) {
    body = made;
  }

  int waitCount() {
    return waitCount;
  }

  /** iommufd_lock_obj: takes a reference for short, unless the object is on its way out. */
  boolean tryLock() {
    if (users == 0 || waitCount == 0) {
      return false;
    }
    users++;
    waitCount++;
    return true;
  }

  /** iommufd_put_object. */
  void unlock() {
    drop();
    waitCount--;
  }

  /** refcount_dec_if_one. */
  boolean retireIfUnused() {
    if (users != 1) {
      return false;
    }
    users = 0;
    return true;
  }

  /** Drops the table's mark of short use; whether nobody holds it for short. */
  boolean dropBias() {
    waitCount--;
    return waitCount == 0;
  }

  void restoreBias() {
    waitCount = 1;
  }

  private IllegalStateException retired(String what) {
    return new IllegalStateException("a retired object " + what + ": id " + id);
  }

  @Override
  public String toString() {
    return (body == null ? "object" : body.type()) + " " + id + " users " + users;
  }
}
