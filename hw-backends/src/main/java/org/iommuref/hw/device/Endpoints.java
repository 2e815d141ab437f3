package org.iommuref.hw.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.stream.IntStream;
import org.iommuref.hw.event.CompleteDeviceInvalidation;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.unit.MessagingUnit;
import org.iommuref.spec.unit.TranslationCompletion;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.UnitMessage.DeviceTlbInvalidation;
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

  private final List<Port> ports = new ArrayList<>();
  private final Map<Rid, DeviceTlb> devices = new HashMap<>();
  private final Steps steps;
  private final Footprint footprint;

  private final Set<Rid> deaf = new HashSet<>();

  /** A unit, what it has sent that its devices have not taken, and whether one will not answer. */
  private static final class Port {
    final MessagingUnit unit;
    final Queue<UnitMessage> arrived = new ArrayDeque<>();
    boolean unanswered;

    Port(MessagingUnit unit) {
      this.unit = unit;
    }

    /** The unit waits for an answer that never comes, and has nothing else to do. */
    boolean waitsInVain() {
      return unanswered && IntStream.range(0, unit.machines()).noneMatch(unit::enabled);
    }
  }

  /** Devices in front of these units; there are none yet. */
  public Endpoints(List<MessagingUnit> units, Steps steps, Footprint footprint) {
    this.steps = steps;
    this.footprint = footprint;
    units.forEach(unit -> ports.add(new Port(unit)));
  }

  /** Plugs a device in; ATS is off. */
  public void plug(Rid device) {
    devices.put(device, new DeviceTlb(footprint));
  }

  /** Pulls a device out: it answers nothing from now on. */
  public void unplug(Rid device) {
    devices.remove(device);
  }

  /** Lets a device miss the next invalidation that it is sent. */
  public void missNext(Rid device) {
    deaf.add(device);
  }

  /** Whether a device is there. */
  public boolean isPresent(Rid device) {
    footprint.read(devices, 0);
    return devices.containsKey(device);
  }

  /** Turns ATS of a device on or off. */
  public void enableAts(Rid device, boolean on) {
    DeviceTlb tlb = devices.get(device);
    if (tlb != null) {
      tlb.enable(on);
    }
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
      return tlb == null || !tlb.isBusy();
    }
    return next != null || port.unit.hasSent() || port.waitsInVain();
  }

  @Override
  public void advance(int index) {
    Port port = ports.get(index);
    footprint.write(port.arrived, 0);
    if (port.arrived.isEmpty() && port.unit.hasSent()) {
      port.arrived.addAll(port.unit.outbox());
    } else if (port.arrived.isEmpty()) {
      port.unanswered = false;
      port.unit.elapse(LONG_ENOUGH);
    } else if (port.arrived.remove() instanceof DeviceTlbInvalidation order) {
      complete(port, order);
    }
  }

  private void complete(Port port, DeviceTlbInvalidation order) {
    DeviceTlb tlb = devices.get(order.to());
    if (tlb == null || deaf.remove(order.to())) {
      port.unanswered = true;
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
