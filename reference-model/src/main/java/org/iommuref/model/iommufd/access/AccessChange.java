package org.iommuref.model.iommufd.access;

import static org.iommuref.spec.errno.Errno.EBUSY;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.jspecify.annotations.Nullable;

/**
 * A change of the IOAS of an access, as the checks see it.
 *
 * @param current where it pins
 * @param toUnpin where it unpins; the same, unless another change is under way
 */
public record AccessChange(@Nullable Ioas current, @Nullable Ioas toUnpin) {

  /** What keeps the IOAS from being changed. Linux: iommufd_access_change_ioas. */
  public static final CheckList<AccessChange> CHECKS =
      new CheckList<>(
          "iommufd_access_change_ioas",
          Checks.<AccessChange>inOrder()
              .when("ACC-010", "another change is under way", AccessChange::isUnderWay, EBUSY));

  private boolean isUnderWay() {
    return current != toUnpin;
  }
}
