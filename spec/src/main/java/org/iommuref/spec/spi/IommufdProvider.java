package org.iommuref.spec.spi;

import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.Processes;

/** Brings an implementation of seam 3; found by ServiceLoader. */
public interface IommufdProvider {

  /** The name, as {@code --target} takes it; it may be that of a backend below it. */
  String name();

  /** One line that says what it is. */
  String title();

  /** What it claims at seam 3: what the page tables take, and what its test interface offers. */
  HwInfo hwInfo();

  /**
   * A kernel in which nothing is open.
   *
   * @param processes the processes that will call it
   * @param topology the devices that can be bound, in this order
   * @param seed of every choice that is left open
   */
  IommufdKernel start(Processes processes, Topology topology, long seed);
}
