package org.iommuref.model.schedule;

/** The order in which a sequential run moves hardware while software waits. */
public enum HardwareOrder {
  /** Each machine goes on while it can, for at most 64 moves; then the next. */
  IN_TURN,
  /** Each move is a choice among the machines that can move. */
  CHOSEN
}
