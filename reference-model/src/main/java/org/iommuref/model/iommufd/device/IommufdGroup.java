package org.iommuref.model.iommufd.device;

import java.util.NavigableMap;
import java.util.TreeMap;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.pagetable.SwMsiWindow;
import org.iommuref.spec.core.GroupId;
import org.jspecify.annotations.Nullable;

/**
 * What a context knows of an IOMMU group: what its devices are attached to, without PASID and under
 * each. Linux: struct iommufd_group.
 */
public final class IommufdGroup implements SwMsiWindow {

  private final GroupId id;
  private final Mutex lock;
  private final TreeMap<Integer, Attach> attachments = new TreeMap<>();
  private @Nullable Long swMsiStart;
  private int references = 1;

  IommufdGroup(GroupId id, Mutex lock) {
    this.id = id;
    this.lock = lock;
  }

  /** The group of the core. */
  public GroupId id() {
    return id;
  }

  /** Serialises attach, detach and replace of its devices. */
  public Mutex lock() {
    return lock;
  }

  /** What is attached, by PASID; 0 stands for none. */
  NavigableMap<Integer, Attach> attachments() {
    return attachments;
  }

  /** Where software places interrupt messages, or null if it does not. */
  public @Nullable Long swMsiStart() {
    return swMsiStart;
  }

  @Override
  public void startsAt(long iova) {
    swMsiStart = iova;
  }

  void get() {
    references++;
  }

  /** Drops a reference; whether it was the last. */
  boolean put() {
    references--;
    return references == 0;
  }
}
