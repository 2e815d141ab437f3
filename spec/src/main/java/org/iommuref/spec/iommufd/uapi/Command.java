package org.iommuref.spec.iommufd.uapi;

import java.util.OptionalInt;

/**
 * A command of ioctl(2).
 *
 * @param name as in the header, as {@code IOMMU_IOAS_MAP}
 * @param number the whole number
 * @param operation the value of the field {@code op}, for an operation of the test interface
 * @param structure what its argument points to; of size 0 if the argument is a plain number
 */
public record Command(String name, int number, OptionalInt operation, Structure structure) {

  /** The structure as a program passes it: its size set, and its operation. */
  public byte[] blank() {
    byte[] bytes = new byte[structure.size()];
    if (structure.fields().containsKey("argsz")) {
      structure.set(bytes, "argsz", structure.size());
    } else if (structure.size() > 0) {
      structure.set(bytes, "size", structure.size());
    }
    operation.ifPresent(op -> structure.set(bytes, "op", op));
    return bytes;
  }
}
