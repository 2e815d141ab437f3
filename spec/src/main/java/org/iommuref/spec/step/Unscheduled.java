package org.iommuref.spec.step;

/** Hardware that moves by itself, as that of another process does: no schedule moves it. */
public interface Unscheduled extends Hardware {

  @Override
  default int machines() {
    return 0;
  }

  @Override
  default boolean enabled(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  default void advance(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  default String machineName(int index) {
    throw new IndexOutOfBoundsException(index);
  }
}
