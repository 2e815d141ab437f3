package org.iommuref.conformance.qemu;

import org.iommuref.spec.access.Rid;

/** PCI configuration space; registers are 4 bytes wide. */
interface ConfigSpace {

  /** Reads the register at {@code offset}, a multiple of 4. */
  int read(Rid function, int offset);

  /** Writes the register at {@code offset}, a multiple of 4. */
  void write(Rid function, int offset, int value);

  /** The configuration space of x86: address port CF8h, data port CFCh. */
  static ConfigSpace ofPorts(Qtest qtest) {
    return new ConfigSpace() {
      private static final int ADDRESS = 0xcf8;
      private static final int DATA = 0xcfc;
      private static final int ENABLE = 1 << 31;

      @Override
      public int read(Rid function, int offset) {
        select(function, offset);
        return qtest.readPort(DATA);
      }

      @Override
      public void write(Rid function, int offset, int value) {
        select(function, offset);
        qtest.writePort(DATA, value);
      }

      private void select(Rid function, int offset) {
        qtest.writePort(ADDRESS, ENABLE | function.value() << 8 | offset);
      }
    };
  }
}
