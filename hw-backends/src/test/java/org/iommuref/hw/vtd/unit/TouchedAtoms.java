package org.iommuref.hw.vtd.unit;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.step.Footprint;

/** What a move touches of memory: an aligned atom of 16 bytes counts once. */
final class TouchedAtoms implements Footprint {

  final List<Long> atoms = new ArrayList<>();

  @Override
  public void read(Object space, long address) {
    if (space instanceof Memory && !atoms.contains(address & ~15L)) {
      atoms.add(address & ~15L);
    }
  }

  @Override
  public void write(Object space, long address) {
    read(space, address);
  }
}
