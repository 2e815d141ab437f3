package org.iommuref.conformance.cases.vtd;

/** The fault recording registers, and which of them the next fault goes to. Manual 7.2.1. */
final class FaultRing {

  private static final int BYTES = 16;

  private final VtdFacts facts;
  private int next;

  FaultRing(VtdFacts facts) {
    this.facts = facts;
  }

  /** The index of the register that the next fault is recorded in. */
  int index() {
    return next;
  }

  /** Its offset. */
  int next() {
    return at(next);
  }

  /** The offset of the register of an index. */
  int at(int index) {
    return facts.faultRecords() + BYTES * index;
  }

  /** So many faults were recorded. */
  void skip(int count) {
    next = (next + count) % facts.faultRecordCount();
  }

  /** Recording starts over: translation and interrupt remapping are off. */
  void restart() {
    next = 0;
  }
}
