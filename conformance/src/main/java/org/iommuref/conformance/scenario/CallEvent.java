package org.iommuref.conformance.scenario;

import org.iommuref.spec.step.Step;

/** Where a call of a thread begins and ends, for the drawing of a schedule. */
sealed interface CallEvent extends Step {

  /** The line as it is drawn. */
  String words();

  /** A call begins. */
  record Called(String words) implements CallEvent {}

  /** A call has returned. */
  record Returned(String words) implements CallEvent {}
}
