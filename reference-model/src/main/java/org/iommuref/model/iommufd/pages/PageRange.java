package org.iommuref.model.iommufd.pages;

/** A range of pages that somebody needs: from {@code first} to {@code last}, both included. */
public final class PageRange {

  private final long first;
  private final long last;

  /** A range by the indexes of its pages. */
  public PageRange(long first, long last) {
    this.first = first;
    this.last = last;
  }

  /** The first page. */
  public long first() {
    return first;
  }

  /** The last page. */
  public long last() {
    return last;
  }

  boolean meets(long from, long to) {
    return first <= to && last >= from;
  }

  boolean holds(long index) {
    return first <= index && index <= last;
  }

  @Override
  public String toString() {
    return "pages " + first + " to " + last;
  }
}
