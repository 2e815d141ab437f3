package org.iommuref.model.iommufd.device;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.iommuref.model.iommufd.hwpt.HwPagetable;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.pagetable.SwMsiWindow;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.core.GroupId;
import org.jspecify.annotations.Nullable;

/**
 * What a context knows of an IOMMU group: what its devices are attached to, without PASID and under
 * each. Linux: struct iommufd_group.
 */
public final class IommufdGroup implements SwMsiWindow {

  /** The name of its lock. */
  public static final String LOCK = "igroup.lock";

  private final GroupId id;
  private final Mutex lock;
  private final Shared shared;
  private final TreeMap<Integer, Attach> attachments = new TreeMap<>();
  private final Set<Integer> requiredMsi = new TreeSet<>();
  private @Nullable Long swMsiStart;
  private int references = 1;

  IommufdGroup(GroupId id, Kernel kernel) {
    this.id = id;
    this.lock = kernel.mutex(LOCK);
    this.shared = kernel.shared(new Lifetime(id));
  }

  /** The group of the core. */
  public GroupId id() {
    return id;
  }

  /** Serialises attach, detach and replace of its devices. */
  public Mutex lock() {
    return lock;
  }

  /** What is attached, by PASID; 0 stands for none. Changed by {@link #record} and its like. */
  NavigableMap<Integer, Attach> attachments() {
    return Collections.unmodifiableNavigableMap(attachments);
  }

  /** Begins to look at what is attached, as one step. */
  void look() {
    shared.look(new DeviceStep.LookAtAttachments(id), step -> attachments.size());
  }

  /** Notes a device that is attached; the attachment is new if it is not noted yet. */
  void record(int pasid, Attach attach, Device device) {
    shared.change(
        new DeviceStep.RecordAttach(id, pasid),
        step -> {
          attachments.put(step.pasid(), attach);
          attach.devices().put(device.object().id(), device);
        });
  }

  /** Notes that an attachment is to another page table. */
  void move(int pasid, Attach attach, HwPagetable hwpt) {
    shared.change(new DeviceStep.RecordAttach(id, pasid), step -> attach.moveTo(hwpt));
  }

  /** Notes that a device is not attached any more; the attachment goes with the last. */
  void forget(int pasid, Attach attach, Device device) {
    shared.change(
        new DeviceStep.ForgetAttach(id, pasid),
        step -> {
          attach.devices().remove(device.object().id());
          if (attach.devices().isEmpty()) {
            attachments.remove(step.pasid());
          }
        });
  }

  /** Where software places interrupt messages, or null if it does not. */
  public @Nullable Long swMsiStart() {
    return swMsiStart;
  }

  /** Notes a doorbell of its window that a device of it uses. */
  void requiresMsi(int id) {
    shared.change(new DeviceStep.RequireDoorbell(this.id, id), step -> requiredMsi.add(step.id()));
  }

  /** Whether a device of it has used a doorbell. */
  boolean hasUsedMsi(int doorbell) {
    return requiredMsi.contains(doorbell);
  }

  @Override
  public void startsAt(long iova) {
    swMsiStart = iova;
  }

  @Override
  public String toString() {
    return id.toString();
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
