package org.iommuref.model.iommufd.hwpt;

import java.util.List;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.jspecify.annotations.Nullable;

/** The types of objects that page tables are made from: a new one is registered here. */
final class HwptSources {

  private static final List<HwptSource> ALL =
      List.of(new FromIoas(), new FromHwptPaging(), new FromViommu());

  private HwptSources() {}

  /** The type of an object, or null if no page table can be made from it. */
  static @Nullable HwptSource of(ObjectBody object) {
    for (HwptSource source : ALL) {
      if (source.takes(object)) {
        return source;
      }
    }
    return null;
  }
}
