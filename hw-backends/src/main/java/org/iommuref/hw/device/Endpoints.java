package org.iommuref.hw.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.iommuref.hw.event.CompleteDeviceInvalidation;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.HangException;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.BusRequest;
import org.iommuref.spec.unit.MessagingUnit;
import org.iommuref.spec.unit.TranslationCompletion;
import org.iommuref.spec.unit.TranslationCompletion.Status;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.UnitMessage.DeviceTlbInvalidation;
import org.iommuref.spec.unit.UnitMessage.PageGroupResponse;
import org.jspecify.annotations.Nullable;

/**
 * The devices in front of some units: each keeps translations while ATS is on, drops them when its
 * unit says so, and completes that when no access by them is under way.
 *
 * <p>One machine for each unit takes what the unit has sent, a message in each move. A device that
 * is gone completes nothing; when its unit can do nothing but wait for it, time passes until the
 * unit waits no more.
 */
public final class Endpoints implements Hardware {

  /** What {@link #begin} gives where a device keeps no translation. */
  public static final long NONE = -1;

  /** What {@link #begin} gives of a device without ATS. */
  public static final long UNUSED = -2;

  /** In nanoseconds: an hour, by when any unit has given a device up. */
  private static final long LONG_ENOUGH = 3_600_000_000_000L;

  /** So many invalidations a device has room for; PCI Express: Invalidate Queue Depth. */
  private static final int QUEUE_DEPTH = 4;

  /** Software that has been told as often that a device is gone will never believe it. */
  private static final int MOST_TIMES = 100;

  private final List<Port> ports = new ArrayList<>();
  private final Map<Rid, DeviceTlb> devices = new HashMap<>();
  private final Steps steps;
  private final Footprint footprint;

  private final Set<Rid> deaf = new HashSet<>();
  private final Set<Rid> late = new HashSet<>();
  private final Set<Rid> overrun = new HashSet<>();
  private final Set<Rid> eager = new HashSet<>();
  private final Set<Rid> asking = new HashSet<>();
  private final Set<Rid> askedAlone = new HashSet<>();
  private final Map<Rid, Integer> unsupported = new HashMap<>();
  private final Map<Rid, Integer> homes = new HashMap<>();
  private final Map<Rid, List<PageGroupResponse>> responses = new HashMap<>();

  /** A unit, what it has sent that its devices have not taken, and what will never be answered. */
  private static final class Port {
    final MessagingUnit unit;
    final Queue<UnitMessage> arrived = new ArrayDeque<>();
    @Nullable CompleteDeviceInvalidation unanswered;
    int givenUp;

    Port(MessagingUnit unit) {
      this.unit = unit;
    }

    /** The unit waits for an answer that never comes, and has nothing else to do. */
    boolean waitsInVain() {
      return unanswered != null && isIdle();
    }

    /** The unit has nothing to do but wait, and nothing more to send. */
    boolean isIdle() {
      return !unit.hasSent() && IntStream.range(0, unit.machines()).noneMatch(unit::enabled);
    }

    long waitingFor(Rid device) {
      return arrived.stream()
          .filter(DeviceTlbInvalidation.class::isInstance)
          .filter(order -> ((DeviceTlbInvalidation) order).to().equals(device))
          .count();
    }
  }

  /** Devices in front of these units; there are none yet. */
  public Endpoints(List<MessagingUnit> units, Steps steps, Footprint footprint) {
    this.steps = steps;
    this.footprint = footprint;
    units.forEach(unit -> ports.add(new Port(unit)));
  }

  /** Plugs a device in before the unit of that index; ATS is off. */
  public void plug(Rid device, int unit) {
    devices.put(device, new DeviceTlb(footprint));
    homes.put(device, unit);
    asking.remove(device);
  }

  /** Pulls a device out: it answers nothing from now on. */
  public void unplug(Rid device) {
    devices.remove(device);
  }

  /** Lets a device miss the next invalidation that it is sent. */
  public void missNext(Rid device) {
    deaf.add(device);
  }

  /** Lets a device complete invalidations only when its unit has nothing else to do. */
  public void completeLate(Rid device) {
    late.add(device);
  }

  /** How many invalidations a device takes at once. */
  public int queueDepth(Rid device) {
    return QUEUE_DEPTH;
  }

  /** Whether a device was ever sent more invalidations at once than it takes. */
  public boolean wasOverrun(Rid device) {
    return overrun.contains(device);
  }

  /** Whether a device is there. */
  public boolean isPresent(Rid device) {
    footprint.read(devices, 0);
    return devices.containsKey(device);
  }

  /**
   * Lets a device ask for a translation at once when its ATS is turned on, and a last time when it
   * is turned off.
   */
  public void askAtOnce(Rid device) {
    eager.add(device);
  }

  /** Turns ATS of a device on or off. */
  public void enableAts(Rid device, boolean on) {
    DeviceTlb tlb = devices.get(device);
    if (tlb == null) {
      return;
    }
    if (eager.contains(device) && (on || tlb.isEnabled())) {
      ask(device);
    }
    tlb.enable(on);
    noticePri(device);
  }

  /** A translation request whose completion counts only if it says that it was not supported. */
  private void ask(Rid device) {
    MessagingUnit unit = ports.get(unitOf(device)).unit;
    int slot = unit.request(BusRequest.translationOf(device, new Iova(0)));
    unit.drain();
    TranslationCompletion completion = unit.completion(slot);
    if (completion != null && completion.status() == Status.UNSUPPORTED) {
      unsupported.merge(device, 1, Integer::sum);
    }
  }

