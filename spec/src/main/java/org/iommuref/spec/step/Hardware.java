package org.iommuref.spec.step;

/** State machines that move without software: walks, queues, fault writers. */
public interface Hardware {

  /** How many machines there are; constant. */
  int machines();

  /** Whether machine {@code index} can move now. */
  boolean enabled(int index);

  /** Moves machine {@code index} by one access to memory. */
  void advance(int index);

  /** The name of machine {@code index}, as a schedule prints it. */
  String machineName(int index);
}
