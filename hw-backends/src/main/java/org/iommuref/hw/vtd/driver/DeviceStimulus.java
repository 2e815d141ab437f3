package org.iommuref.hw.vtd.driver;

import java.util.List;
import java.util.stream.IntStream;
import org.iommuref.hw.device.Endpoints;
import org.iommuref.hw.vtd.driver.DriverStep.DevicesSettled;
import org.iommuref.hw.vtd.driver.DriverStep.FetchPageAnswers;
import org.iommuref.hw.vtd.driver.DriverStep.RaisePageRequest;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.AskingDevices;
import org.iommuref.spec.backend.KeepingDevices;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.MessagingUnit;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.TranslationCompletion;
import org.jspecify.annotations.Nullable;

/**
 * What the devices in front of the units can be made to do: ask for pages, miss an invalidation, go
 * away.
 */
final class DeviceStimulus implements AskingDevices, KeepingDevices {

  private static final int SUCCESS = 0;
  private static final int INVALID = 1;

  private final List<MessagingUnit> hardware;
  private final List<UnitDriver> units;
  private final Endpoints endpoints;
  private final DevicePageRequests requests;
  private final DeviceRequests bus;
  private final Steps steps;

  DeviceStimulus(
      List<MessagingUnit> hardware,
      List<UnitDriver> units,
      Endpoints endpoints,
      DevicePageRequests requests,
      DeviceRequests bus,
      Steps steps) {
    this.bus = bus;
    this.hardware = hardware;
    this.units = units;
    this.endpoints = endpoints;
    this.requests = requests;
    this.steps = steps;
  }

  /** {@inheritDoc} A device whose page requests are off asks for nothing. */
  @Override
  public void ask(PageRequestMessage request) {
    steps.perform(
        new RaisePageRequest(endpoints.unitOf(request.rid()), request),
        step -> {
          if (endpoints.usesPri(step.request().rid())) {
            hardware.get(step.unit()).pageRequest(step.request());
          }
        });
    settle();
  }

  @Override
  public void interrupt() {
    units.forEach(unit -> unit.pageRequests().take(requests.listener()));
  }

  @Override
  public List<Answer> answers(Rid device) {
    settle();
    return steps
        .obtain(new FetchPageAnswers(device), step -> endpoints.responses(step.device()))
        .stream()
        .map(sent -> new Answer(sent.pasid(), sent.group(), response(sent.code())))
        .toList();
  }

  private static PageResponse response(int code) {
    return switch (code) {
      case SUCCESS -> PageResponse.SUCCESS;
      case INVALID -> PageResponse.INVALID;
      default -> PageResponse.FAILURE;
    };
  }

  private void settle() {
    steps.waitFor(new DevicesSettled(), this::isSettled);
  }

  private boolean isSettled() {
    return IntStream.range(0, endpoints.machines()).noneMatch(endpoints::enabled)
        && hardware.stream()
            .allMatch(unit -> IntStream.range(0, unit.machines()).noneMatch(unit::enabled));
  }

  @Override
  public void behave(Rid device, Manner manner) {
    switch (manner) {
      case MISS_INVALIDATION -> endpoints.missNext(device);
      case GO_AWAY -> endpoints.unplug(device);
      case ASK_AT_ONCE -> endpoints.askAtOnce(device);
      case COMPLETE_LATE -> endpoints.completeLate(device);
    }
  }

  @Override
  public Translation translation(Rid device, @Nullable Pasid pasid, Iova page) {
    TranslationCompletion given = bus.translation(endpoints.unitOf(device), device, pasid, page);
    return new Translation(given.read(), given.write(), given.snooped());
  }

  @Override
  public Control control(Rid device) {
    return new Control(
        endpoints.usesAts(device),
        endpoints.usesPri(device),
        endpoints.unsupported(device),
        endpoints.hadPriAlone(device),
        endpoints.wasOverrun(device));
  }
}
