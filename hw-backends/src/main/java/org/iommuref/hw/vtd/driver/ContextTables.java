package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.TableMemory;
import org.iommuref.hw.vtd.driver.DriverStep.ClearPresent;
import org.iommuref.hw.vtd.driver.DriverStep.LinkContextTable;
import org.iommuref.hw.vtd.driver.DriverStep.ReadContextEntry;
import org.iommuref.hw.vtd.driver.DriverStep.ReadRootEntry;
import org.iommuref.hw.vtd.driver.DriverStep.WriteContextEntry;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * The root table of one unit and the context tables below it, one for each bus with a device.
 *
 * <p>An entry goes from one configuration to the next by one write of 16 bytes, or first loses P
 * alone; what the unit has cached of it is dropped by the domain id that the entry had. Manual
 * 6.5.3.3 and 9.1 to 9.3; source: drivers/iommu/intel/iommu.c.
 */
public class ContextTables {

  /** A unit in caching mode tags a context entry with this that is not present. */
  private static final int NOT_PRESENT = 0;

  private static final Atom EMPTY = new Atom(0, 0);

  private final UnitParts unit;
  private final long root;

  /** The tables below the root table at {@code root}, which is empty. */
  public ContextTables(UnitParts unit, long root) {
    this.unit = unit;
    this.root = root;
  }

  /** Whether there is a context table for the device, or memory for one. */
  final boolean provide(Rid device) {
    return tableOf(device) != TableMemory.NO_PAGE;
  }

  /** Puts a present entry in force; a device that had one before never finds none. */
  @Clause({"ATT-001", "ATT-009"})
  final void set(Rid device, Atom entry) {
    long address = addressOf(device);
    Atom old = read(device, address);
    write(device, address, entry);
    if (ContextEntry.P.isSet(old.low())) {
      endFormer(device, domainId(old), domainId(entry));
    } else if (unit.cachingMode()) {
      endRefusal(device, domainId(entry));
    }
  }

  /** Leaves the device without a present entry: its accesses are refused. */
  @Clause({"DOM-001", "ATT-005"})
  final void clear(Rid device) {
    long address = addressOf(device);
    Atom old = read(device, address);
    if (!ContextEntry.P.isSet(old.low())) {
      return;
    }
    clearPresent(device, address, old);
    endFormer(device, domainId(old), domainId(EMPTY));
    write(device, address, EMPTY);
  }

  /** Drops what the unit has cached of the entry that was present, and of its domain. */
  @Clause({"ATT-002", "INV-012"})
  protected void endFormer(Rid device, int oldDomainId, int newDomainId) {
    unit.invalidations().context(device, oldDomainId);
    unit.invalidations().domain(oldDomainId);
  }

  /** Drops the refusals that a unit in caching mode has cached for the device. */
  @Clause("INV-018")
  protected void endRefusal(Rid device, int newDomainId) {
    unit.invalidations().context(device, NOT_PRESENT);
    unit.invalidations().domain(newDomainId);
  }

  private static int domainId(Atom entry) {
    return (int) ContextEntry.DID.get(entry);
  }

  private Atom read(Rid device, long address) {
    return unit.steps()
        .obtain(
            new ReadContextEntry(unit.index(), device, address),
            step -> unit.memory().readAtom(step.address()));
  }

  private void write(Rid device, long address, Atom entry) {
    unit.steps()
        .perform(
            new WriteContextEntry(unit.index(), device, address, entry),
            step -> unit.memory().writeAtom(step.address(), step.entry()));
  }

  private void clearPresent(Rid device, long address, Atom entry) {
    unit.steps()
        .perform(
            new ClearPresent(unit.index(), device, address, entry.low() & ~ContextEntry.P.mask()),
            step -> unit.memory().writeLong(step.address(), step.low()));
  }

  private long addressOf(Rid device) {
    return tableOf(device) + ContextEntry.offset(device.devfn());
  }

  /** The context table of the device's bus, made now if there was none; or no page. */
  private long tableOf(Rid device) {
    long address = root + RootEntry.offset(device.bus());
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
