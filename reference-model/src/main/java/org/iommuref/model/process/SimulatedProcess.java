package org.iommuref.model.process;

import java.util.Map;
import java.util.TreeMap;
import org.iommuref.spec.iommufd.Processes.Descriptor;

/** A process: its memory, its descriptors, its user and its limit of locked memory. */
final class SimulatedProcess {

  private final int user;
  private final AddressSpace memory;
  private final TreeMap<Integer, Descriptor> descriptors = new TreeMap<>();
  private long memlock;
  private int mostDescriptors = 1024;

  SimulatedProcess(int user, AddressSpace memory, long memlock) {
    this.user = user;
    this.memory = memory;
    this.memlock = memlock;
  }

  int user() {
    return user;
  }

  AddressSpace memory() {
    return memory;
  }

  Map<Integer, Descriptor> descriptors() {
    return descriptors;
  }

  long memlock() {
    return memlock;
  }

  void limitMemlock(long bytes) {
    memlock = bytes;
  }

  void limitDescriptors(int count) {
    mostDescriptors = count;
  }

  /** The lowest descriptor that is free, or -1 if the process has as many as it may. */
  int lowestFree() {
    int number = 0;
    while (descriptors.containsKey(number)) {
      number++;
    }
    return number < mostDescriptors ? number : -1;
  }
}
