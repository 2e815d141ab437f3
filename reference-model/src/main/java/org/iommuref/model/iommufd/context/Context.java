package org.iommuref.model.iommufd.context;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.iommuref.model.iommufd.kernel.AccountMode;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.RwSemaphore;
import org.iommuref.model.iommufd.object.ObjectTable;
import org.iommuref.spec.iommufd.FileId;
import org.jspecify.annotations.Nullable;

/** The objects, the mode of accounting and the locks of one open file of {@code /dev/iommu}. */
public final class Context {

  private final Kernel kernel;
  private final ObjectTable objects;
  private final RwSemaphore ioasCreationLock;
  private final Map<Class<?>, Object> parts = new HashMap<>();
  private AccountMode accountMode;
  private @Nullable FileId file;

  /** A context with nothing in it. */
  public Context(Kernel kernel, AccountMode accountMode, ObjectTable objects) {
    this.kernel = kernel;
    this.accountMode = accountMode;
    this.objects = objects;
    this.ioasCreationLock = kernel.rwSemaphore("ioas_creation_lock");
  }

  /** The kernel around it. */
  public Kernel kernel() {
    return kernel;
  }

  /** Its objects. */
  public ObjectTable objects() {
    return objects;
  }

  /** Held by whoever publishes an IOAS, and for writing by whoever needs all of them to stand. */
  public RwSemaphore ioasCreationLock() {
    return ioasCreationLock;
  }

  /** To whom pages are charged that are mapped from now on: USER or MM. */
  public AccountMode accountMode() {
    return accountMode;
  }

  /** Chooses to whom. */
  public void chargeTo(AccountMode mode) {
    accountMode = mode;
  }

  /** The file that it belongs to was opened. */
  public void openedAs(FileId opened) {
    file = opened;
  }

  /** The file. */
  public FileId file() {
    if (file == null) {
      throw new IllegalStateException("the context has no file yet");
    }
    return file;
  }

  /** iommufd_ctx_get: keeps the file from being released. */
  public void get() {
    kernel.files().get(file());
  }

  /** iommufd_ctx_put. */
  public void put() {
    kernel.files().put(file());
  }

  /** The state that one subject keeps with each context, made when it is asked for first. */
  public <T> T part(Class<T> type, Function<Context, T> make) {
    Object part = parts.get(type);
    if (part == null) {
      part = make.apply(this);
      parts.put(type, part);
    }
    return type.cast(part);
  }
}
