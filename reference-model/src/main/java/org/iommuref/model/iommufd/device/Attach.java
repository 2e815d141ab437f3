package org.iommuref.model.iommufd.device;

import java.util.Map;
import java.util.TreeMap;
import org.iommuref.model.iommufd.hwpt.HwPagetable;

/**
 * A page table and the devices of a group that are attached to it. Linux: struct iommufd_attach.
 */
final class Attach {

  private final Map<Integer, Device> devices = new TreeMap<>();
  private HwPagetable hwpt;

  Attach(HwPagetable hwpt) {
    this.hwpt = hwpt;
  }

  HwPagetable hwpt() {
    return hwpt;
  }

  void moveTo(HwPagetable next) {
    hwpt = next;
  }

  /** The devices by their ids. */
  Map<Integer, Device> devices() {
    return devices;
  }

  /** Whether no other device is attached. */
  boolean isLast(Device device) {
    return devices.keySet().stream().allMatch(id -> id == device.object().id());
  }

  boolean has(Device device) {
    return devices.containsKey(device.object().id());
  }
}
