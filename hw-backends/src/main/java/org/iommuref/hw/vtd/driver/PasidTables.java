package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.TableMemory;
import org.iommuref.hw.vtd.driver.DriverStep.ChangeDirtyEnable;
import org.iommuref.hw.vtd.driver.DriverStep.ChangePageSnoop;
import org.iommuref.hw.vtd.driver.DriverStep.ClearPasidPresent;
import org.iommuref.hw.vtd.driver.DriverStep.LinkPasidTable;
import org.iommuref.hw.vtd.driver.DriverStep.ReadPasidDirectoryEntry;
import org.iommuref.hw.vtd.driver.DriverStep.ReadPasidTableEntry;
import org.iommuref.hw.vtd.driver.DriverStep.SetPasidPresent;
import org.iommuref.hw.vtd.driver.DriverStep.WriteBarrier;
import org.iommuref.hw.vtd.driver.DriverStep.WritePasidFields;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * The PASID directory of one device and the PASID tables below it.
 *
 * <p>Hardware reads an entry in four parts, so an entry only ever changes while it is not present:
 * {@link #setUp} writes all fields and then P, {@link #tearDown} clears P alone, drops what was
 * cached, and then clears the rest; {@link #silence} leaves FPD. Manual 6.5.3.3, 9.5 and 9.6;
 * source: drivers/iommu/intel/pasid.c.
 */
public class PasidTables {

  /** The entry of requests without PASID. */
  static final int NO_PASID = 0;

  /** A unit in caching mode tags a PASID entry with this that is not present. */
  private static final int NOT_PRESENT = 0;

  private static final int ATOM_BYTES = 16;

  /** Sixteen bytes at which the fields of the first stage are. */
  private static final int FIRST_STAGE_FIELDS = 1;

  private static final Atom EMPTY = new Atom(0, 0);

  private final UnitParts unit;
  private final Rid device;
  private final long directory;
  private boolean keepsTranslations;

  /** The tables below an empty directory at {@code directory}. */
  public PasidTables(UnitParts unit, Rid device, long directory) {
    this.unit = unit;
    this.device = device;
    this.directory = directory;
  }

  /** Notes that ATS of the device is on, or off. */
  final void keepsTranslations(boolean on) {
    keepsTranslations = on;
  }

  /** The device. */
  protected final Rid device() {
    return device;
  }

  /** Where the directory is. */
  final long directory() {
    return directory;
  }

  /** Whether there is a table for the PASID, or memory for one. */
  final boolean provide(int pasid) {
    return tableOf(pasid) != TableMemory.NO_PAGE;
  }

  /** Makes an entry present that is not; a request finds the whole entry or none. */
  @Clause({"ATT-001", "ATT-003", "PASID-001"})
  final void setUp(int pasid, long[] entry) {
    long address = addressOf(pasid);
    long low = entry[0] & ~PasidEntry.P.mask();
    publish(
        () -> {
          write(pasid, address, FIRST_STAGE_FIELDS, new Atom(entry[2], entry[3]));
          write(pasid, address, 0, new Atom(low, entry[1]));
        },
        () -> setPresent(pasid, address, low | PasidEntry.P.mask()));
    if (unit.cachingMode()) {
      int type = (int) PasidEntry.get(entry, PasidEntry.PGTT);
      endRefusal(type, (int) PasidEntry.get(entry, PasidEntry.DID), pasid);
    }
  }

  /** P is set when all other fields are in memory. */
  protected void publish(Runnable fields, Runnable present) {
    fields.run();
    unit.steps().fence(new WriteBarrier(unit.index()));
    present.run();
  }

  /**
   * Refuses the requests of a PASID, and drops what was cached for them; empty if it is unset.
   *
   * @return whether its entry was present: not if it is unset, or its table has ended
   */
  @Clause({"ATT-002", "ATT-005", "PASID-004", "INV-012"})
  final boolean tearDown(int pasid) {
    return end(pasid, 0);
  }

  /** Refuses them as well, and has none of them recorded until the PASID is torn down. */
  @Clause({"PASID-018", "FREC-013"})
  final void silence(int pasid) {
    end(pasid, silent());
  }

  /** What is left in the entry of a PASID whose table has ended. */
  @Clause("FREC-013")
  protected long silent() {
    return PasidEntry.FPD.mask();
  }

  /** FPD comes with the write that clears P: no request finds neither. */
  private boolean end(int pasid, long left) {
    long entry = readDirectory(pasid, directory + PasidDirectoryEntry.offset(pasid));
    if (!PasidDirectoryEntry.P.isSet(entry)) {
      return false;
    }
    long address = PasidDirectoryEntry.SMPTBLPTR.address(entry) + PasidEntry.offset(pasid);
    Atom old = read(pasid, address);
    if (!PasidEntry.P.isSet(old.low())) {
      if (old.low() != left) {
        write(pasid, address, 0, EMPTY);
      }
      return false;
    }
    clearPresent(pasid, address, (old.low() & ~PasidEntry.P.mask()) | left);
    endFormer(old, pasid);
    write(pasid, address, FIRST_STAGE_FIELDS, EMPTY);
    write(pasid, address, 0, new Atom(left, 0));
    return true;
  }

  /** Makes a present entry of a second stage record, or no longer record, what is written. */
  @Clause("DIRTY-007")
  final void trackDirty(int pasid, boolean enable) {
    long address = addressOf(pasid);
    Atom old = read(pasid, address);
    changeDirtyEnable(pasid, address, PasidEntry.SSADE.put(old.low(), enable ? 1 : 0));
    endUntracked(old, pasid);
  }

  /** Makes a present entry of a first stage have the accesses by it snooped. */
  @Clause("DOM-012")
  final void snoopPages(int pasid) {
    long address = addressOf(pasid);
    Atom old = read(pasid, address);
    changePageSnoop(pasid, address, old.high() | PasidEntry.PGSNP.mask());
    endUnsnooped(old, pasid);
  }

  /** Drops what was cached of an entry that did not have accesses snooped. */
  @Clause("DOM-012")
  protected void endUnsnooped(Atom old, int pasid) {
    endFormer(old, pasid);
  }

  /** Drops what was cached of an entry that records what is written, and did not, or did. */
  @Clause("DIRTY-038")
  protected void endUntracked(Atom old, int pasid) {
    endFormer(old, pasid);
  }

  /** Drops what was cached of an entry that was present: entry, translations, device. */
  protected void endFormer(Atom old, int pasid) {
    int domainId = (int) PasidEntry.DID.get(old);
    endEntry(domainId, pasid);
    endTranslations((int) PasidEntry.PGTT.get(old), domainId, pasid);
    endDeviceTlb(pasid); // the last: the device may refill from what the unit still holds
  }

  /** Drops the cached entry. */
  protected void endEntry(int domainId, int pasid) {
    unit.invalidations().pasidEntry(domainId, pasid);
  }

  /** Drops what the unit has translated by the entry: its type says how that is tagged. */
  protected void endTranslations(int type, int domainId, int pasid) {
    if (type == PasidEntry.PGTT_FIRST_STAGE || type == PasidEntry.PGTT_PASS_THROUGH) {
      unit.invalidations().ofPasid(domainId, pasid);
    } else {
      unit.invalidations().domain(domainId);
    }
  }

  /** Has the device drop what it keeps, if it keeps anything. */
  protected void endDeviceTlb(int pasid) {
    if (keepsTranslations) {
      unit.invalidations().device(device, pasid);
    }
  }

  /**
   * Drops the refusals that a unit in caching mode has cached for the PASID: an entry that is not
   * present is tagged with domain id 0, so it is dropped by that. Linux names the new id, which no
   * refusal carries.
   */
  @Clause("INV-018")
  protected void endRefusal(int type, int domainId, int pasid) {
    endEntry(NOT_PRESENT, pasid);
    endTranslations(type, domainId, pasid);
  }

  /** Gives back the tables and the directory, which no context entry names any more. */
  final void free() {
    for (int pasid = 0; pasid < ScalableContexts.pasids(); pasid += PasidEntry.IN_TABLE) {
      long entry = readDirectory(pasid, directory + PasidDirectoryEntry.offset(pasid));
      if (PasidDirectoryEntry.P.isSet(entry)) {
        unit.tables().free(PasidDirectoryEntry.SMPTBLPTR.address(entry));
      }
    }
    unit.tables().free(directory);
  }

  private Memory memory() {
    return unit.memory();
  }

  private Atom read(int pasid, long address) {
    return unit.steps()
        .obtain(
            new ReadPasidTableEntry(unit.index(), device, pasid, address),
            step -> memory().readAtom(step.address()));
  }

  private void write(int pasid, long address, int atom, Atom fields) {
    unit.steps()
        .perform(
            new WritePasidFields(
                unit.index(), device, pasid, atom, address + (long) ATOM_BYTES * atom, fields),
            step -> memory().writeAtom(step.address(), step.fields()));
  }

  private void setPresent(int pasid, long address, long low) {
    unit.steps()
        .perform(
            new SetPasidPresent(unit.index(), device, pasid, address, low),
            step -> memory().writeLong(step.address(), step.low()));
  }

  private void clearPresent(int pasid, long address, long low) {
    unit.steps()
        .perform(
            new ClearPasidPresent(unit.index(), device, pasid, address, low),
            step -> memory().writeLong(step.address(), step.low()));
  }

  private void changeDirtyEnable(int pasid, long address, long low) {
    unit.steps()
        .perform(
            new ChangeDirtyEnable(unit.index(), device, pasid, address, low),
            step -> memory().writeLong(step.address(), step.low()));
  }

  private void changePageSnoop(int pasid, long address, long high) {
    unit.steps()
        .perform(
            new ChangePageSnoop(unit.index(), device, pasid, address + Long.BYTES, high),
            step -> memory().writeLong(step.address(), step.high()));
  }

  private long addressOf(int pasid) {
    return tableOf(pasid) + PasidEntry.offset(pasid);
  }

  /** The table of the PASID, made now if there was none; or no page. */
  private long tableOf(int pasid) {
    long address = directory + PasidDirectoryEntry.offset(pasid);
    while (true) {
      long entry = readDirectory(pasid, address);
      if (PasidDirectoryEntry.P.isSet(entry)) {
        return PasidDirectoryEntry.SMPTBLPTR.address(entry);
      }
      long page = unit.tables().allocate();
      if (page == TableMemory.NO_PAGE || linkTable(pasid, address, page)) {
        return page;
      }
      unit.tables().free(page); // another CPU has linked its table first: that one is used
    }
  }

  private long readDirectory(int pasid, long address) {
    return unit.steps()
        .obtain(
            new ReadPasidDirectoryEntry(unit.index(), device, pasid, address),
            step -> memory().readLong(step.address()));
  }

  private boolean linkTable(int pasid, long address, long page) {
    return unit.steps()
        .obtain(
            new LinkPasidTable(unit.index(), device, pasid, page, address),
            step ->
                memory()
                    .compareAndSetLong(
                        step.address(), 0, PasidDirectoryEntry.present(step.page())));
  }
}
