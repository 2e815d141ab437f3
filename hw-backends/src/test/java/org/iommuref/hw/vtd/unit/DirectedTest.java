package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Field;

/** A test that programs a unit by hand; the parts are those of a mutant where one is tested. */
abstract class DirectedTest {

  VtdParts parts = VtdParts.standard();

  /** A unit after reset. */
  Bench bench() {
    return new Bench(parts);
  }

  /** A unit that translates for one device in one domain with nothing mapped. */
  Bench domain() {
    return bench().withDomain();
  }

  /** The parts with another value of a field of CAP. */
  VtdParts capable(Field field, long value) {
    return parts.with(parts.configuration().withCapability(field, value));
  }
}
