package org.iommuref.hw.radix;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What is looked at before a map changes anything; the first condition that holds refuses it.
 *
 * @param inOrder the conditions
 */
public record MapChecks(List<MapCheck> inOrder) {

  /** The conditions in the kernel's order (drivers/iommu/generic_pt/iommu_pt.h map_pages). */
  @Clause({"MAP-007", "MAP-015", "MAP-016", "MAP-024"})
  public static final MapChecks LINUX =
      new MapChecks(
          List.of(
              new MapCheck("no-right", "MAP-015", map -> map.prot() == Prot.NONE, Errno.EINVAL),
              new MapCheck("no-page-size", "", map -> !hasPageSize(map), Errno.EINVAL),
              new MapCheck(
                  "physical-address-too-wide",
                  "MAP-024",
                  map -> MapCall.isBeyond(map.format().outputBits(), map.paddr(), 1),
                  Errno.ERANGE),
              new MapCheck("no-page", "", map -> map.count() <= 0, Errno.EINVAL),
              new MapCheck("overflow", "", MapCall::overflows, Errno.EOVERFLOW),
              new MapCheck(
                  "misaligned",
                  "MAP-007",
                  map -> ((map.iova() | map.paddr()) & (map.pageSize() - 1)) != 0,
                  Errno.ENXIO),
              new MapCheck(
                  "beyond-aperture",
                  "MAP-016",
                  map -> MapCall.isBeyond(map.format().inputBits(), map.iova(), map.size()),
                  Errno.ERANGE),
              new MapCheck(
                  "physical-end-too-wide",
                  "",
                  map -> MapCall.isBeyond(map.format().outputBits(), map.paddr(), map.size()),
                  Errno.ERANGE)));

  /** Copies the list. */
  public MapChecks {
    inOrder = List.copyOf(inOrder);
  }

  /** Without the conditions of those names. */
  public MapChecks without(Set<String> names) {
    return new MapChecks(inOrder.stream().filter(check -> !names.contains(check.name())).toList());
  }

  /** With another condition in place of the one that has its name. */
  public MapChecks with(MapCheck other) {
    List<MapCheck> changed = new ArrayList<>(inOrder);
    changed.replaceAll(check -> check.name().equals(other.name()) ? other : check);
    return new MapChecks(changed);
  }

  /** With one more condition, behind the others. */
  public MapChecks alsoRefusing(MapCheck more) {
    List<MapCheck> all = new ArrayList<>(inOrder);
    all.add(more);
    return new MapChecks(all);
  }

  /** Why a map is refused, or null. */
  @Nullable Errno refusal(MapCall map) {
    for (MapCheck check : inOrder) {
      if (check.refuses().test(map)) {
        return check.errno();
      }
    }
    return null;
  }

  private static boolean hasPageSize(MapCall map) {
    return Long.bitCount(map.pageSize()) == 1 && (map.format().pageSizes() & map.pageSize()) != 0;
  }
}
