package org.iommuref.model.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * Brings the fault records of the hardware to those who use the domains. Linux:
 * iommu_set_fault_handler, report_iommu_fault.
 *
 * <p>A domain has one handler at most. Clause area FREC.
 */
public final class FaultReporter {

  private final IommuBackend backend;
  private final Function<FaultRecord, @Nullable DomainId> domainOf;
  private final Map<DomainId, FaultHandler> handlers = new HashMap<>();

  FaultReporter(IommuBackend backend, Function<FaultRecord, @Nullable DomainId> domainOf) {
    this.backend = backend;
    this.domainOf = domainOf;
  }

  /** Gives a domain its handler; EBUSY if it has one. */
  public Result<Done> handle(DomainId domain, FaultHandler handler) {
    return handlers.putIfAbsent(domain, handler) == null ? Result.done() : Result.err(Errno.EBUSY);
  }

  /**
   * Reads and clears the fault records, and hands each to its domain's handler; what nobody dealt
   * with is returned.
   */
  public FaultLog deliver() {
    FaultLog log = backend.takeFaults();
    List<FaultRecord> left = new ArrayList<>();
    for (FaultRecord fault : log.records()) {
      if (!isHandled(fault)) {
        left.add(fault);
      }
    }
    return new FaultLog(left, log.overflow());
  }

  void forget(DomainId domain) {
    handlers.remove(domain);
  }

  private boolean isHandled(FaultRecord fault) {
    DomainId domain = domainOf.apply(fault);
    FaultHandler handler = domain == null ? null : handlers.get(domain);
    return domain != null && handler != null && handler.handle(domain, fault);
  }
}
