package org.iommuref.model.iommufd.object;

/** Who refers to an object for longer than it is looked at. */
public enum Holder {
  /** A page table: its IOAS, its parent, its virtual unit, its fault queue. */
  PAGE_TABLE,
  /** A virtual unit: the page table beneath it. */
  VIOMMU,
  /** A virtual device: its unit. */
  VDEVICE,
  /** A queue of events: its unit. */
  VEVENTQ,
  /** A hardware queue: its unit, and the queue that it depends on. */
  HW_QUEUE,
  /** An access: the IOAS that it is attached to. */
  ACCESS,
  /** A device that is attached: its page table, and itself. */
  ATTACHMENT,
  /** The file of a queue. */
  FILE,
  /** A region that is mapped: its owner. */
  MAPPING,
  /** The driver of a device or an access. */
  DRIVER,
  /** A call, while it runs. */
  CALL
}
