package org.iommuref.model.ideal;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ERANGE;

import org.iommuref.model.check.Checks;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;

/** The checks of a map, in the order in which Linux's generic page tables make them. */
public final class IdealChecks {

  /** Physical addresses have 52 bits, as in the widest formats. */
  private static final int OUTPUT_BITS = 52;

  /** The checks that precede the first page. */
  public static final Checks<MapCall> MAP =
      Checks.<MapCall>inOrder()
          .when("MAP-026", "not a paging domain", c -> c.type() != DomainType.PAGING, EINVAL)
          .when("MAP-015", "neither reading nor writing", c -> c.prot() == Prot.NONE, EINVAL)
          .when("MAP-025", "no page", c -> c.count() <= 0, EINVAL)
          .when(
              "MAP-007",
              "no page size of this unit",
              c -> !c.isPageSizeOf(IdealBackend.PAGE_SIZES),
              EINVAL)
          .when("MAP-007", "not a multiple of the page size", MapCall::isMisaligned, EINVAL)
          .when(
              "MAP-024",
              "the physical address is too wide",
              c -> c.isBeyond(c.paddr(), OUTPUT_BITS),
              ERANGE)
          .when(
              "MAP-016",
              "the IOVA is beyond the aperture",
              c -> c.isBeyond(c.iova(), IdealBackend.ADDRESS_BITS),
              ERANGE);

  private IdealChecks() {}
}
