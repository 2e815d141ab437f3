package org.iommuref.conformance.target;

import org.iommuref.spec.backend.HwInfo;

/** Something that the suite judges. */
public interface Target extends AutoCloseable {

  /** The name, as {@code --target} takes it. */
  String name();

  /** One line that says what it is. */
  String title();

  /** What it claims. */
  HwInfo hwInfo();

  /** Where data pages may lie. */
  DataMemory dataMemory();

  /** A fresh session; at most one is open at a time. */
  Session open(SessionConfig config);

  @Override
  default void close() {}
}
