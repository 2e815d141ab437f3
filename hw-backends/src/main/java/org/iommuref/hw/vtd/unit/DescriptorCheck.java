package org.iommuref.hw.vtd.unit;

/**
 * A condition under which a descriptor stops the queue.
 *
 * @param name of the condition
 * @param clause that states it
 * @param test what is looked at
 * @param error what IQERCD tells
 */
public record DescriptorCheck(String name, String clause, Test test, int error) {

  /** Looks at a descriptor. */
  @FunctionalInterface
  public interface Test {

    /** Whether the queue stops. */
    boolean stops(Descriptor descriptor, VtdConfiguration unit);
  }
}
