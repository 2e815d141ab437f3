package org.iommuref.conformance.cases.vtd;

import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.unit.call.DeviceCall.Interrupt;
import org.iommuref.spec.unit.call.Expect;

/**
 * Interrupt remapping on, by a table of 256 entries; translation is on too.
 *
 * @param scene the scene
 * @param table where the table is
 */
record Remapping(VtdScene scene, long table) {

  /** Where the addresses begin that are interrupts. */
  static final long INTERRUPTS = 0xfee0_0000L;

  static final int INDEX = 5;
  static final int SIZE = 7;
  static final long P = 1;
  static final long FPD = 2;

  /** Of the data of a message: asserted. */
  static final int ASSERTED = 1 << 14;

  private static final long APIC = 0x3400;
  private static final long TO_APIC = 0xfee3_4000L;
  private static final Rid FIRST = Requester.FIRST.rid();

  static Remapping of(String clause, String name, VtdFacts facts, long mode) {
    VtdScene scene = new VtdScene(clause, name, facts);
    long table = scene.page();
    scene.needs(Capability.STIMULUS_INTERRUPT).only(facts.has(Feature.IR));
    scene.only(!facts.has(Feature.EIMER) || mode != 0);
    scene.start().write64(Registers.IRTA, table | mode | SIZE).command(Registers.SIRTP);
    scene.submit(Descriptors.allInterruptEntries());
    scene.level(Registers.IRE, true).then();
    return new Remapping(scene, table);
  }

  static Remapping of(String clause, String name, VtdFacts facts) {
    return of(clause, name, facts, 0);
  }

  /** Writes an entry and drops what is cached. */
  Remapping entry(int at, long low, long high) {
    put(at, low, high);
    scene.submit(Descriptors.allInterruptEntries());
    return this;
  }

  void put(int at, long low, long high) {
    scene.put(table + 16L * at + 8, high);
    scene.put(table + 16L * at, low);
  }

  Remapping sends(Rid rid, long address, int data, Expect message) {
    scene.add(new Interrupt(rid, address, data, Expect.ANY)).sent(message);
    return this;
  }

  Remapping sends(int handle, Expect message) {
    return sends(FIRST, address(handle), 0, message);
  }

  Remapping refuses(int handle, int reason) {
    sends(handle, Messages.NONE).scene.recorded(reason);
    return this;
  }

  /** The entry at {@link #INDEX} must be refused for that reason. */
  Remapping refusesAs(long low, long high, int reason) {
    return entry(INDEX, low, high).refuses(INDEX, reason);
  }

  /**
   * The entry at {@link #INDEX} must be refused for its reserved SVT: as a reserved value (24h), or
   * as a requester that it does not admit (26h), which is looked at first. Manual 5.1.4.
   */
  Remapping refusesAsValue(long low, long high) {
    entry(INDEX, low, high).sends(INDEX, Messages.NONE);
    long eitherReason = 1L << 31 | (0xff & ~(0x24 ^ 0x26));
    scene.expect32(Registers.FSTS, Registers.PPF | Registers.PFO, Registers.PPF);
    scene.expect32(scene.records().next() + 12, eitherReason, 1L << 31 | 0x24).giveBack();
    return this;
  }

  /** The same entry with FPD must leave no record; that it is refused, other cases show. */
  Remapping silences(long low, long high) {
    entry(INDEX, low | FPD, high).sends(INDEX, Expect.ANY).scene.nothingRecorded();
    return this;
  }

  Case end() {
    return scene.end();
  }

  static long address(int handle) {
    return INTERRUPTS | 1 << 4 | (handle & 0x7fffL) << 5 | (long) (handle >>> 15) << 2;
  }

  static long remapped(int vector) {
    return P | (long) vector << 16 | APIC << 32;
  }

  static long postedLow(long descriptor) {
    return P | 1 << 15 | 0x41 << 16 | (descriptor & 0xffff_ffc0L) << 32;
  }

  /** A remapped interrupt is sent as asserted, by edge or level. Manual 5.1.4. */
  static Expect message(int vector) {
    return Messages.interrupt(TO_APIC, vector | ASSERTED);
  }

  /** A notification is asserted too. Manual 5.2.3. */
  static Expect notification(int vector) {
    return Messages.interrupt(TO_APIC, vector | ASSERTED);
  }
}
