package org.iommuref.model.iommufd.pagetable;

import org.jspecify.annotations.Nullable;

/**
 * The finished areas that cover a range, as far as they do without a gap. Linux:
 * iopt_for_each_contig_area. The caller holds {@code iova_rwsem}.
 */
public final class ContiguousAreas {

  private static final AreaState NONE = new AreaState(false, false, 0, 0);

  private final IoPagetable table;
  private final long last;
  private long iova;
  private @Nullable Area area;
  private AreaState state = NONE;

  /** Begins at the first IOVA of a range. */
  public ContiguousAreas(IoPagetable table, long iova, long last) {
    this.table = table;
    this.iova = iova;
    this.last = last;
  }

  /** The area at the beginning, or null. */
  public @Nullable Area first() {
    area = finished(table.areas().at(iova));
    return area;
  }

  /** The area that follows without a gap, or null: see {@link #isDone}. */
  public @Nullable Area next() {
    if (area == null || isDone()) {
      return null;
    }
    iova = area.last() + 1;
    area = finished(table.areas().at(iova));
    return area;
  }

  /** What others may change of the current area. */
  public AreaState state() {
    return state;
  }

  /** Where in the current area the range begins. */
  public long iova() {
    return iova;
  }

  /** Where in the current area the range ends. */
  public long lastIn() {
    return area == null || Long.compareUnsigned(area.last(), last) > 0 ? last : area.last();
  }

  /** Whether the whole range is covered. */
  public boolean isDone() {
    return area != null && Long.compareUnsigned(last, area.last()) <= 0;
  }

  private @Nullable Area finished(@Nullable Area found) {
    state = found == null ? NONE : found.look();
    return state.finished() ? found : null;
  }
}
