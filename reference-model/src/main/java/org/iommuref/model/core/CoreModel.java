package org.iommuref.model.core;

import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.spi.CoreProvider;
import org.iommuref.spec.spi.Environment;

/** Brings the IOMMU core of Linux. */
public final class CoreModel implements CoreProvider {

  private final String name;
  private final CoreParts parts;

  /** The core as Linux has it. */
  public CoreModel() {
    this("core", CoreParts.LINUX);
  }

  /** A core put together from other parts. */
  public CoreModel(String name, CoreParts parts) {
    this.name = name;
    this.parts = parts;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public IommuCore open(Environment environment, IommuBackend backend) {
    return new Core(environment, backend, parts);
  }
}
