package org.iommuref.model.iommufd.pagetable;

import static org.iommuref.spec.errno.Errno.EBUSY;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;

/**
 * An area that an unmap meets, as the checks see it.
 *
 * @param state what others may change of it
 * @param start the first IOVA that is left to unmap
 * @param last the last one
 */
public record AreaOnRemoval(Area area, AreaState state, long start, long last) {

  /** What keeps an area from being unmapped. Linux: iopt_unmap_iova_range. */
  public static final CheckList<AreaOnRemoval> CHECKS =
      new CheckList<>(
              "iopt_unmap_iova_range",
              Checks.<AreaOnRemoval>inOrder()
                  .when("IOAS-059", "it is built up or torn down", r -> !r.state.finished(), EBUSY)
                  .when(
                      "IOAS-122", "a hardware queue has locked it", r -> r.state.locks() > 0, EBUSY)
                  .when("IOAS-117", "it is not wholly in the range", AreaOnRemoval::isCut, ENOENT))
          .orderedBy("IOAS-123");

  private boolean isCut() {
    return Long.compareUnsigned(area.iova(), start) < 0
        || Long.compareUnsigned(area.last(), last) > 0;
  }
}
