package org.iommuref.conformance.cases.iommufd;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.Topology;

/** Steps of cases whose devices have traits. */
final class TraitSteps {

  /** Where devices of the suite have their first reserved region, in bytes. */
  static final long REGION = 1L << 25;

  /** Where they have software place their interrupts, in bytes. */
  static final long WINDOW = 1L << 27;

  /** How many bytes such a window has. */
  static final long WINDOW_LENGTH = 1L << 20;

  private static final int NEST_PARENT = 1;

  /** The type of the data of a first stage that needs none. */
  static final int ANY_FIRST_STAGE = 0x7fff_0001;

  private TraitSteps() {}

  /** One page that is reserved. */
  static ReservedRegion page(long start, ReservedRegion.Type type) {
    return new ReservedRegion(new Iova(start), Program.PAGE, type);
  }

  /** A window in which software places interrupts. */
  static ReservedRegion window(long start) {
    return new ReservedRegion(new Iova(start), WINDOW_LENGTH, ReservedRegion.Type.SW_MSI);
  }

  /** A program with devices of two groups, the first ones with these traits. */
  static Program among(String clause, String name, DeviceTraits... traits) {
    return Program.of(clause, name)
        .needs(Capability.BOUND_DEVICES, Capability.DEVICE_TRAITS)
        .among(Topology.twoDevices().with(traits));
  }

  /** A program with two devices of one group, the first ones with these traits. */
  static Program inOneGroup(String clause, String name, DeviceTraits... traits) {
    return Program.of(clause, name)
        .needs(Capability.BOUND_DEVICES, Capability.DEVICE_TRAITS, Capability.SHARED_GROUP)
        .among(Topology.twoDevicesInOneGroup().with(traits));
  }

  /** A program with devices of two groups that reserve each a page at {@link #REGION}. */
  static Program reserving(String clause, String name) {
    return reserving(clause, name, page(REGION, ReservedRegion.Type.RESERVED));
  }

  /** A device with reserved regions on whose page tables others can be nested. */
  static DeviceTraits nesting(ReservedRegion... regions) {
    return DeviceTraits.reserving(regions).and(DeviceTraits.Feature.NESTED_TABLES);
  }

  /** A program with devices of two groups that reserve each these regions. */
  static Program reserving(String clause, String name, ReservedRegion... regions) {
    DeviceTraits traits = DeviceTraits.reserving(regions);
    return Program.of(clause, name)
        .needs(Capability.BOUND_DEVICES, Capability.RESERVED_REGIONS)
        .among(Topology.twoDevices().with(traits, traits));
  }

  /** A page table of a device over an IOAS on which nested ones can stand. */
  static Program parent(Program program, String hwpt, String device, String ioas) {
    return program
        .allocating(device, ioas)
        .set("flags", NEST_PARENT)
        .names("out_hwpt_id", hwpt)
        .succeeds();
  }

  /** A nested one that leads a device to the same addresses of its parent. */
  static Program nested(Program program, String hwpt, String device, String parent) {
    return program
        .put32(Program.DATA, 0, 0)
        .allocating(device, parent)
        .data(ANY_FIRST_STAGE, 8)
        .names("out_hwpt_id", hwpt)
        .succeeds();
  }

  /** Binds the next device and attaches it to nothing. */
  static Program bound(Program program, String device) {
    return program
        .ioctl("IOMMUREF_TEST_OP_BIND")
        .names("out_stdev_id", device + ".stdev")
        .names("out_idev_id", device)
        .succeeds();
  }

  /** A read by a device whose end is still to be said. */
  static Ioctl reading(Program program, String device, int pasid, long iova) {
    return program
        .ioctl("IOMMUREF_TEST_OP_READ")
        .id("id", device + ".stdev")
        .set("pasid", pasid)
        .set("iova", iova);
  }

  /** A write of 8 bytes by a device whose end is still to be said. */
  static Ioctl writing(Program program, String device, long iova, long value) {
    return program
        .ioctl("IOMMUREF_TEST_OP_WRITE")
        .id("id", device + ".stdev")
        .set("iova", iova)
        .set("value", value);
  }

  /** The preparation of an interrupt whose end is still to be said. */
  static Ioctl preparing(Program program, String device, long doorbell) {
    return program
        .needs(Capability.SOFTWARE_MSI)
        .ioctl("IOMMUREF_TEST_OP_PREPARE_MSI")
        .id("id", device + ".stdev")
        .set("doorbell", doorbell);
  }

  /** The interrupt of a device must be prepared for this address. */
  static Program prepared(Program program, String device, long doorbell, long address) {
    return preparing(program, device, doorbell).gives("out_address", address).succeeds();
  }

  /** A question whether a page table leads from an address to a doorbell, not yet answered. */
  static Ioctl ringing(Program program, String hwpt, long iova, long doorbell) {
    return program
        .ioctl("IOMMUREF_TEST_OP_CHECK_MSI")
        .id("id", hwpt)
        .set("iova", iova)
        .set("doorbell", doorbell);
  }
}
