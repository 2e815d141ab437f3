package org.iommuref.conformance.cases.vtd;

import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.unit.call.Expect;

/**
 * Interrupt remapping on, with an entry that posts to a descriptor of 64 bytes.
 *
 * @param r remapping, with its table
 * @param descriptor where the descriptor is
 */
record Posting(Remapping r, long descriptor) {

  /** Of a descriptor: the quadword of all but PIR. */
  static final int CONTROL = 32;

  static final long ON = 1;
  static final long SN = 2;

  /** NV and NDST of most cases, for {@link Remapping#notification}. */
  static final long NOTIFY = 0x3400L << 32 | 0x77L << 16;

  /** The vector of {@link Remapping#postedLow}. */
  static final int VECTOR = 0x41;

  private static final long URG = 1 << 14;

  static Posting of(String clause, String name, VtdFacts facts, long mode) {
    Remapping r = Remapping.of(clause, name, facts, mode);
    r.scene().only(facts.postedInterrupts());
    return new Posting(r, r.scene().page());
  }

  static Posting of(String clause, String name, VtdFacts facts) {
    return of(clause, name, facts, 0).at(VECTOR, false);
  }

  /** In the mode with 32 bits of destination. */
  static Posting extended(String clause, String name, VtdFacts facts) {
    Posting p = of(clause, name, facts, Registers.EIME).at(VECTOR, false);
    p.scene().only(facts.has(Feature.EIM));
    return p;
  }

  VtdScene scene() {
    return r.scene();
  }

  /** The upper half of an entry for anyone that posts there. */
  static long high(long descriptor) {
    return descriptor >>> Integer.SIZE << Integer.SIZE;
  }

  /** The lower half of the entry. */
  long low(int vector, boolean urgent) {
    long low = (Remapping.postedLow(descriptor) & ~(0xffL << 16)) | (long) vector << 16;
    return urgent ? low | URG : low;
  }

  /** From here on the entry posts this vector. */
  Posting at(int vector, boolean urgent) {
    r.entry(Remapping.INDEX, low(vector, urgent), high(descriptor));
    return this;
  }

  /** The quadword of all but PIR is this before the next interrupt. */
  Posting control(long value) {
    scene().put(descriptor + CONTROL, value);
    return this;
  }

  /** PIR of 64 vectors is this before the next interrupt. */
  Posting requests(int quadword, long value) {
    scene().put(descriptor + (long) Long.BYTES * quadword, value);
    return this;
  }

  /** The device sends its interrupt. */
  Posting sends(Expect message) {
    r.sends(Remapping.INDEX, message);
    return this;
  }

  /** A quadword of the descriptor must hold this. */
  Posting holds(int quadword, long value) {
    scene().holds(descriptor + (long) Long.BYTES * quadword, value);
    return this;
  }

  /** The quadword of all but PIR must hold this. */
  Posting holdsControl(long value) {
    return holds(CONTROL / Long.BYTES, value);
  }

  Case end() {
    return r.end();
  }
}
