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
    int[] objectsAndAreas = new int[2];
    for (OpenFile file : kernel.files().all()) {
      if (file instanceof ContextFile opened) {
        opened.context().objects().show(body -> count(body, objectsAndAreas));
      }
    }
    return new Holdings(
        kernel.files().count(),
        objectsAndAreas[0],
        objectsAndAreas[1],
        kernel.accounting().allPinned());
  }

  private static void count(ObjectBody body, int[] objectsAndAreas) {
    objectsAndAreas[0]++;
    if (body instanceof Ioas ioas) {
      objectsAndAreas[1] += ioas.iopt().seenAreas().size();
    }
  }

  /** Whether nothing is more than in another. */
  public boolean isWithin(Holdings other) {
    return files <= other.files
        && objects <= other.objects
        && areas <= other.areas
        && charged <= other.charged;
  }
}
