package org.iommuref.spec.spi;

import java.util.List;

/** Brings the units of one library; found by ServiceLoader. */
public interface UnitLibrary {

  /** The units, each a target of seam 1; their names are unique over all libraries. */
  List<UnitProvider> units();
}
