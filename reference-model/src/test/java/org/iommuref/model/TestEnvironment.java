package org.iommuref.model;

import org.iommuref.model.schedule.Sequential;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.StepMutation;

/** Environments of tests: sparse memory that holds all of a 48-bit aperture. */
public final class TestEnvironment {

  private static final long MEMORY = 1L << 49;
  private static final long TABLES = 0x1000_0000L;

  private TestEnvironment() {}

  /** Steps are performed at once, choices are plain. */
  public static Environment of(Topology topology) {
    return mutated(topology, StepMutation.NONE);
  }

  /** The same with every step mutated. */
  public static Environment mutated(Topology topology, StepMutation mutation) {
    SystemMemory memory = SystemMemory.ofSize(MEMORY);
    return new Environment(
        topology,
        memory,
        new PagePool(memory, TABLES, 256),
        Sequential.with(mutation, 1),
        Footprint.NONE,
        CachePolicy.REALISTIC);
  }
}
