package org.iommuref.conformance.junit;

import java.util.ServiceLoader;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.spi.UnitLibrary;
import org.iommuref.spec.spi.UnitProvider;

/** What a stranger with a unit writes: no test here may fail. */
class UnitConformanceTest extends IommuConformance {

  private static final String NAME = "vtd-full";

  @Override
  protected Target target() {
    return Target.of(unit());
  }

  /** Theirs would be made here. */
  static UnitProvider unit() {
    return ServiceLoader.load(UnitLibrary.class).stream()
        .flatMap(library -> library.get().units().stream())
        .filter(unit -> unit.name().equals(NAME))
        .findFirst()
        .orElseThrow();
  }
}
