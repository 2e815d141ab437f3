package org.iommuref.model.iommufd.object;

import org.iommuref.spec.iommufd.FileId;
import org.jspecify.annotations.Nullable;

/** What an object is, and what its type does at its end. Linux: struct iommufd_object_ops. */
public interface ObjectBody {

  /** Its place in the table. */
  IommufdObject object();

  /** Its type. */
  ObjectType type();

  /** Gives back what it holds; nobody refers to it any more. */
  void destroy();

  /** Makes those let go that hold it for short. */
  default void preDestroy() {}

  /** Gives back what it holds before it was ever published; the lock of its maker is held. */
  default void abort() {
    destroy();
  }

  /** The file that was made with it and is not yet in anybody's hands, or null. */
  default @Nullable FileId unpublishedFile() {
    return null;
  }
}
