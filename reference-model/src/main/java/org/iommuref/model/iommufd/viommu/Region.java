package org.iommuref.model.iommufd.viommu;

import java.util.List;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.iommufd.Processes;

/** Frames of a driver that a user can map, and the object that they belong to. */
record Region(ObjectBody owner, List<Long> frames) {

  /** In bytes. */
  long length() {
    return frames.size() * (long) Processes.PAGE_SIZE;
  }

  @Override
  public String toString() {
    return "region of " + frames.size() + " pages";
  }
}
