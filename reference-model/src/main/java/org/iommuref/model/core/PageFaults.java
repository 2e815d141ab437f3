package org.iommuref.model.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Brings page requests to those who deal with the domain of the device. Linux:
 * iommu_report_device_fault in io-pgfault.c.
 *
 * <p>Clause area IOPF.
 */
public final class PageFaults {

  private static final int PASID_BITS = 20;

  private final Steps steps;
  private final Footprint footprint;
  private final @Nullable PageRequests driver;
  private final Domains domains;
  private final CoreContext context;
  private final Function<Rid, @Nullable Group> groupOf;
  private final Map<DomainId, PageFaultHandler> handlers = new HashMap<>();
  private final List<PageFaultGroup> raised = new ArrayList<>();
  private final Map<Rid, List<PageRequest>> partial = new HashMap<>();
  private final Map<Rid, Integer> underway = new HashMap<>();

  PageFaults(CoreContext context, Function<Rid, @Nullable Group> groupOf) {
    this.steps = context.environment().steps();
    this.footprint = context.environment().footprint();
    this.driver = context.backend().extension(PageRequests.class).orElse(null);
    this.domains = context.domains();
    this.context = context;
    this.groupOf = groupOf;
    if (driver != null) {
      driver.listen(this::hear);
    }
  }

  /** A request that the driver has found: whoever deals with it answers it, or nobody does here. */
  private boolean hear(Rid device, PageRequest request) {
    Result<Done> reported = report(device, request);
    return reported.isOk() || reported.errno() == Errno.EINVAL;
  }

  /** Gives a domain, which is attached to nothing, its handler. */
  public void handle(DomainId domain, PageFaultHandler handler) {
    handlers.put(domain, handler);
    if (driver != null) {
      driver.expect(domain);
    }
  }

  /**
   * Takes a page request of a device. EINVAL if nobody deals with it, after the device was answered
   * INVALID.
   */
  public Result<Done> report(Rid device, PageRequest request) {
    if (driver == null) {
      return Result.err(Errno.EINVAL);
    }
    count(new FaultStep.BeginReport(device), device, 1);
    Result<Done> reported = report(driver, device, request);
    count(new FaultStep.EndReport(device), device, -1);
    return reported;
  }

  private Result<Done> report(PageRequests driver, Rid device, PageRequest request) {
    Group group = groupOf.apply(device);
    FaultTarget target =
        group == null
            ? null
            : context
                .look(
                    group,
                    new FaultStep.FindFaultHandler(device),
                    step -> Optional.ofNullable(target(driver, group, request)))
                .orElse(null);
    if (target == null || !driver.isTaking(device)) {
      driver.respond(device, request, PageResponse.INVALID);
      return Result.err(Errno.EINVAL);
    }
    if (!request.isLast()) {
      keepPartial(device, request);
      return Result.done();
    }
    collect(driver, device, request, target.handle())
        .filter(faults -> !target.handler().take(faults))
        .ifPresent(faults -> faults.respond(PageResponse.FAILURE));
    return Result.done();
  }

  private void keepPartial(Rid device, PageRequest request) {
    steps.perform(
        new FaultStep.KeepPartial(device, request.group()),
        step -> {
          footprint.write(this, 0);
          partial.computeIfAbsent(step.device(), rid -> new ArrayList<>()).add(request);
        });
  }

  private Optional<PageFaultGroup> collect(
      PageRequests driver, Rid device, PageRequest last, AttachHandle handle) {
    return steps.obtain(
        new FaultStep.CollectGroup(device, last.group()),
        step -> {
          footprint.write(this, 0);
          List<PageRequest> requests = takePartial(step.device(), step.number());
          requests.add(last);
          var group = new PageFaultGroup(steps, footprint, driver, device, handle, requests);
          raised.removeIf(PageFaultGroup::isAnswered);
          raised.add(group);
          return Optional.of(group);
        });
  }

  /** The groups that have no answer yet, as whoever looks on sees them. */
  public List<PageFaultGroup> seenUnanswered() {
    return raised.stream().filter(group -> !group.isAnswered()).toList();
  }

  /**
   * Waits until every page request that a device has raised has been handed on: an attachment that
   * has ended gets no more of them. Linux: what a driver does when it drains its queue.
   */
  public void drain(Rid device) {
    steps.waitFor(
        new FaultStep.DrainReports(device),
        () -> {
          footprint.read(this, 0);
          return underway.getOrDefault(device, 0) == 0;
        });
  }

  private void count(FaultStep step, Rid device, int change) {
    steps.perform(
        step,
        each -> {
          footprint.write(this, 0);
          underway.merge(device, change, Integer::sum);
        });
  }

  void forget(DomainId domain) {
    handlers.remove(domain);
  }

  void forget(Rid device) {
    partial.remove(device);
  }

  private List<PageRequest> takePartial(Rid device, int number) {
    List<PageRequest> waiting = partial.getOrDefault(device, new ArrayList<>());
    List<PageRequest> taken = new ArrayList<>();
    waiting.removeIf(each -> each.group() == number && taken.add(each));
    return taken;
  }

  /** find_fault_handler. */
  private @Nullable FaultTarget target(
      PageRequests pageRequests, Group group, PageRequest request) {
    if (!request.hasPasid()) {
      return target(group.handleOf(null), group.domain());
    }
    Pasid pasid = request.pasid() >>> PASID_BITS == 0 ? new Pasid(request.pasid()) : null;
    if (pasid != null && group.handleOf(pasid) != null) {
      return target(group.handleOf(pasid), group.pasids().get(pasid));
    }
    DomainId domain = group.domain();
    boolean guests = pageRequests.hasUserPasidTable() && domain != null && domains.isNested(domain);
    return guests ? target(group.handleOf(null), domain) : null;
  }

  private @Nullable FaultTarget target(@Nullable AttachHandle handle, @Nullable DomainId domain) {
    PageFaultHandler handler = domain == null ? null : handlers.get(domain);
    return handle == null || handler == null ? null : new FaultTarget(handle, handler);
  }
}
