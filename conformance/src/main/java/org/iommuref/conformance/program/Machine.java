package org.iommuref.conformance.program;

import java.io.IOException;

/** A kernel on which programs run, one at a time. */
public interface Machine extends AutoCloseable {

  /**
   * Starts a program: one process in which descriptors 0, 1 and 2 are taken and nothing is mapped
   * at addresses from 256 MiB to 4 GiB.
   *
   * @throws MachineDiedException if the kernel has died, and another machine must be started
   */
  Program start() throws IOException;

  /** Switches the machine off. */
  @Override
  void close();
}
