package org.iommuref.model.iommufd.pages;

/**
 * Pages that lie in adjacent frames.
 *
 * @param index of the first page
 * @param frame its frame
 * @param count how many pages
 */
public record FrameRun(long index, long frame, long count) {
  @Override
  public String toString() {
    return count + " from " + index + " in " + frame;
  }
}
