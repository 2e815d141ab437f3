package org.iommuref.model.iommufd.eventq;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.function.IntFunction;
import org.iommuref.model.check.Checks;
import org.iommuref.model.core.PageFaultGroup;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** One answer that is written to a queue of page requests: struct iommu_hwpt_page_response. */
public final class PageResponseWrite {

  /** In bytes. */
  static final int SIZE = 8;

  /** Codes of an answer. Linux: enum iommufd_page_response_code. */
  private static final int SUCCESS = 0;

  private static final int INVALID = 1;

  /** What keeps an answer from being taken; the last takes the group out of the queue. */
  public static final CheckList<PageResponseWrite> CHECKS =
      new CheckList<>(
          "iommufd_fault_fops_write",
          Checks.<PageResponseWrite>inOrder()
              .needs("IOPF-023", "it cannot be read", w -> w.bytes == null, Errno.EFAULT)
              .when("IOPF-024", "the code is unknown", PageResponseWrite::isUnknown, Errno.EINVAL)
              .needs("IOPF-025", "nothing waits for it", w -> !w.takesGroup(), Errno.EINVAL));

  private final byte @Nullable [] bytes;
  private final IntFunction<Optional<PageFaultGroup>> erase;
  private Optional<PageFaultGroup> group = Optional.empty();

  /**
   * An answer.
   *
   * @param bytes of the structure; null if they cannot be read
   * @param erase takes the group of a cookie out of the queue
   */
  PageResponseWrite(byte @Nullable [] bytes, IntFunction<Optional<PageFaultGroup>> erase) {
    this.bytes = bytes;
    this.erase = erase;
  }

  /** Answers the group that was taken out. */
  void respond() {
    PageResponse response = number(4) == SUCCESS ? PageResponse.SUCCESS : PageResponse.INVALID;
    group.ifPresent(taken -> taken.respond(response));
  }

  private boolean isUnknown() {
    return number(4) != SUCCESS && number(4) != INVALID;
  }

  private boolean takesGroup() {
    group = erase.apply(number(0));
    return group.isPresent();
  }

  private int number(int at) {
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }
}
