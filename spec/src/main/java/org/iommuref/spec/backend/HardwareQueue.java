package org.iommuref.spec.backend;

/** A queue of a guest that hardware reads, in the hands of its driver. */
@FunctionalInterface
public interface HardwareQueue {

  /** Makes the hardware stop to read it. */
  void destroy();
}
