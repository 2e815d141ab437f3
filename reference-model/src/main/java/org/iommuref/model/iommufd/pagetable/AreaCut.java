package org.iommuref.model.iommufd.pagetable;

import static org.iommuref.spec.errno.Errno.EBUSY;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOMEM;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import java.util.Optional;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * The cut of an area in two that share its pages. Linux: iopt_area_split.
 *
 * @param state what others may change of it
 * @param last the last IOVA of the first part
 */
public record AreaCut(Area area, AreaState state, long last) {

  /** What keeps an area from being cut, as far as it can be asked without the pages' mutex. */
  public static final CheckList<AreaCut> CHECKS =
      new CheckList<AreaCut>(
              "iopt_area_split",
              Checks.<AreaCut>inOrder()
                  .needs(
                      "VFIO-038",
                      "it is built up or torn down",
                      c -> !c.state.finished() || c.state.closed(),
                      EBUSY)
                  .when(
                      "VFIO-039",
                      "it is a shared buffer",
                      c -> c.area.pages().source().isDmabuf(),
                      EOPNOTSUPP)
                  .when("VFIO-037", "the second part is not aligned", AreaCut::isUnaligned, EINVAL))
          .orderedBy("VFIO-050");

  /** What else keeps it. */
  public static final CheckList<AreaCut> USERS =
      new CheckList<>(
          "iopt_area_split with pages",
          Checks.<AreaCut>inOrder()
              .when("VFIO-040", "an access has pins", c -> c.state.accesses() > 0, EINVAL)
              .when("VFIO-037", "a domain may hold large pages", AreaCut::mayBeLarge, EINVAL));

  /** Cuts, or does nothing at the border of the area; {@code iova_rwsem} is held for writing. */
  @Clause({"VFIO-035", "VFIO-036", "VFIO-050"})
  @Nullable Errno perform(Kernel kernel) {
    if (last == area.iova() || last == area.last()) {
      return null;
    }
    Errno refusal = CHECKS.refusal(kernel, this);
    if (refusal != null) {
      return refusal;
    }
    if (kernel.fails("allocation of the first part") || kernel.fails("allocation of the second")) {
      return ENOMEM;
    }
    Pages pages = area.pages();
    pages.mutex().lock();
    try {
      refusal = USERS.refusal(kernel, this);
      if (refusal == null) {
        split(pages);
      }
      return refusal;
    } finally {
      pages.mutex().unlock();
    }
  }

  private void split(Pages pages) {
    IoPagetable table = area.table();
    Area left = part(area.iova(), last);
    Area right = part(last + 1, area.last());
    Optional<AreaFrames> frames = area.frames();
    if (frames.isPresent()) {
      pages.takeOut(frames.get().range()); // both parts need all of it
      keep(left, pages, frames.get());
      keep(right, pages, frames.get());
    }
    left.publish(area.withdraw());
    right.publish(pages);
    pages.get();
    table.areas().remove(area);
    table.areas().insert(left);
    table.areas().insert(right);
    area.free();
  }

  private static void keep(Area part, Pages pages, AreaFrames whole) {
    var range = pages.need(part.firstIndex(), part.lastIndex());
    part.keep(new AreaFrames(whole.storageDomain(), range));
  }

  private Area part(long from, long to) {
    return new Area(area.table(), from, to, area.startByte(from), area.prot());
  }

  private boolean isUnaligned() {
    long start = last + 1;
    return ((start | area.startByte(start)) & (area.table().iovaAlignment() - 1)) != 0;
  }

  private boolean mayBeLarge() {
    return area.table().hasLargePages() && area.frames().isPresent();
  }
}
