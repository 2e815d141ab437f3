package org.iommuref.model.explore;

/** When writes of a software thread to memory are seen by others. */
public enum StoreOrder {
  /** At once: the memory is sequentially consistent. */
  SEQUENTIAL,
  /** In the order in which the thread made them, some time later: total store order, as on x86. */
  TOTAL,
  /**
   * In any order but for writes to the same eight bytes, some time later, as Arm and RISC-V allow.
   * Reads are made in the order of the program, which is more than those promise.
   */
  UNORDERED
}
