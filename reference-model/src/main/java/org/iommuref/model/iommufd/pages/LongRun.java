package org.iommuref.model.iommufd.pages;

import java.util.Arrays;

/** A list of numbers that grows. */
final class LongRun {

  private long[] numbers = new long[16];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  long[] toArray() {
    return Arrays.copyOf(numbers, size);
  }
}
