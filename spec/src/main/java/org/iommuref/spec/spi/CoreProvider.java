package org.iommuref.spec.spi;

import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.core.IommuCore;

/** Brings one implementation of the IOMMU core; found by ServiceLoader. */
public interface CoreProvider {

  /** The name, as a report prints it. */
  String name();

  /**
   * A core over a fresh backend: probes every device of the topology and attaches its default
   * domain.
   */
  IommuCore open(Environment environment, IommuBackend backend);
}
