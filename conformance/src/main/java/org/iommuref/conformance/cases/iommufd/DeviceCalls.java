package org.iommuref.conformance.cases.iommufd;

import static org.iommuref.conformance.cases.iommufd.Program.DATA;

import org.iommuref.spec.clause.Capability;

/** The calls of a {@link Program} that are about devices and their page tables. */
interface DeviceCalls {

  /** An ioctl on the file with which the program begins. */
  Ioctl ioctl(String command);

  /** What the case needs more. */
  Program needs(Capability... more);

  /** Puts numbers of 4 bytes one behind the other. */
  Program put32(long address, int... numbers);

  /**
   * Binds a device and attaches it to an IOAS or a page table: {@code device} names the bound
   * device, {@code device.stdev} the device of the test interface, {@code device.hwpt} the page
   * table that was made or used.
   */
  default Program device(String device, String pageTable) {
    return binding(device, pageTable).succeeds();
  }

  /** The same with a device that cannot track what it writes. */
  default Program plainDevice(String device, String pageTable) {
    return binding(device, pageTable, 1).succeeds();
  }

  /** The same with a device that has PASIDs. */
  default Program pasidDevice(String device, String pageTable) {
    return needs(Capability.PASID).binding(device, pageTable, 4).succeeds();
  }

  /** A MOCK_DOMAIN whose end is still to be said. */
  default Ioctl binding(String device, String pageTable) {
    return binding("IOMMU_TEST_OP_MOCK_DOMAIN", device, pageTable);
  }

  /** A MOCK_DOMAIN_FLAGS whose end is still to be said. */
  default Ioctl binding(String device, String pageTable, int flags) {
    return binding("IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS", device, pageTable).set("dev_flags", flags);
  }

  private Ioctl binding(String command, String device, String pageTable) {
    return needs(Capability.BOUND_DEVICES)
        .ioctl(command)
        .id("id", pageTable)
        .names("out_stdev_id", device + ".stdev")
        .names("out_hwpt_id", device + ".hwpt")
        .names("out_idev_id", device);
  }

  /** A page table of a device over an IOAS, without flags. */
  default Program hwpt(String hwpt, String device, String ioas) {
    return allocating(device, ioas).names("out_hwpt_id", hwpt).succeeds();
  }

  /** A HWPT_ALLOC whose end is still to be said. */
  default Ioctl allocating(String device, String source) {
    return ioctl("IOMMU_HWPT_ALLOC").id("dev_id", device).id("pt_id", source);
  }

  /** A page table of a device over an IOAS on which nested ones can stand. */
  default Program parent(String hwpt, String device, String ioas) {
    return needs(Capability.NESTING)
        .allocating(device, ioas)
        .set("flags", 1)
        .names("out_hwpt_id", hwpt)
        .succeeds();
  }

  /** A nested page table of a mock device over a page table or a virtual unit. */
  default Program nested(String hwpt, String device, String source) {
    return needs(Capability.MOCK)
        .put32(DATA, 0x1d01, 0)
        .allocating(device, source)
        .data(0xdead, 8)
        .names("out_hwpt_id", hwpt)
        .succeeds();
  }

  /** Moves a device that {@link #device} has bound to another page table or IOAS. */
  default Program replace(String device, String pageTable) {
    return replacing(device, pageTable).succeeds();
  }

  /** A MOCK_DOMAIN_REPLACE whose end is still to be said. */
  default Ioctl replacing(String device, String pageTable) {
    return ioctl("IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE")
        .id("id", device + ".stdev")
        .id("pt_id", pageTable);
  }

  /** An attach of a device that is detached, or of a PASID of it, whose end is still to be said. */
  default Ioctl attaching(String device, int pasid, String pageTable) {
    return withPasid("ATTACH", device, pasid).id("pt_id", pageTable);
  }

  /** A PASID_REPLACE whose end is still to be said. */
  default Ioctl replacing(String device, int pasid, String pageTable) {
    return withPasid("REPLACE", device, pasid).id("pt_id", pageTable);
  }

  private Ioctl withPasid(String what, String device, int pasid) {
    return ioctl("IOMMU_TEST_OP_PASID_" + what).id("id", device + ".stdev").set("pasid", pasid);
  }

  /** Detaches a device, or a PASID of it; PASID 0 stands for none. */
  default Program detach(String device, int pasid) {
    return withPasid("DETACH", device, pasid).succeeds();
  }

  /** A device, or a PASID of it, must be attached to this page table. */
  default Program isOn(String device, int pasid, String hwpt) {
    return withPasid("CHECK_HWPT", device, pasid).id("hwpt_id", hwpt).succeeds();
  }

  /** A device, or a PASID of it, must be attached to nothing. */
  default Program isDetached(String device, int pasid) {
    return withPasid("CHECK_HWPT", device, pasid).succeeds();
  }
}
