package org.iommuref.hw.radix;

import org.iommuref.spec.backend.Prot;

/** A format that is another one in all that it does not declare anew. */
public interface AlteredFormat extends TableFormat {

  /** The other one. */
  TableFormat original();

  @Override
  default int levels() {
    return original().levels();
  }

  @Override
  default int shift(int level) {
    return original().shift(level);
  }

  @Override
  default int indexBits(int level) {
    return original().indexBits(level);
  }

  @Override
  default long pageSizes() {
    return original().pageSizes();
  }

  @Override
  default int inputBits() {
    return original().inputBits();
  }

  @Override
  default int outputBits() {
    return original().outputBits();
  }

  @Override
  default EntryKind kind(long entry, int level) {
    return original().kind(entry, level);
  }

  @Override
  default long address(long entry, int level) {
    return original().address(entry, level);
  }

  @Override
  default long link(long table, int level) {
    return original().link(table, level);
  }

  @Override
  default long leaf(long page, Prot prot, int level) {
    return original().leaf(page, prot, level);
  }

  @Override
  default long dirty() {
    return original().dirty();
  }
}
