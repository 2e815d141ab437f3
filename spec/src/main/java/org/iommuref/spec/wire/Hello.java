package org.iommuref.spec.wire;

/**
 * The first request: the runner says what it speaks, the child introduces itself.
 *
 * @param protocol the version of the wire
 * @param seam which seam's operations follow
 * @param window how many requests the runner would send before it waits for a reply
 * @param lineLimit the longest line that the runner takes, in bytes without its end
 */
public record Hello(int protocol, int seam, int window, int lineLimit)
    implements Control<Introduction> {

  /** The version of the wire that this library speaks. */
  public static final int PROTOCOL = 1;

  /** The seam between driver and unit. */
  public static final int UNIT_SEAM = 1;

  /** The seam between IOMMU core and driver. */
  public static final int BACKEND_SEAM = 2;

  /** The seam between programs and iommufd. */
  public static final int IOMMUFD_SEAM = 3;

  /** No end may ask for shorter lines than this, in bytes: every message of seams 1 and 2 fits. */
  public static final int LEAST_LINE_LIMIT = 1024;

  @Override
  public String op() {
    return "hello";
  }

  @Override
  public Class<Introduction> yields() {
    return Introduction.class;
  }
}
