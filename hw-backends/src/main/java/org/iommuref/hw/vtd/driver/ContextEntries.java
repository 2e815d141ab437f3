package org.iommuref.hw.vtd.driver;

import java.util.function.ToLongFunction;
import org.iommuref.hw.radix.TableMemory;
import org.iommuref.hw.vtd.driver.DriverStep.ClearPresent;
import org.iommuref.hw.vtd.driver.DriverStep.LinkContextTable;
import org.iommuref.hw.vtd.driver.DriverStep.ReadContextEntry;
import org.iommuref.hw.vtd.driver.DriverStep.ReadRootEntry;
import org.iommuref.hw.vtd.driver.DriverStep.WriteContextEntry;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * The context entries of one unit, in either mode, and the root table that leads to them.
 *
 * <p>Half a root entry of scalable mode has the form of the low half of one of legacy mode, and P
 * is bit 0 of an entry in both. Manual 9.1 to 9.4; source: drivers/iommu/intel/iommu.c
 * iommu_context_addr.
 */
final class ContextEntries {

  private static final int UPPER_HALF = 0x80;

  private final UnitParts unit;
  private final ToLongFunction<Rid> rootEntry;
  private final ToLongFunction<Rid> offset;

  private ContextEntries(
      UnitParts unit, ToLongFunction<Rid> rootEntry, ToLongFunction<Rid> offset) {
    this.unit = unit;
    this.rootEntry = rootEntry;
    this.offset = offset;
  }

  /** A context table for each bus, below the root table at {@code root}. */
  static ContextEntries legacy(UnitParts unit, long root) {
    return new ContextEntries(
        unit,
        device -> root + RootEntry.offset(device.bus()),
        device -> ContextEntry.offset(device.devfn()));
  }

  /** A context table for each half of a bus, below the root table at {@code root}. */
  static ContextEntries scalable(UnitParts unit, long root) {
    return new ContextEntries(
        unit,
        device -> root + RootEntry.offset(device.bus()) + half(device),
        device -> ScalableContextEntry.offset(device.devfn()));
  }

  private static int half(Rid device) {
    return device.devfn() < UPPER_HALF ? 0 : Long.BYTES;
  }

  /** Whether there is a context table for the device, or memory for one. */
  boolean provide(Rid device) {
    return tableOf(device) != TableMemory.NO_PAGE;
  }

  /** Where the entry of a device is, whose table has been provided. */
  long addressOf(Rid device) {
    return tableOf(device) + offset.applyAsLong(device);
  }

  Atom read(Rid device, long address) {
    return unit.steps()
        .obtain(
            new ReadContextEntry(unit.index(), device, address),
            step -> unit.memory().readAtom(step.address()));
  }

  void write(Rid device, long address, Atom entry) {
    unit.steps()
        .perform(
            new WriteContextEntry(unit.index(), device, address, entry),
            step -> unit.memory().writeAtom(step.address(), step.entry()));
  }

  void clearPresent(Rid device, long address, Atom entry) {
    unit.steps()
        .perform(
            new ClearPresent(unit.index(), device, address, entry.low() & ~ContextEntry.P.mask()),
            step -> unit.memory().writeLong(step.address(), step.low()));
  }

  /** The context table of the device, made now if there was none; or no page. */
  private long tableOf(Rid device) {
    long address = rootEntry.applyAsLong(device);
    while (true) {
      long entry = readRoot(device.bus(), address);
      if (RootEntry.P.isSet(entry)) {
        return RootEntry.CTP.address(entry);
      }
      long page = unit.tables().allocate();
      if (page == TableMemory.NO_PAGE || linkTable(device.bus(), address, page)) {
        return page;
      }
      unit.tables().free(page); // another CPU has linked its table first: that one is used
    }
  }

  private long readRoot(int bus, long address) {
    return unit.steps()
        .obtain(
            new ReadRootEntry(unit.index(), bus, address),
            step -> unit.memory().readLong(step.address()));
  }

  private boolean linkTable(int bus, long address, long page) {
    return unit.steps()
        .obtain(
            new LinkContextTable(unit.index(), bus, page, address),
            step ->
                unit.memory()
                    .compareAndSetLong(step.address(), 0, RootEntry.present(step.page()).low()));
  }
}
