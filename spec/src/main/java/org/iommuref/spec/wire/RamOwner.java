package org.iommuref.spec.wire;

/** Which end holds the memory that devices and tables lie in. */
public enum RamOwner {
  /** The child: the runner reads and writes it by {@code mem.read} and {@code mem.write}. */
  TARGET,
  /** The runner: the child calls back with {@code mem.read} and {@code mem.write}. */
  RUNNER
}
