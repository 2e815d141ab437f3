package org.iommuref.model.explore;

/**
 * Unwinds a software thread whose schedule is over. An error, so that no handler of the modelled
 * software takes it.
 */
final class AbortSchedule extends Error {

  private static final long serialVersionUID = 1L;

  /** Without a stack trace: nobody reads it. */
  AbortSchedule() {
    super("the schedule is over", null, false, false);
  }
}
