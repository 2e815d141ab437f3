package org.iommuref.hw.vtd.layout;

import org.iommuref.spec.memory.Memory.Atom;

/** The root entry of legacy mode: 16 bytes, one for each bus, 256 in a page. Manual 9.1. */
public final class RootEntry {

  /** Bytes of an entry. */
  public static final int BYTES = 16;

  /** P: the entry names a context table. */
  public static final Field P = Field.bit("P", 0, "present");

  /** CTP: the context table of the bus, in bytes. */
  public static final Field CTP = Field.of("CTP", 63, 12, "context-table pointer");

  /** All fields. */
  public static final Layout LAYOUT = Layout.of("root entry", 128, P, CTP);

  private RootEntry() {}

  /** An entry that names the context table at {@code contextTable}, in bytes. */
  public static Atom present(long contextTable) {
    return new Atom(CTP.address(contextTable) | P.mask(), 0);
  }

  /** Where the entry of a bus lies, in bytes from the root table. */
  public static long offset(int bus) {
    return (long) bus * BYTES;
  }
}
