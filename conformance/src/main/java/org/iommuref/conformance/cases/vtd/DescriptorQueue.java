package org.iommuref.conformance.cases.vtd;

/** The invalidation queue as software fills it: one page, and a page for what waits write. */
final class DescriptorQueue {

  private static final long LOW_HALF = 0xffff_ffffL;
  private static final int NARROW = 16;
  private static final int WIDE = 32;

  private final Script script;
  private final long base;
  private final long status;
  private boolean wide;
  private int tail;
  private int waits;

  DescriptorQueue(Script script) {
    this.script = script;
    this.base = script.page();
    this.status = script.page();
  }

  /** The queue is empty, of descriptors of 256 bits or of 128. */
  void restart(boolean wideDescriptors) {
    wide = wideDescriptors;
    tail = 0;
  }

  boolean isWide() {
    return wide;
  }

  /** Where it begins. */
  long base() {
    return base;
  }

  /** Where waits write. */
  long status() {
    return status;
  }

  /** Where the next descriptor goes, in bytes from the base. */
  int tail() {
    return tail;
  }

  private int slotBytes() {
    return wide ? WIDE : NARROW;
  }

  /** Puts descriptors at the tail; the doorbell is not rung. */
  void put(long[]... descriptors) {
    for (long[] descriptor : descriptors) {
      putAt(tail, descriptor);
      tail = (tail + slotBytes()) % (int) Script.PAGE;
    }
  }

  /** Writes the descriptor at {@code offset}; what it does not give of its slot is 0. */
  void putAt(int offset, long[] descriptor) {
    for (int i = 0; i < slotBytes() / Long.BYTES; i++) {
      script.put(base + offset + (long) Long.BYTES * i, i < descriptor.length ? descriptor[i] : 0);
    }
  }

  /** A wait that writes a status of its own. */
  long[] nextWait() {
    waits++;
    return Descriptors.waitWriting(status, waits);
  }

  /** The last wait must have written its status, or must not have. */
  void holdsStatus(boolean written) {
    script.holds(status, LOW_HALF, written ? waits : waits - 1L);
  }
}
