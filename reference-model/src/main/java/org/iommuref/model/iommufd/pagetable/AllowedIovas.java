package org.iommuref.model.iommufd.pagetable;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.iommufd.shared.Shared;

/** Where IOVAs are to be chosen, by ascending address; none stands for everywhere. */
final class AllowedIovas {

  private final Shared shared;
  private List<IovaRange> ranges = List.of();

  AllowedIovas(Shared shared) {
    this.shared = shared;
  }

  void set(List<IovaRange> next) {
    List<IovaRange> sorted = new ArrayList<>(next);
    sorted.sort((one, other) -> Long.compareUnsigned(one.start(), other.start()));
    shared.change(new RangeStep.SetAllowed(sorted.size()), step -> ranges = List.copyOf(sorted));
  }

  boolean meets(long start, long last) {
    return shared.look(
        new RangeStep.LookForAllowed(start, last),
        step -> ranges.stream().anyMatch(range -> range.meets(step.start(), step.last())));
  }

  /** The ranges, for a search that is one step, or as whoever looks on sees them. */
  List<IovaRange> seen() {
    return ranges;
  }
}
