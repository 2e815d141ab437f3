package org.iommuref.spec.spi;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.GroupId;
import org.jspecify.annotations.Nullable;

/**
 * The devices of a run, the units they sit behind and the groups they form.
 *
 * @param devices in the order in which they are probed
 */
public record Topology(List<Device> devices) {

  /** The device that most cases use. */
  public static final Rid FIRST = Rid.parse("01:00.0");

  /** A second device, in a group and behind a unit as the topology says. */
  public static final Rid SECOND = Rid.parse("02:00.0");

  /** Copies the list. */
  public Topology {
    devices = List.copyOf(devices);
  }

  /**
   * A device.
   *
   * @param rid by which it is known
   * @param unit the index of the unit that it sits behind, from 0
   * @param group the group that it belongs to
   * @param traits what is special about it, or null for nothing
   */
  public record Device(Rid rid, int unit, GroupId group, @Nullable DeviceTraits traits) {

    /** A device like any other. */
    public Device(Rid rid, int unit, GroupId group) {
      this(rid, unit, group, null);
    }

    /** The same with traits. */
    public Device with(DeviceTraits other) {
      return new Device(rid, unit, group, other);
    }
  }

  /** One device behind one unit. */
  public static Topology oneDevice() {
    return new Topology(List.of(new Device(FIRST, 0, new GroupId(0))));
  }

  /** Two devices behind one unit, each in a group of its own. */
  public static Topology twoDevices() {
    return new Topology(
        List.of(new Device(FIRST, 0, new GroupId(0)), new Device(SECOND, 0, new GroupId(1))));
  }

  /** Two devices behind one unit in one group. */
  public static Topology twoDevicesInOneGroup() {
    return new Topology(
        List.of(new Device(FIRST, 0, new GroupId(0)), new Device(SECOND, 0, new GroupId(0))));
  }

  /** Two devices, each behind a unit of its own. */
  public static Topology twoUnits() {
    return new Topology(
        List.of(new Device(FIRST, 0, new GroupId(0)), new Device(SECOND, 1, new GroupId(1))));
  }

  /** The same with traits for its devices, in their order. */
  public Topology with(DeviceTraits... traits) {
    List<Device> changed = new ArrayList<>(devices);
    for (int index = 0; index < traits.length; index++) {
      changed.set(index, devices.get(index).with(traits[index]));
    }
    return new Topology(changed);
  }

  /** What is special about a device; nothing of one that is not here. */
  public DeviceTraits traitsOf(Rid device) {
    for (Device each : devices) {
      DeviceTraits traits = each.traits();
      if (each.rid().equals(device) && traits != null) {
        return traits;
      }
    }
    return DeviceTraits.NONE;
  }

  /** How many units there are. */
  public int units() {
    return devices.stream().mapToInt(device -> device.unit() + 1).max().orElse(0);
  }
}
