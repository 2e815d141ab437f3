package org.iommuref.conformance.cases.iommufd;

import org.iommuref.spec.clause.Capability;

/** What programs do with virtual units of the mock driver, and with what hangs on them. */
final class Units {

  /** The type of the mock driver's virtual units, queues and entries. */
  static final long TYPE = 0xdead_beefL;

  /** The type of its events. */
  static final long EVENTS = 0xbeef_beefL;

  private static final long NEST_PARENT = 1;

  private Units() {}

  /** A device {@code dev} attached to IOAS {@code a}, and a page table {@code parent} over it. */
  static Program parent(String clause, String name) {
    return Program.of(clause, name)
        .needs(Capability.VIOMMU, Capability.MOCK)
        .ioas("a")
        .device("dev", "a")
        .ioctl("IOMMU_HWPT_ALLOC")
        .set("flags", NEST_PARENT)
        .id("dev_id", "dev")
        .id("pt_id", "a")
        .names("out_hwpt_id", "parent")
        .succeeds();
  }

  /** The same with a virtual unit {@code unit}. */
  static Program unit(String clause, String name) {
    return allocation(parent(clause, name), "unit").succeeds();
  }

  /** A VIOMMU_ALLOC over {@code parent} whose end is still to be said. */
  static Ioctl allocation(Program program, String unit) {
    return program
        .ioctl("IOMMU_VIOMMU_ALLOC")
        .set("type", TYPE)
        .id("dev_id", "dev")
        .id("hwpt_id", "parent")
        .names("out_viommu_id", unit);
  }

  /** A VDEVICE_ALLOC whose end is still to be said. */
  static Ioctl virtualDevice(
      Program program, String unit, String device, long virtualId, String name) {
    return program
        .ioctl("IOMMU_VDEVICE_ALLOC")
        .id("viommu_id", unit)
        .id("dev_id", device)
        .set("virt_id", virtualId)
        .names("out_vdevice_id", name);
  }

  /** A VEVENTQ_ALLOC whose end is still to be said. */
  static Ioctl eventQueue(Program program, String unit, int depth, String name) {
    return program
        .ioctl("IOMMU_VEVENTQ_ALLOC")
        .id("viommu_id", unit)
        .set("type", EVENTS)
        .set("veventq_depth", depth)
        .names("out_veventq_id", name)
        .names("out_veventq_fd", name + ".fd");
  }

  /** A HW_QUEUE_ALLOC whose end is still to be said. */
  static Ioctl queue(Program program, int index, long start, long length, String name) {
    return program
        .ioctl("IOMMU_HW_QUEUE_ALLOC")
        .id("viommu_id", "unit")
        .set("type", TYPE)
        .set("index", index)
        .set("nesting_parent_iova", start)
        .set("length", length)
        .names("out_hw_queue_id", name);
  }

  /** A nested page table of a virtual unit. */
  static Program nested(Program program, String unit, String table) {
    return program
        .put32(Program.DATA, 0x1234, 0)
        .ioctl("IOMMU_HWPT_ALLOC")
        .id("dev_id", "dev")
        .id("pt_id", unit)
        .set("data_type", 0xdead)
        .set("data_len", 8)
        .set("data_uptr", Program.DATA)
        .names("out_hwpt_id", table)
        .succeeds();
  }
}
