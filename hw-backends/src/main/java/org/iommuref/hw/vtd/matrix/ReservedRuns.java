package org.iommuref.hw.vtd.matrix;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Layout;

/** The reserved bits of a layout: each run between two fields, or in a quadword, as a field. */
final class ReservedRuns {

  private ReservedRuns() {}

  static List<Field> of(Layout layout) {
    List<Field> runs = new ArrayList<>();
    for (int quadword = 0; quadword * Long.SIZE < layout.bits(); quadword++) {
      long left = layout.reserved(quadword);
      while (left != 0) {
        int low = Long.numberOfTrailingZeros(left);
        int width = Long.numberOfTrailingZeros(~(left >>> low));
        int first = quadword * Long.SIZE + low;
        runs.add(new Field("reserved", first + width - 1, first, Field.Access.RW, "reserved"));
        left &= ~runs.get(runs.size() - 1).mask();
      }
    }
    return runs;
  }
}
