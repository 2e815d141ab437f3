package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** What one (RID, optional PASID) is attached to, and was. */
final class DeviceState {

  /**
   * A return to the core's domain that the driver refused. GRP-017.
   *
   * @param from the domain that the device should have left
   * @param mayStay whether it may be in that domain still: there is no blocking domain to put it
   *     on, or that is the one that was refused
   */
  record FailedReturn(DomainState from, boolean mayStay) {}

  @Nullable DomainState domain;
  final List<DomainState> former = new ArrayList<>();

  /** The errno with which its next attach will fail, or null. */
  @Nullable Errno failure;

  /** The return behind which it has not moved, or null. */
  @Nullable FailedReturn failedReturn;

  void moveTo(@Nullable DomainState next) {
    if (domain != null) {
      former.add(domain);
    }
    domain = next;
    failedReturn = null;
  }

  /** Whether it may be in a domain that it should have left. */
  boolean mayStayIn(DomainState left) {
    return failedReturn != null && failedReturn.mayStay() && failedReturn.from() == left;
  }

  /** Uses up the errno with which an attach was made to fail, or null. */
  @Nullable Errno takeFailure() {
    Errno taken = failure;
    failure = null;
    return taken;
  }

  /** A return to the core's domain was refused: the device is blocked, or where it was. */
  void failToReturn(DomainState blocking, boolean mayStay) {
    DomainState from = Objects.requireNonNull(domain);
    moveTo(blocking);
    failedReturn = new FailedReturn(from, mayStay);
  }
}
