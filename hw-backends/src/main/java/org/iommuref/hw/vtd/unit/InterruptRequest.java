package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.spec.unit.InterruptMessage;

/**
 * An interrupt on its way through the unit.
 *
 * @param message what came
 * @param table IRTA as it was latched
 * @param status GSTS
 */
public record InterruptRequest(InterruptMessage message, long table, long status) {

  /** Whether interrupts are remapped: IRES. */
  public boolean isOn() {
    return GlobalCommand.IRE.isSet(status);
  }

  /** Whether compatibility-format interrupts pass: CFIS. */
  public boolean passesCompatible() {
    return GlobalCommand.CFI.isSet(status);
  }

  /** Whether destinations have 32 bits: EIME. */
  public boolean isExtended() {
    return InterruptEntry.EIME.isSet(table);
  }

  /** Whether it is in remappable format: bit 4 of the address. */
  public boolean isRemappable() {
    return (message.address() & 0x10) != 0;
  }

  /** Whether the data adds to the handle: SHV. */
  public boolean hasSubhandle() {
    return (message.address() & 0x8) != 0;
  }

  /** The index of its entry: handle 14:0 in bits 19:5, handle 15 in bit 2, and the subhandle. */
  public int index() {
    int handle = (int) (message.address() >>> 5 & 0x7fff) | (int) (message.address() & 4) << 13;
    return handle + (hasSubhandle() ? message.data() & 0xffff : 0);
  }

  /** The entries of the table. */
  public int entries() {
    return 2 << InterruptEntry.S.get(table);
  }
}
