package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;

import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.spec.access.Rid;

/**
 * Root entries, context entries, PASID directories and PASID tables of scalable mode. Manual 9.2,
 * 9.4 to 9.6.
 */
final class ScalableTables {

  static final long P = 1;
  static final long FPD = 1 << 1;
  static final long DTE = 1 << 2;
  static final long PASIDE = 1 << 3;
  static final long PRE = 1 << 4;
  static final long EPTR = 1 << 6;
  static final long PDTS = 7 << 9;
  static final long RID_PRIV = 1 << 20;

  /** A PASID that requests carry. */
  static final int PASID = 0x123;

  private static final int RID_PASID = 7;
  private static final int UPPER_DEVICES = 128;
  private static final int CONTEXT_BYTES = 32;
  private static final int ROOT_BYTES = 16;
  private static final int PASIDS_PER_TABLE = 64;
  private static final int ENTRY_BYTES = 64;

  private final VtdScene scene;
  private final Script script;
  private final VtdFacts facts;

  ScalableTables(VtdScene scene) {
    this.scene = scene;
    this.script = scene.script;
    this.facts = scene.facts;
  }

  /** The PASID of requests without one. */
  int ridPasid() {
    return facts.has(Feature.RPS) ? RID_PASID : 0;
  }

  /** Where the half of the root entry of a device is. */
  long rootAt(Rid device) {
    return scene.root
        + (long) ROOT_BYTES * device.bus()
        + (device.devfn() >= UPPER_DEVICES ? Long.BYTES : 0);
  }

  /** Where the context entry of a device is; its table is linked if there is none. */
  long contextAt(Rid device) {
    long root = rootAt(device);
    if ((script.at(root) & P) == 0) {
      script.put(root, script.page() | P);
    }
    return (script.at(root) & Radix.ADDRESS)
        + (long) CONTEXT_BYTES * (device.devfn() % UPPER_DEVICES);
  }

  /** Where the context entry of the first device is. */
  long contextAt() {
    return contextAt(Requester.FIRST.rid());
  }

  /** A context entry with an empty PASID directory of 128 entries, for requests of all kinds. */
  void context(Rid device) {
    long at = contextAt(device);
    long features =
        (facts.has(Feature.PASID) ? PASIDE : 0)
            | (facts.has(Feature.DT) ? DTE : 0)
            | (facts.has(Feature.PRS) ? PRE : 0)
            | (facts.has(Feature.PTRS) ? EPTR : 0);
    script.put(at + Long.BYTES, ridPasid());
    script.put(at, script.page() | P | features);
  }

  /** Where the directory entry of a PASID is. */
  long directoryAt(Rid device, int pasid) {
    long at = contextAt(device);
    if ((script.at(at) & P) == 0) {
      context(device);
    }
    return (script.at(at) & Radix.ADDRESS) + (long) Long.BYTES * (pasid / PASIDS_PER_TABLE);
  }

  /** Where the entry of a PASID is; its table is linked if there is none. */
  long pasidAt(Rid device, int pasid) {
    long directory = directoryAt(device, pasid);
    if ((script.at(directory) & P) == 0) {
      script.put(directory, script.page() | P);
    }
    return (script.at(directory) & Radix.ADDRESS) + (long) ENTRY_BYTES * (pasid % PASIDS_PER_TABLE);
  }

  /** Where the entry of the first device for requests without PASID is. */
  long entryAt() {
    return pasidAt(Requester.FIRST.rid(), ridPasid());
  }

  /** Writes an entry, the quadword with P last. */
  void put(Rid device, int pasid, long[] entry) {
    long at = pasidAt(device, pasid);
    for (int i = entry.length - 1; i >= 0; i--) {
      if (script.at(at + (long) Long.BYTES * i) != entry[i]) {
        script.put(at + (long) Long.BYTES * i, entry[i]);
      }
    }
  }

  /** Writes the entry of the first device for requests without PASID. */
  void put(long[] entry) {
    put(Requester.FIRST.rid(), ridPasid(), entry);
  }

  // Entries.

  private long[] entry(int type, int domain) {
    long[] entry = new long[PasidFields.QUADWORDS];
    PasidFields.P.put(entry, 1);
    PasidFields.PGTT.put(entry, type);
    PasidFields.DID.put(entry, domain);
    if (facts.has(Feature.SMPWCS)) {
      PasidFields.PWSNP.put(entry, 1);
    }
    return entry;
  }

  /** Translates by a first stage. */
  long[] firstStage(Radix table, int domain) {
    long[] entry = entry(PasidFields.FIRST_STAGE, domain);
    entry[2] |= table.top();
    PasidFields.FSPM.put(entry, table.levels() - 4L);
    if (facts.firstStageWantsWidth()) {
      PasidFields.AW.put(entry, table.levels() - 2L);
    }
    return entry;
  }

  /** Translates by a second stage. */
  long[] secondStage(Radix table, int domain) {
    long[] entry = entry(PasidFields.SECOND_STAGE, domain);
    PasidFields.AW.put(entry, table.levels() - 2L);
    entry[0] |= table.top();
    return entry;
  }

  /** Translates by a first stage nested on a second one. */
  long[] nested(Radix first, Radix second, int domain) {
    long[] entry = secondStage(second, domain);
    PasidFields.PGTT.put(entry, PasidFields.NESTED);
    PasidFields.FSPM.put(entry, first.levels() - 4L);
    entry[2] |= first.top();
    return entry;
  }

  /** Leaves addresses as they are. */
  long[] passThrough(int domain) {
    return entry(PasidFields.PASS_THROUGH, domain);
  }

  /** A new first stage of four levels. */
  Radix first() {
    return Radix.first(script, 4);
  }

  /** A new second stage of the levels of most cases. */
  Radix second() {
    return Radix.second(script, facts.levels());
  }

  /**
   * An entry of the first kind that the unit has of: second stage, first stage. It maps {@link
   * VtdScene#IOVA} to a data page.
   */
  long[] mapping(int number, int domain) {
    boolean second = facts.has(Feature.SSTS);
    Radix table = second ? second() : first();
    table.map(VtdScene.IOVA, scene.page(number));
    return second ? secondStage(table, domain) : firstStage(table, domain);
  }

  /** The same in the domain of most cases. */
  long[] mapping(int number) {
    return mapping(number, DOMAIN);
  }

  /** The reason for which a read of an address that no entry maps is refused. */
  int absent() {
    return facts.has(Feature.SSTS) ? 0x79 : 0x71;
  }
}
