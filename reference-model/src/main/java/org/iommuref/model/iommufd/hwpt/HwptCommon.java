package org.iommuref.model.iommufd.hwpt;

import java.util.Objects;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** The domain of a page table, and where its page faults go. */
public final class HwptCommon {

  private final Kernel kernel;
  private final boolean pasidCompat;
  private @Nullable DomainId domain;
  private @Nullable HwptFault fault;

  HwptCommon(Kernel kernel, boolean pasidCompat) {
    this.kernel = kernel;
    this.pasidCompat = pasidCompat;
  }

  /** Whether it may be used beside PASIDs, and by them. */
  public boolean isPasidCompat() {
    return pasidCompat;
  }

  /** The domain. */
  public DomainId domain() {
    return Objects.requireNonNull(domain);
  }

  void use(DomainId allocated) {
    domain = allocated;
  }

  /** Where page faults go, or null for nowhere. */
  public @Nullable HwptFault fault() {
    return fault;
  }

  void reportTo(HwptFault queue) {
    queue.object().hold(Holder.PAGE_TABLE);
    fault = queue;
    kernel.core().pageFaults().handle(domain(), queue);
  }

  /** Answers the page faults of an attachment that has ended. */
  public void autoRespond(@Nullable AttachHandle handle) {
    if (fault != null && handle != null) {
      fault.autoRespond(handle);
    }
  }

  /** __iommufd_hwpt_destroy. */
  void destroy() {
    if (domain != null) {
      Errno failure = kernel.core().freeDomain(domain).errno();
      kernel.warnings().warnIf(failure != null, "a domain is freed while in use");
    }
    if (fault != null) {
      fault.object().drop(Holder.PAGE_TABLE);
    }
  }
}
