package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * The root table of one unit in scalable mode and the context tables below it, one for the lower
 * and one for the upper half of each bus with a device.
 *
 * <p>A context entry names the PASID directory of its device for as long as the driver serves it;
 * what changes with its domains lies below. The second half of an entry is reserved and stays zero.
 * Manual 6.5.3.3, 9.2 and 9.4; source: drivers/iommu/intel/pasid.c device_pasid_table_setup.
 */
public class ScalableContexts {

  /** PDTS: one page of directory entries covers 2^15 PASIDs. */
  private static final int ONE_PAGE = 2;

  private static final int NO_DOMAIN = 0;
  private static final Atom EMPTY = new Atom(0, 0);

  private final UnitParts unit;
  private final ContextEntries entries;

  /** The tables below the root table at {@code root}, which is empty. */
  public ScalableContexts(UnitParts unit, long root) {
    this.unit = unit;
    this.entries = ContextEntries.scalable(unit, root);
  }

  /** PASIDs of a device run to below this. */
  static int pasids() {
    return ScalableContextEntry.pasids(ONE_PAGE);
  }

  /** Whether there is a context table for the device, or memory for one. */
  final boolean provide(Rid device) {
    return entries.provide(device);
  }

  /**
   * Makes the device's entry name its PASID directory, of one page; no PASID is in it yet.
   *
   * @param ats whether the device may ask for translations
   * @param pri whether it may ask for pages
   */
  final void set(Rid device, long directory, boolean ats, boolean pri) {
    long address = entries.addressOf(device);
    entries.write(device, address, entry(directory, ats, pri));
    if (unit.cachingMode()) {
      endRefusal(device);
    }
  }

  /** Leaves the device without a present entry; no entry of its directory is present. */
  final void clear(Rid device) {
    long address = entries.addressOf(device);
    Atom old = entries.read(device, address);
    entries.clearPresent(device, address, old);
    endFormer(device);
    entries.write(device, address, EMPTY);
  }

  /** Drops what the unit has cached of the entry that was present. */
  @Clause("ATT-005")
  protected void endFormer(Rid device) {
    unit.invalidations().context(device, NO_DOMAIN);
  }

  /** Drops the refusals that a unit in caching mode has cached for the device. */
  @Clause("INV-018")
  protected void endRefusal(Rid device) {
    unit.invalidations().context(device, NO_DOMAIN);
    unit.invalidations().domain(NO_DOMAIN);
  }

  private Atom entry(long directory, boolean ats, boolean pri) {
    Atom whole = ScalableContextEntry.present(directory, ONE_PAGE, PasidTables.NO_PASID);
    long pasids = unit.has(ExtendedCapability.PASID) ? 1 : 0;
    long low = ScalableContextEntry.PASIDE.put(whole.low(), pasids);
    low = ScalableContextEntry.DTE.put(low, ats ? 1 : 0);
    return new Atom(ScalableContextEntry.PRE.put(low, pri ? 1 : 0), whole.high());
  }
}
