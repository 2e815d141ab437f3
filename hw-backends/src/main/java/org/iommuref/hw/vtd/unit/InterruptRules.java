package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.layout.PostedDescriptor;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.UnitMessage.Msi;

/** What becomes of an interrupt that is not refused. Manual 5.1 and 5.2. */
public interface InterruptRules {

  /** Of the data of a message: asserted. */
  int LEVEL = 1 << 14;

  /** Of the data of a message: triggered by level. */
  int TRIGGER_MODE = 1 << 15;

  /** What the unit takes an entry for that it has read: what memory holds. */
  default Atom seen(Atom entry) {
    return entry;
  }

  /** Whether an interrupt can be posted there: where memory is that takes atomic accesses. */
  @Clause("VTD-208")
  default boolean takesPosting(Memory memory, long descriptor) {
    return memory.contains(descriptor) && memory.takesAtomics(descriptor);
  }

  /** What the unit takes a quadword of a posted-interrupt descriptor for: what memory holds. */
  default long seenOfDescriptor(int quadword, long value) {
    return value;
  }

  /** What the unit stores in a quadword of a posted-interrupt descriptor: what it was given. */
  default long storedInDescriptor(int quadword, long value) {
    return value;
  }

  /** The bits of a quadword of a posted-interrupt descriptor that must be 0. */
  @Clause("VTD-207")
  default long reservedOfDescriptor(int quadword, boolean extended) {
    return PostedDescriptor.reserved(quadword, extended);
  }

  /**
   * The message of a remapped entry, asserted whatever its trigger mode is (5.1.4); destination
   * 31:8 stand in bits 63:40 of the address.
   */
  @Clause("VTD-196")
  default Msi remapped(Atom entry, boolean extended) {
    long field = InterruptEntry.DST.get(entry);
    long destination = extended ? field : field >>> 8;
    long address = address(destination);
    address |= InterruptEntry.RH.get(entry) << 3 | InterruptEntry.DM.get(entry) << 2;
    long data = InterruptEntry.V.get(entry) | InterruptEntry.DLM.get(entry) << 8;
    data |= InterruptEntry.TM.get(entry) * TRIGGER_MODE | LEVEL;
    return new Msi(address, (int) data);
  }

  /**
   * The notification of a posted-interrupt descriptor: fixed, physical, by edge, asserted (5.2.3).
   */
  @Clause("VTD-206")
  default Msi notification(long control, boolean extended) {
    long field = PostedDescriptor.NDST.get(control);
    long destination = extended ? field : field >>> 8 & 0xff;
    return new Msi(address(destination), (int) PostedDescriptor.NV.get(control) | LEVEL);
  }

  private static long address(long destination) {
    return 0xfee0_0000L | (destination & 0xff) << 12 | (destination & ~0xffL) << 32;
  }

  /** Posts an interrupt and tells of it: only after it can be read in the descriptor. */
  @Clause("VTD-211")
  default void inOrder(Runnable update, Runnable notification) {
    update.run();
    notification.run();
  }

  /** Whether a posted interrupt is to be notified: not while ON, nor while SN unless urgent. */
  @Clause("VTD-205")
  default boolean notifies(boolean outstanding, boolean suppressed, boolean urgent) {
    return !outstanding && (urgent || !suppressed);
  }

  /**
   * Whether an invalidation takes a cached entry: all, or those of an index but for masked bits.
   */
  @Clause("VTD-198")
  default boolean takes(boolean byIndex, int index, int mask, int cached) {
    return !byIndex || cached >>> mask == index >>> mask;
  }

  /** Whether a table pointer that is set, or remapping that is turned off, empties the cache. */
  @Clause("VTD-199")
  default boolean emptiesCache(VtdConfiguration unit) {
    return Capability.ESIRTPS.isSet(unit.capability());
  }

  /** IRTA in force: what it held when the command to set it was given. */
  @Clause("VTD-199")
  default long table(long latched, long register) {
    return latched;
  }
}
