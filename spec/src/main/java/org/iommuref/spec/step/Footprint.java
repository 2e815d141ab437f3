package org.iommuref.spec.step;

/**
 * Hears of every access to shared state, and throws if it is made outside a step.
 *
 * <p>Memory, registers and shared lists report here. The pairs (space, address) of a step are its
 * footprint: two steps with disjoint footprints are independent.
 */
public interface Footprint {

  /** Nobody listens. */
  Footprint NONE =
      new Footprint() {
        @Override
        public void read(Object space, long address) {}

        @Override
        public void write(Object space, long address) {}
      };

  /** The running step reads {@code address} of {@code space}. */
  void read(Object space, long address);

  /** The running step writes {@code address} of {@code space}. */
  void write(Object space, long address);

  /** The running step reads the 16 bytes at {@code address} of {@code space} in one access. */
  default void readAtom(Object space, long address) {
    read(space, address);
    read(space, address + 8);
  }

  /** The running step writes the 16 bytes at {@code address} of {@code space} in one access. */
  default void writeAtom(Object space, long address) {
    write(space, address);
    write(space, address + 8);
  }
}
