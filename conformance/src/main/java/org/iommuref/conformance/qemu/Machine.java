package org.iommuref.conformance.qemu;

import java.util.List;
import org.iommuref.conformance.target.DataMemory;

/** A machine of QEMU with an IOMMU: how it is started, and where its parts are. */
interface Machine {

  /** The IOMMU, as QEMU names the device. */
  String name();

  /** The architecture whose driver drives it. */
  String architecture();

  /** The program of QEMU that emulates it. */
  String program();

  /** The machine and its IOMMU on QEMU's command line; the devices are not among it. */
  List<String> arguments();

  /** Where the unit's registers are, in bytes. */
  long registers();

  /** Where 4 MiB for each device are free for its registers, in bytes. */
  long deviceWindows();

  /** Memory for tables and queues, in bytes. */
  long tables();

  /** Memory for the data of cases; the machine's memory ends where it ends. */
  DataMemory data();

  /** Whether its unit remaps interrupts. */
  boolean remapsInterrupts();

  /** The width of host physical addresses that the unit takes, in bits. */
  int hostAddressBits();

  /** All of its memory. */
  default GuestMemory memory(Qtest qtest) {
    return new GuestMemory(qtest, data().base() + data().size());
  }

  /** Its configuration space. */
  ConfigSpace configSpace(Qtest qtest);
}
