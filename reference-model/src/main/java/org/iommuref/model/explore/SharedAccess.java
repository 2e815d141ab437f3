package org.iommuref.model.explore;

/**
 * One access to shared state.
 *
 * @param space the memory, register file or list
 * @param address in the unit of the space; bytes for memory
 * @param write whether it may change what is there
 */
public record SharedAccess(Object space, long address, boolean write) {

  /** Whether the order of this access and {@code other} can matter. */
  public boolean conflictsWith(SharedAccess other) {
    return space == other.space && address == other.address && (write || other.write);
  }

  @Override
  public String toString() {
    return (write ? "write of 0x" : "read of 0x")
        + Long.toHexString(address)
        + " in "
        + space.getClass().getSimpleName();
  }
}
