package org.iommuref.spec.wire;

import java.util.List;
import org.iommuref.spec.operation.Operation;

/** A message about the conversation itself; every seam has the same four. */
public sealed interface Control<V> extends Operation<V> permits Hello, Reset, Poll, Bye {

  /** The four. */
  static List<Class<? extends Control<?>>> all() {
    return List.of(Hello.class, Reset.class, Poll.class, Bye.class);
  }
}
