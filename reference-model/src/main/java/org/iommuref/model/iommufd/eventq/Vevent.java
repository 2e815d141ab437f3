package org.iommuref.model.iommufd.eventq;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What waits to be read. Linux: struct iommufd_vevent.
 *
 * @param lost whether it tells that events are lost, and has no data
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Vevent(boolean lost, int sequence, byte[] data) {

  /** The bytes of struct iommufd_vevent_header. */
  static final int HEADER = 8;

  private static final int LOST_EVENTS = 1;

  /** The header and what is behind it. */
  byte[] bytes() {
    return ByteBuffer.allocate(HEADER + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(lost ? LOST_EVENTS : 0)
        .putInt(sequence)
        .put(data)
        .array();
  }

  @Override
  public String toString() {
    return lost ? "lost " + sequence : "event " + sequence;
  }
}
