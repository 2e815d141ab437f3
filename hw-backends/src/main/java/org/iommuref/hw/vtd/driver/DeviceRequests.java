package org.iommuref.hw.vtd.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.iommuref.hw.device.Endpoints;
import org.iommuref.hw.vtd.driver.DriverStep.CountInvalidations;
import org.iommuref.hw.vtd.driver.DriverStep.EndTranslated;
import org.iommuref.hw.vtd.driver.DriverStep.FetchAnswer;
import org.iommuref.hw.vtd.driver.DriverStep.FetchCompletion;
import org.iommuref.hw.vtd.driver.DriverStep.HoldRequest;
import org.iommuref.hw.vtd.driver.DriverStep.KeepTranslation;
import org.iommuref.hw.vtd.driver.DriverStep.LookUpDeviceTlb;
import org.iommuref.hw.vtd.driver.DriverStep.RaiseBusRequest;
import org.iommuref.hw.vtd.driver.DriverStep.RaiseRequest;
import org.iommuref.hw.vtd.driver.DriverStep.ReleaseRequest;
import org.iommuref.hw.vtd.driver.DriverStep.RequestAnswered;
import org.iommuref.hw.vtd.driver.DriverStep.UnitSettled;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.BusRequest;
import org.iommuref.spec.unit.BusUnit;
import org.iommuref.spec.unit.IommuUnit;
import org.iommuref.spec.unit.TranslationCompletion;
import org.jspecify.annotations.Nullable;

/**
 * The devices in front of the units, as far as they raise requests and wait for their answers.
 *
 * <p>A request that is held waits in its unit between translation and effect (INV-002). A unit has
 * a limited number of slots: when all are taken, the request held longest takes effect first, as
 * hardware is free to let it at any time.
 */
final class DeviceRequests {

  private final List<IommuUnit> units;
  private final Endpoints endpoints;
  private final Steps steps;
  private final Map<Integer, Held> held = new LinkedHashMap<>();

  private record Held(int unit, int slot, @Nullable AccessOutcome outcome) {}

  DeviceRequests(List<IommuUnit> units, Endpoints endpoints, Steps steps) {
    this.units = List.copyOf(units);
    this.endpoints = endpoints;
    this.steps = steps;
  }

  /**
   * Makes an access. A device that uses ATS goes by a translation that it keeps; if it keeps none
   * and is given none, its access goes untranslated, so that a refusal is recorded.
   */
  AccessOutcome access(int unit, DeviceAccess access) {
    if (!endpoints.exist() || access.kind() == AccessKind.ZERO_LENGTH_READ) {
      return answer(unit, raise(unit, access));
    }
    long address = lookUp(access);
    if (address == Endpoints.NONE) {
      askFor(unit, access);
      address = lookUp(access);
    }
    return address < 0 ? answer(unit, raise(unit, access)) : translated(unit, access, address);
  }

  private long lookUp(DeviceAccess access) {
    return steps.obtain(
        new LookUpDeviceTlb(access),
        step ->
            endpoints.begin(
                step.access().rid(),
                step.access().pasid(),
                step.access().iova().bytes(),
                step.access().kind()));
  }

  private void askFor(int unit, DeviceAccess access) {
    int before =
        steps.obtain(
            new CountInvalidations(access.rid()), step -> endpoints.invalidations(step.device()));
    Pasid pasid = access.pasid();
    TranslationCompletion given = translation(unit, access.rid(), pasid, access.iova());
    if (given.read() || given.write()) {
      steps.perform(
          new KeepTranslation(access, before),
          step -> endpoints.keep(access.rid(), pasid, access.iova().bytes(), given, step.before()));
    }
  }

  /** What a device is given that asks for a translation. */
  TranslationCompletion translation(int unit, Rid device, @Nullable Pasid pasid, Iova page) {
    BusRequest plain = BusRequest.translationOf(device, page);
    int slot = raise(unit, pasid == null ? plain : plain.with(pasid));
    steps.waitFor(new RequestAnswered(unit, slot), () -> units.get(unit).isAnswered(slot));
    return steps.obtain(
        new FetchCompletion(unit, slot),
        step -> Objects.requireNonNull(bus(step.unit()).completion(step.slot())));
  }

  private AccessOutcome translated(int unit, DeviceAccess access, long address) {
    BusRequest request =
        new BusRequest(
            access.rid(),
            null,
            false,
            AddressType.TRANSLATED,
            address,
            access.kind(),
            access.value(),
            false);
    AccessOutcome outcome = answer(unit, raise(unit, request));
    steps.perform(new EndTranslated(access.rid()), step -> endpoints.end(step.device()));
    return outcome;
  }

  private int raise(int unit, BusRequest request) {
    while (true) {
      int slot =
          steps.obtain(
              new RaiseBusRequest(unit, request), step -> bus(step.unit()).request(step.request()));
      if (slot >= 0) {
        return slot;
      }
      finishOldest(unit);
    }
  }

  private BusUnit bus(int unit) {
    return (BusUnit) units.get(unit);
  }

  /** Raises a request and returns when it is translated. */
  void issue(int token, int unit, DeviceAccess access) {
    int raised = raise(unit, access);
    steps.perform(new HoldRequest(unit, raised), step -> units.get(step.unit()).hold(step.slot()));
    held.put(token, new Held(unit, raised, null));
    steps.waitFor(new UnitSettled(unit), () -> isSettled(units.get(unit)));
  }

  /** Lets the request of that token take effect, if it has not yet. */
  AccessOutcome finish(int token) {
    Held request = held.remove(token);
    if (request == null) {
      throw new IllegalArgumentException("no access was issued with token " + token);
    }
    return request.outcome == null ? release(request) : request.outcome;
  }

  private AccessOutcome release(Held request) {
    steps.perform(
        new ReleaseRequest(request.unit, request.slot),
        step -> units.get(step.unit()).release(step.slot()));
    return answer(request.unit, request.slot);
  }

  private int raise(int unit, DeviceAccess access) {
    while (true) {
      int slot =
          steps.obtain(
              new RaiseRequest(unit, access),
              step -> units.get(step.unit()).request(step.access()));
      if (slot >= 0) {
        return slot;
      }
      finishOldest(unit);
    }
  }

  private void finishOldest(int unit) {
    for (Map.Entry<Integer, Held> entry : held.entrySet()) {
      Held request = entry.getValue();
      if (request.unit == unit && request.outcome == null) {
        entry.setValue(new Held(unit, request.slot, release(request)));
        return;
      }
    }
    throw new IllegalStateException("every request slot of unit " + unit + " is taken");
  }

  private AccessOutcome answer(int unit, int slot) {
    steps.waitFor(new RequestAnswered(unit, slot), () -> units.get(unit).isAnswered(slot));
    return steps.obtain(
        new FetchAnswer(unit, slot),
        step -> Objects.requireNonNull(units.get(step.unit()).answer(step.slot())));
  }

  private static boolean isSettled(IommuUnit unit) {
    return IntStream.range(0, unit.machines()).noneMatch(unit::enabled);
  }
}
