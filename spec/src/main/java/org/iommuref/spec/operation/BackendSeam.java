package org.iommuref.spec.operation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;

/** A Java backend with the gathers that operations name by number. */
public final class BackendSeam {

  private final IommuBackend backend;
  private final Map<Integer, Gather> gathers = new HashMap<>();
  private final PageRequestLog heard = new PageRequestLog();

  /** A backend without gathers. */
  public BackendSeam(IommuBackend backend) {
    this.backend = backend;
  }

  /** The backend. */
  public IommuBackend backend() {
    return backend;
  }

  /** The gather of that number; empty when it is named first. */
  public Gather gather(int number) {
    return gathers.computeIfAbsent(number, n -> new Gather());
  }

  /** Who deals with page requests. */
  PageRequestLog heard() {
    return heard;
  }

  /** Calls an extension, or replies that the backend does not have it. */
  <E extends BackendExtension, V> Reply<V> with(Class<E> extension, Function<E, Reply<V>> call) {
    return backend
        .extension(extension)
        .map(call)
        .orElseGet(() -> new Reply.Unsupported<>("no " + extension.getSimpleName()));
  }
}
