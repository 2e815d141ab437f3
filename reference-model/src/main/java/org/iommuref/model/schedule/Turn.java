package org.iommuref.model.schedule;

/**
 * A point at which more than one actor can go on: a software thread with its next step, lock or
 * wait, or a hardware machine with its next move.
 *
 * <p>The alternatives are numbered from 0, and 0 is what {@link Sequential} would do: the thread
 * that was running goes on; if it has ended, the next thread starts; while it waits, the machine
 * moves that {@link MachineOrder} names.
 *
 * <p>An alternative <em>preempts</em> if it takes the turn from another actor that could go on;
 * alternative 0 never does. So a machine that moves between two steps of a thread costs one
 * preemption, and that the thread goes on afterwards costs none, however far the machine has come.
 */
public interface Turn {

  /** How many actors can go on; at least 2, or 1 for a scheduler that watches; at most 64. */
  int count();

  /** The name of the actor that is alternative {@code index}. */
  String actor(int index);

  /** The number of that actor, the same throughout a schedule; threads come first. */
  int id(int index);

  /** The alternatives that preempt, as a set of bits. */
  long preempting();
}