  /** Whether ATS of a device is on. */
  public boolean usesAts(Rid device) {
    DeviceTlb tlb = devices.get(device);
    return tlb != null && tlb.isEnabled();
  }

  /** How many translation requests of a device were not supported, of those made at once. */
  public int unsupported(Rid device) {
    return unsupported.getOrDefault(device, 0);
  }

  /** The index of the unit that a device is behind, once it was plugged in. */
  public int unitOf(Rid device) {
    return homes.getOrDefault(device, 0);
  }

  /** Turns page requests of a device on or off. */
  public void enablePri(Rid device, boolean on) {
    footprint.write(asking, 0);
    if (on && devices.containsKey(device)) {
      asking.add(device);
    } else {
      asking.remove(device);
    }
    noticePri(device);
  }

  private void noticePri(Rid device) {
    if (usesPri(device) && !usesAts(device)) {
      askedAlone.add(device);
    }
  }

  /** Whether page requests of a device have ever been on while its ATS was off. */
  public boolean hadPriAlone(Rid device) {
    return askedAlone.contains(device);
  }

  /** Whether page requests of a device are on. */
  public boolean usesPri(Rid device) {
    footprint.read(asking, 0);
    return asking.contains(device);
  }

  /** What a device has been answered to its page requests since this was asked last, in order. */
  public List<PageGroupResponse> responses(Rid device) {
    footprint.write(responses, 0);
    List<PageGroupResponse> taken = responses.remove(device);
    return taken == null ? List.of() : taken;
  }

  /** Whether there is a unit that gives translations. */
  public boolean exist() {
    return !ports.isEmpty();
  }

  /**
   * Where an access goes by a translation that the device keeps, and is under way until {@link
   * #end}; {@link #NONE} if it keeps none, {@link #UNUSED} if it does not ask for any.
   */
  public long begin(Rid device, @Nullable Pasid pasid, long address, AccessKind kind) {
    DeviceTlb tlb = devices.get(device);
    return tlb == null || !tlb.isEnabled() ? UNUSED : tlb.begin(pasid, address, kind);
  }

  /** An access by a kept translation has ended. */
  public void end(Rid device) {
    tlb(device).end();
  }

  /** How many invalidations a device has taken. */
  public int invalidations(Rid device) {
    return tlb(device).invalidations();
  }

  /** A device keeps what a completion gives, unless it has taken an invalidation since. */
  public void keep(
      Rid device, @Nullable Pasid pasid, long address, TranslationCompletion given, int before) {
    tlb(device).keep(pasid, address, given, before);
  }

  private DeviceTlb tlb(Rid device) {
    DeviceTlb tlb = devices.get(device);
    if (tlb == null) {
      throw new IllegalArgumentException(device + " is not plugged in");
    }
    return tlb;
  }

  @Override
  public int machines() {
    return ports.size();
  }

  @Override
  public boolean enabled(int index) {
    Port port = ports.get(index);
    footprint.read(port.arrived, 0);
    UnitMessage next = port.arrived.peek();
    if (next instanceof DeviceTlbInvalidation order) {
      DeviceTlb tlb = devices.get(order.to());
      boolean early = port.unit.hasSent() && late.contains(order.to());
      boolean ready = early || !late.contains(order.to()) || port.isIdle();
      return ready && (tlb == null || !tlb.isBusy());
    }
    return next != null || port.unit.hasSent() || port.waitsInVain();
  }

  @Override
  public void advance(int index) {
    Port port = ports.get(index);
    footprint.write(port.arrived, 0);
    if (port.unit.hasSent() && (port.arrived.isEmpty() || waitsFor(port))) {
      arrive(port);
    } else if (port.arrived.isEmpty()) {
      elapse(port);
    } else {
      take(port, port.arrived.remove());
    }
  }

  /** What has arrived is for a device that takes its time. */
  private boolean waitsFor(Port port) {
    return port.arrived.peek() instanceof DeviceTlbInvalidation order && late.contains(order.to());
  }

  private void arrive(Port port) {
    port.arrived.addAll(port.unit.outbox());
    for (Rid device : devices.keySet()) {
      if (port.waitingFor(device) > queueDepth(device)) {
        overrun.add(device);
      }
    }
  }

  private void elapse(Port port) {
    CompleteDeviceInvalidation missing = Objects.requireNonNull(port.unanswered);
    port.unanswered = null;
    if (++port.givenUp > MOST_TIMES) {
      throw new HangException(missing);
    }
    port.unit.elapse(LONG_ENOUGH);
  }

  private void take(Port port, UnitMessage message) {
    if (message instanceof DeviceTlbInvalidation order) {
      complete(port, order);
    } else if (message instanceof PageGroupResponse response) {
      footprint.write(responses, 0);
      responses.computeIfAbsent(response.to(), to -> new ArrayList<>()).add(response);
    }
  }

  private void complete(Port port, DeviceTlbInvalidation order) {
    DeviceTlb tlb = devices.get(order.to());
    if (tlb == null || deaf.remove(order.to())) {
      port.unanswered = new CompleteDeviceInvalidation(order.to(), order.tag());
    } else {
      tlb.drop(order);
      port.unit.invalidationCompleted(order.to(), 1 << order.tag(), 1);
      steps.report(new CompleteDeviceInvalidation(order.to(), order.tag()));
    }
  }

  @Override
  public String machineName(int index) {
    return "devices behind unit " + index;
  }
}
