package org.iommuref.model.iommufd.object;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one context by id. Linux: iommufd_ctx.objects.
 *
 * <p>An id is reserved when its object is allocated, names it from {@link #finish} on, and is free
 * again when it is removed, unless it is left as a tombstone.
 */
public final class ObjectTable {

  private final Kernel kernel;
  private final BitSet taken = new BitSet();
  private final Map<Integer, IommufdObject> published = new HashMap<>();
  private final List<Consumer<ObjectBody>> removals = new ArrayList<>();

  /** An empty table. */
  public ObjectTable(Kernel kernel) {
    this.kernel = kernel;
    taken.set(0); // id 0 never names an object
  }

  /** Tells whenever an object is removed, under the table's lock and before it is destroyed. */
  public void onRemoval(Consumer<ObjectBody> listener) {
    removals.add(listener);
  }

  /** _iommufd_object_alloc: makes an object under the lowest free id. ENOMEM. */
  public <T extends ObjectBody> Result<T> allocate(Function<IommufdObject, T> body) {
    if (kernel.fails("allocation of an object") || kernel.fails("allocation of an id")) {
      return Result.err(Errno.ENOMEM);
    }
    int id = taken.nextClearBit(1);
    taken.set(id);
    IommufdObject object = new IommufdObject(id);
    T made = body.apply(object);
    object.become(made);
    return Result.ok(made);
  }

  /** iommufd_object_finalize: from now on the id names the object. */
  public void finish(ObjectBody body) {
    IommufdObject object = body.object();
    if (published.put(object.id(), object) != null || !taken.get(object.id())) {
      throw new IllegalStateException("the id is not reserved: " + object);
    }
  }

  /** iommufd_object_abort: gives up an object that holds nothing yet. */
  public void abort(ObjectBody body) {
    IommufdObject object = body.object();
    taken.clear(object.id());
    kernel.warnings().warnIf(!object.retireIfUnused(), "aborted but in use: " + object);
  }

  /** iommufd_object_abort_and_destroy: gives up an object with what it holds. */
  public void abortAndDestroy(ObjectBody body) {
    var file = body.unpublishedFile();
    if (file != null) {
      kernel.files().put(file);
    }
    body.abort();
    abort(body);
  }

  /** iommufd_get_object: takes an object for short, or null where the answer is ENOENT. */
  public <T> @Nullable T get(int id, Class<T> type) {
    if (kernel.fails("injected into the lookup of an object")) {
      return null;
    }
    IommufdObject object = published.get(id);
    if (object == null || !type.isInstance(object.body()) || !object.tryLock()) {
      return null;
    }
    return type.cast(object.body());
  }

  /** The same by the number of the type. */
  public @Nullable ObjectBody get(int id, ObjectType type) {
    ObjectBody body = get(id, ObjectBody.class);
    if (body != null && body.type() != type) {
      put(body);
      return null;
    }
    return body;
  }

  /** iommufd_lock_obj: takes an object for short by its pointer; false if it is on its way out. */
  public boolean tryLock(ObjectBody body) {
    return body.object().tryLock();
  }

  /** iommufd_put_object. */
  public void put(ObjectBody body) {
    body.object().unlock();
  }

  /** iommufd_try_inc_users: takes a lasting reference if the id still names the object. */
  public boolean tryHold(ObjectBody body) {
    IommufdObject object = body.object();
    if (published.get(object.id()) != object) {
      return false;
    }
    object.hold();
    return true;
  }

  /** IOMMU_DESTROY: ENOENT, EBUSY, or null when the object is gone. */
  public @Nullable Errno destroy(int id) {
    IommufdObject object = published.get(id);
    if (object == null) {
      return Errno.ENOENT;
    }
    if (!object.retireIfUnused()) {
      return Errno.EBUSY;
    }
    unlink(object, false);
    awaitHolders(object);
    object.body().destroy();
    return null;
  }

  /**
   * iommufd_object_put_and_try_destroy: drops a lasting reference, and destroys the object if it
   * was the last but the table's.
   */
  public void putAndTryDestroy(ObjectBody body) {
    body.object().drop();
    var ignored = destroy(body.object().id());
  }

  /** iommufd_object_destroy_user: the driver that holds the object ends it. */
  public void destroyUser(ObjectBody body) {
    destroyUser(body, false);
  }

  /** iommufd_object_tombstone_user: the same, and the id is never used again. */
  public void tombstoneUser(ObjectBody body) {
    destroyUser(body, true);
  }

  /** Whether no id is taken, by whatever. */
  public boolean isEmpty() {
    return taken.cardinality() == 1;
  }

  /** The objects that an id names now, by ascending id. */
  public List<ObjectBody> all() {
    List<ObjectBody> all = new ArrayList<>();
    for (int id = taken.nextSetBit(1); id >= 0; id = taken.nextSetBit(id + 1)) {
      IommufdObject object = published.get(id);
      if (object != null) {
        all.add(object.body());
      }
    }
    return all;
  }

  /** Destroys everything, those first whom nobody refers to. Linux: iommufd_fops_release. */
  public void close() {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (int id = taken.nextSetBit(1); id >= 0; id = taken.nextSetBit(id + 1)) {
        IommufdObject object = published.get(id);
        if (object != null && object.retireIfUnused()) {
          progress = true;
          unlink(object, false);
          object.body().destroy();
        }
      }
    }
    kernel.warnings().warnIf(!published.isEmpty(), "objects are left at close: " + published);
  }

  private void destroyUser(ObjectBody body, boolean tombstone) {
    IommufdObject object = body.object();
    awaitHolders(object);
    object.drop();
    boolean named = published.get(object.id()) == object;
    if (!named || !object.retireIfUnused()) {
      object.restoreBias();
      kernel.warnings().warn("still in use at its end: " + object);
      return;
    }
    unlink(object, tombstone);
    object.body().destroy();
  }

  private void awaitHolders(IommufdObject object) {
    if (object.dropBias()) {
      return;
    }
    object.body().preDestroy();
    kernel.steps().waitFor(new WaitForHolders(object.id()), () -> object.waitCount() == 0);
  }

  private void unlink(IommufdObject object, boolean tombstone) {
    Objects.requireNonNull(published.remove(object.id()));
    if (!tombstone) {
      taken.clear(object.id());
    }
    removals.forEach(listener -> listener.accept(object.body()));
  }
}
