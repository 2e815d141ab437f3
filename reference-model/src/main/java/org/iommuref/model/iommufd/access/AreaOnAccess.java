package org.iommuref.model.iommufd.access;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.EPERM;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.model.iommufd.pagetable.ContiguousAreas;
import org.iommuref.spec.iommufd.Processes;

/**
 * An area that an access reaches, as the checks see it.
 *
 * @param area the current one
 * @param areas where in the range it is
 * @param write whether the access is to write
 */
public record AreaOnAccess(Area area, ContiguousAreas areas, boolean write) {

  /** What keeps pages of an area from being pinned. Linux: iommufd_access_pin_pages. */
  public static final CheckList<AreaOnAccess> PIN =
      new CheckList<AreaOnAccess>(
              "iopt_area_add_access",
              Checks.<AreaOnAccess>inOrder()
                  .when("ACC-021", "an unmap has closed it", a -> a.areas.state().closed(), EINVAL)
                  .when("ACC-014", "it is not aligned to pages", AreaOnAccess::isUnaligned, EINVAL)
                  .when("ACC-015", "it lacks the right", AreaOnAccess::lacksRight, EPERM)
                  .when("ACC-016", "its pages cannot be written", AreaOnAccess::isReadOnly, EPERM)
                  .when("IOAS-085", "it is a shared buffer", AreaOnAccess::isDmabuf, EINVAL))
          .orderedBy("ACC-021");

  /** What keeps an area from being read or written. Linux: iommufd_access_rw. */
  public static final CheckList<AreaOnAccess> RW =
      new CheckList<AreaOnAccess>(
              "iopt_pages_rw_access",
              Checks.<AreaOnAccess>inOrder()
                  .when("ACC-021", "an unmap has closed it", a -> a.areas.state().closed(), EINVAL)
                  .when("ACC-015", "it lacks the right", AreaOnAccess::lacksRight, EPERM)
                  .when("ACC-016", "its pages cannot be written", AreaOnAccess::isReadOnly, EPERM)
                  .when("IOAS-085", "it is a shared buffer", AreaOnAccess::isDmabuf, EINVAL))
          .orderedBy("ACC-021");

  private boolean isUnaligned() {
    long mask = Processes.PAGE_SIZE - 1;
    boolean startsInside = (area.startByte(areas.iova()) & mask) != 0;
    boolean endsInside = !areas.isDone() && (area.startByte(area.last()) & mask) != mask;
    return startsInside || endsInside;
  }

  private boolean lacksRight() {
    return write ? !area.prot().write() : !area.prot().read();
  }

  private boolean isReadOnly() {
    return write && !area.pages().isWritable();
  }

  private boolean isDmabuf() {
    return area.pages().source().isDmabuf();
  }
}
