package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.vtd.layout.ContextEntry;
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
  private final ContextEntries entries;

  /** The tables below the root table at {@code root}, which is empty. */
  public ContextTables(UnitParts unit, long root) {
    this.unit = unit;
    this.entries = ContextEntries.legacy(unit, root);
  }

  /** Whether there is a context table for the device, or memory for one. */
  final boolean provide(Rid device) {
    return entries.provide(device);
  }

  /** Puts a present entry in force; a device that had one before never finds none. */
  @Clause({"ATT-001", "ATT-009"})
  final void set(Rid device, Atom entry) {
    long address = entries.addressOf(device);
    Atom old = entries.read(device, address);
    entries.write(device, address, entry);
    if (ContextEntry.P.isSet(old.low())) {
      endFormer(device, domainId(old), domainId(entry));
    } else if (unit.cachingMode()) {
      endRefusal(device, domainId(entry));
    }
  }

  /** Leaves the device without a present entry: its accesses are refused. */
  @Clause({"DOM-001", "ATT-005"})
  final void clear(Rid device) {
    long address = entries.addressOf(device);
    Atom old = entries.read(device, address);
    if (!ContextEntry.P.isSet(old.low())) {
      return;
    }
    entries.clearPresent(device, address, old);
    endFormer(device, domainId(old), domainId(EMPTY));
    entries.write(device, address, EMPTY);
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
}
