package org.iommuref.model.iommufd.pagetable;

import java.util.Objects;
import org.iommuref.model.iommufd.pages.Pages;
import org.jspecify.annotations.Nullable;

/**
 * A slice of pages that is to become an area. Linux: struct iopt_pages_list.
 *
 * <p>It holds a reference to the pages until the area takes it over.
 */
public final class PagesSlice {

  private final long startByte;
  private final long length;
  private @Nullable Pages pages;
  private @Nullable Area area;

  /** A slice that begins {@code startByte} bytes behind the beginning of its pages. */
  public PagesSlice(Pages pages, long startByte, long length) {
    this.pages = pages;
    this.startByte = startByte;
    this.length = length;
  }

  Pages pages() {
    return Objects.requireNonNull(pages);
  }

  long startByte() {
    return startByte;
  }

  long length() {
    return length;
  }

  /** Where its first byte lies in the source of the pages. */
  long address() {
    return pages().source().base() + startByte;
  }

  Area area() {
    return Objects.requireNonNull(area);
  }

  boolean hasArea() {
    return area != null;
  }

  void become(Area made) {
    area = made;
  }

  /** The area has taken the pages over. */
  void handOver() {
    area().publish(pages());
    pages = null;
    area = null;
  }

  /** Gives up what has not been handed over. */
  public void free() {
    if (area != null) {
      area.table().abort(area);
      area = null;
    }
    if (pages != null) {
      pages.put();
      pages = null;
    }
  }
}
