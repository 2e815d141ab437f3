package org.iommuref.model.process;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.iommuref.spec.iommufd.Processes.Descriptor;
import org.jspecify.annotations.Nullable;

/** A process: its memory, its descriptors, its user and its limit of locked memory. */
final class SimulatedProcess {

  private final int user;
  private final AddressSpace memory;
  private final TreeMap<Integer, Descriptor> descriptors = new TreeMap<>();
  private final Set<Integer> closedOnExec = new TreeSet<>();
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

  /** The same process but for its memory. */
  SimulatedProcess withMemory(AddressSpace other) {
    SimulatedProcess process = new SimulatedProcess(user, other, memlock);
    process.mostDescriptors = mostDescriptors;
    process.descriptors.putAll(descriptors);
    process.closedOnExec.addAll(closedOnExec);
    return process;
  }

  Map<Integer, Descriptor> descriptors() {
    return Collections.unmodifiableMap(descriptors);
  }

  void put(int number, Descriptor descriptor, boolean closeOnExec) {
    remove(number);
    descriptors.put(number, descriptor);
    if (closeOnExec) {
      closedOnExec.add(number);
    }
  }

  @Nullable Descriptor remove(int number) {
    closedOnExec.remove(number);
    return descriptors.remove(number);
  }

  Integer[] closedOnExec() {
    return closedOnExec.toArray(Integer[]::new);
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
