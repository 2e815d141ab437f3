package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;

import org.iommuref.spec.access.Rid;

/** Root and context entries of legacy mode, and a second stage for most cases. Manual 9.1, 9.3. */
final class LegacyTables {

  static final long P = 1;
  static final long FPD = 1 << 1;
  static final int TT_SHIFT = 2;
  static final int TT_DEVICE_TLB = 1;
  static final int TT_PASS_THROUGH = 2;

  private static final int ENTRY_BYTES = 16;

  private final VtdScene scene;
  private final Script script;

  /** The second stage of the first device in most cases. */
  final Radix stage;

  LegacyTables(VtdScene scene) {
    this.scene = scene;
    this.script = scene.script;
    this.stage = Radix.second(script, scene.facts.levels());
  }

  /** Another second stage. */
  Radix other() {
    return Radix.second(script, scene.facts.levels());
  }

  /** Where the root entry of a bus is. */
  long rootAt(int bus) {
    return scene.root + (long) ENTRY_BYTES * bus;
  }

  void root(int bus, long low, long high) {
    script.put(rootAt(bus), low);
    script.put(rootAt(bus) + Long.BYTES, high);
  }

  /** Where the context entry of a device is; its table is linked if there is none. */
  long contextAt(Rid device) {
    if ((script.at(rootAt(device.bus())) & P) == 0) {
      root(device.bus(), script.page() | P, 0);
    }
    return (script.at(rootAt(device.bus())) & Radix.ADDRESS) + (long) ENTRY_BYTES * device.devfn();
  }

  void context(Rid device, long low, long high) {
    long at = contextAt(device);
    script.put(at + Long.BYTES, high);
    script.put(at, low);
  }

  /** The upper half of a context entry with the width of most cases. */
  long high(int domain) {
    return scene.facts.addressWidth() | (long) domain << 8;
  }

  /** A device translates by a second stage, tagged with a domain id. */
  void attach(Rid device, Radix table, int domain) {
    context(device, table.top() | P, high(domain));
  }

  /** The first device translates by {@link #stage}. */
  void attach() {
    attach(Requester.FIRST.rid(), stage, DOMAIN);
  }
}
