package org.iommuref.hw.vtd.unit;

import org.iommuref.spec.clause.Clause;

/** The rights of a page: the R and W bits that every entry of its walk has set. Manual 3.7.1. */
public interface Rights {

  /** Reads are admitted; the place of R in an entry. */
  int READ = 1;

  /** Writes are admitted; the place of W in an entry. */
  int WRITE = 2;

  /** What is left of the rights so far when another entry was read. */
  @Clause("VTD-011")
  default int narrow(int soFar, long entry) {
    return soFar & (int) entry & (READ | WRITE);
  }
}
