package org.iommuref.model.iommufd;

import org.iommuref.model.iommufd.file.OpenFile;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.ObjectBody;

/**
 * What all contexts together hold at one moment.
 *
 * @param files how many are open
 * @param objects how many ids name one
 * @param areas how many ranges are mapped
 * @param charged how many pages are pinned and charged
 */
public record Holdings(int files, int objects, int areas, long charged) {

  /** What a kernel holds when it is new, and when everything is closed again. */
  public static final Holdings NONE = new Holdings(0, 0, 0, 0);

  static Holdings of(Kernel kernel) {
    int objects = 0;
    int areas = 0;
    for (OpenFile file : kernel.files().all()) {
      if (file instanceof ContextFile opened) {
        objects += opened.context().objects().count();
        for (ObjectBody body : opened.context().objects().all()) {
          areas += body instanceof Ioas ioas ? ioas.iopt().seenAreas().size() : 0;
        }
      }
    }
    return new Holdings(kernel.files().count(), objects, areas, kernel.accounting().allPinned());
  }

  /** Whether nothing is more than in another. */
  public boolean isWithin(Holdings other) {
    return files <= other.files
        && objects <= other.objects
        && areas <= other.areas
        && charged <= other.charged;
  }
}
