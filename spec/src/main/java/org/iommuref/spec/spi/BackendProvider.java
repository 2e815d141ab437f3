package org.iommuref.spec.spi;

import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;

/** Brings one implementation of seam 2; found by ServiceLoader. */
public interface BackendProvider {

  /** The name of the target, as {@code --target} takes it. */
  String name();

  /** One line that says what it is. */
  String title();

  /** What it claims, before it is opened. */
  HwInfo hwInfo();

  /** A fresh implementation in its state after power-on; no device is probed. */
  IommuBackend open(Environment environment);
}
