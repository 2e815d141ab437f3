package org.iommuref.hw.radix;

/** What an entry of a table leads to. */
public enum EntryKind {
  /** Nothing: an access that meets it is refused. */
  EMPTY,
  /** A table of the next level below. */
  TABLE,
  /** A page. */
  LEAF
}
