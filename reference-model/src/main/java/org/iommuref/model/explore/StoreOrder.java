package org.iommuref.model.explore;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

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
  UNORDERED;

  /** The order of that name, in small letters. */
  public static Optional<StoreOrder> named(String word) {
    return Arrays.stream(values()).filter(order -> order.word().equals(word)).findFirst();
  }

  /** Its name in small letters. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of all, for a message. */
  public static String words() {
    return Arrays.stream(values()).map(StoreOrder::word).collect(Collectors.joining(", "));
  }
}
