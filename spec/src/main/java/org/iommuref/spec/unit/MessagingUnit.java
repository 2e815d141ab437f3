package org.iommuref.spec.unit;

/** Seam 1 of a unit of which a bus can see that it has something to deliver. */
public interface MessagingUnit extends BusUnit {

  /** Whether {@link #outbox()} has a message; changes nothing. */
  boolean hasSent();
}
