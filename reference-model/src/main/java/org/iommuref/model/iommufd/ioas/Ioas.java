package org.iommuref.model.iommufd.ioas;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.object.IommufdObject;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.object.ObjectType;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/** An IO address space: a map, and the page tables that hold it. Linux: struct iommufd_ioas. */
public final class Ioas implements ObjectBody {

  /** The name of its mutex. */
  public static final String MUTEX = "ioas.mutex";

  private final IommufdObject object;
  private final Kernel kernel;
  private final IoPagetable iopt;
  private final Mutex mutex;
  private final Shared shared;
  private final List<ObjectBody> hwptList = new ArrayList<>();

  private Ioas(IommufdObject object, Kernel kernel) {
    this.object = object;
    this.kernel = kernel;
    this.iopt = new IoPagetable(kernel);
    this.mutex = kernel.mutex(MUTEX);
    this.shared = kernel.shared(object.lifetime());
  }

  /** iommufd_ioas_alloc: an empty IOAS that is not published yet. ENOMEM. */
  public static Result<Ioas> allocate(Context context) {
    return context.objects().allocate(object -> new Ioas(object, context.kernel()));
  }

  @Override
  public IommufdObject object() {
    return object;
  }

  @Override
  public ObjectType type() {
    return ObjectType.IOAS;
  }

  /** The map. */
  public IoPagetable iopt() {
    return iopt;
  }

  /** Protects the list of page tables, and the choice of one for a device. */
  public Mutex mutex() {
    return mutex;
  }

  /** The page tables that hold the map, in the order in which they were made. */
  public List<ObjectBody> hwptList() {
    return shared.look(new IoasStep.ListHwpts(object.id()), step -> List.copyOf(hwptList));
  }

  /** Adds a page table; the mutex is held. */
  public void add(ObjectBody hwpt) {
    shared.change(new IoasStep.AddHwpt(object.id()), step -> hwptList.add(hwpt));
  }

  /** Removes a page table; the mutex is held. */
  public void remove(ObjectBody hwpt) {
    shared.change(new IoasStep.RemoveHwpt(object.id()), step -> hwptList.remove(hwpt));
  }

  @Override
  public void destroy() {
    Errno failure = iopt.unmap(0, -1L).errno();
    kernel
        .warnings()
        .warnIf(failure != null && failure != Errno.ENOENT, "an IOAS cannot be unmapped");
    iopt.destroy();
  }

  @Override
  public String toString() {
    return type() + " " + object.id();
  }
}
