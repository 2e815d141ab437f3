package org.iommuref.model.iommufd.object;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Spinlock;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one context by id. Linux: iommufd_ctx.objects.
 *
 * <p>An id is reserved when its object is allocated, names it from {@link #finish} on, and is free
 * again when it is removed, unless it is left as a tombstone.
 */
public class ObjectTable {

  /** The name of its lock. */
  public static final String XA_LOCK = "objects.xa_lock";

  private final Kernel kernel;
  private final Spinlock xaLock;
  private final Shared objects;
  private final BitSet taken = new BitSet();
  private final Map<Integer, IommufdObject> published = new HashMap<>();
  private final List<Consumer<ObjectBody>> removals = new ArrayList<>();

  /** An empty table. */
  public ObjectTable(Kernel kernel) {
    this.kernel = kernel;
    this.xaLock = kernel.spinlock(XA_LOCK);
    this.objects = kernel.shared(new Lifetime("the table of objects"));
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
    IommufdObject object = new IommufdObject(kernel, reserve());
    T made = body.apply(object);
    object.become(made);
    return Result.ok(made);
  }

  private int reserve() {
    return objects.take(
        new TableStep.ReserveId(),
        step -> {
          int id = taken.nextClearBit(1);
          taken.set(id);
          return id;
        });
  }

  /** iommufd_object_finalize: from now on the id names the object. */
  public void finish(ObjectBody body) {
    IommufdObject object = body.object();
    xaLock.lock();
    objects.change(new TableStep.StoreObject(object.id()), step -> publish(object));
    xaLock.unlock();
  }

  private void publish(IommufdObject object) {
    if (published.put(object.id(), object) != null || !taken.get(object.id())) {
      throw new IllegalStateException("OBJ-005: the id is not reserved: " + object);
    }
  }

  /** iommufd_object_abort: gives up an object that holds nothing yet. */
  public void abort(ObjectBody body) {
    IommufdObject object = body.object();
    xaLock.lock();
    erase(object, false);
    xaLock.unlock();
    kernel.warnings().warnIf(!object.retireIfUnused(), "aborted but in use: " + object);
    object.free();
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
    ObjectBody found = get(id, type::isInstance);
    return found == null ? null : type.cast(found);
  }

  /** The same by the number of the type. */
  public @Nullable ObjectBody get(int id, ObjectType type) {
    return get(id, body -> body.type() == type);
  }

  private @Nullable ObjectBody get(int id, Predicate<ObjectBody> wanted) {
    if (kernel.fails("injected into the lookup of an object")) {
      return null;
    }
    xaLock.lock();
    IommufdObject object = load(id);
    boolean held = object != null && wanted.test(object.body()) && object.tryLock();
    xaLock.unlock();
    return object != null && held ? object.body() : null;
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
    xaLock.lock();
    boolean named = load(object.readId()) == object;
    if (named) {
      object.hold(Holder.CALL);
    }
    xaLock.unlock();
    return named;
  }

  /** IOMMU_DESTROY: ENOENT, EBUSY, or null when the object is gone. */
  public @Nullable Errno destroy(int id) {
    xaLock.lock();
    IommufdObject object = load(id);
    Errno refusal = object == null ? Errno.ENOENT : retire(object, false);
    xaLock.unlock();
    if (refusal == null && object != null) {
      awaitHolders(object);
      end(object);
    }
    return refusal;
  }

  /**
   * iommufd_object_put_and_try_destroy: drops a lasting reference, and destroys the object if it
   * was the last but the table's.
   */
  public void putAndTryDestroy(ObjectBody body) {
    IommufdObject object = body.object();
    xaLock.lock();
    boolean retired = dropAndRetire(object, Holder.ATTACHMENT, false);
    xaLock.unlock();
    if (retired) {
      awaitHolders(object);
      end(object);
    }
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
    return objects.look(new TableStep.LookWhetherEmpty(), step -> taken.cardinality() == 1);
  }

  /** Shows the objects that an id names now, in no order, to whoever looks on. */
  public void show(Consumer<ObjectBody> onlooker) {
    published.values().forEach(object -> onlooker.accept(object.body()));
  }

  /** The objects that an id names now, by ascending id, as whoever looks on sees them. */
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

  /** xa_for_each: the object with the lowest id above, or null; the caller may hold the lock. */
  public @Nullable ObjectBody next(int after) {
    IommufdObject object = following(after);
    return object == null ? null : object.body();
  }

  /** Held while objects are looked up and held. Linux: xa_lock of the table. */
  public Spinlock xaLock() {
    return xaLock;
  }

  /** Destroys everything, those first whom nobody refers to. Linux: iommufd_fops_release. */
  public void close() {
    boolean progress = true;
    while (progress) {
      progress = false;
      for (IommufdObject object = following(0); object != null; object = following(object.id())) {
        if (object.retireIfUnused()) {
          progress = true;
          erase(object, false);
          tellOfRemoval(object);
          end(object);
        }
      }
    }
    kernel.warnings().warnIf(!published.isEmpty(), "objects are left at close: " + published);
  }

  private void destroyUser(ObjectBody body, boolean tombstone) {
    IommufdObject object = body.object();
    awaitHolders(object);
    xaLock.lock();
    boolean retired = dropAndRetire(object, Holder.DRIVER, tombstone);
    if (!retired) {
      object.restoreBias();
      kernel.warnings().warn("still in use at its end: " + object);
    }
    xaLock.unlock();
    if (retired) {
      end(object);
    }
  }

  /** Drops the caller's reference; whether nobody else has one, and the id names it no more. */
  private boolean dropAndRetire(IommufdObject object, Holder by, boolean tombstone) {
    IommufdObject named = load(object.id());
    object.drop(by);
    return named == object && retire(object, tombstone) == null;
  }

  private @Nullable Errno retire(IommufdObject object, boolean tombstone) {
    if (!object.retireIfUnused()) {
      return Errno.EBUSY;
    }
    erase(object, tombstone);
    tellOfRemoval(object);
    return null;
  }

  private void tellOfRemoval(IommufdObject object) {
    removals.forEach(listener -> listener.accept(object.body()));
  }

  private static void end(IommufdObject object) {
    object.body().destroy();
    object.free();
  }

  private static void awaitHolders(IommufdObject object) {
    if (!object.dropBias()) {
      object.body().preDestroy();
      object.awaitHolders();
    }
  }

  private @Nullable IommufdObject load(int id) {
    return objects
        .look(new TableStep.LoadObject(id), step -> Optional.ofNullable(published.get(step.id())))
        .orElse(null);
  }

  private @Nullable IommufdObject following(int after) {
    return objects.look(new TableStep.NextObject(after), step -> above(step.after())).orElse(null);
  }

  private Optional<IommufdObject> above(int after) {
    for (int id = taken.nextSetBit(after + 1); id >= 0; id = taken.nextSetBit(id + 1)) {
      IommufdObject object = published.get(id);
      if (object != null) {
        return Optional.of(object);
      }
    }
    return Optional.empty();
  }

  private void erase(IommufdObject object, boolean tombstone) {
    objects.change(
        new TableStep.EraseObject(object.id(), tombstone),
        step -> {
          published.remove(step.id());
          taken.set(step.id(), step.tombstone());
        });
  }
}
