package org.iommuref.spec.iommufd;

/**
 * Names a process, and with it an address space; threads of one process share both.
 *
 * @param number positive; never reused while anything of the process is still accounted for
 */
public record ProcessId(int number) implements Comparable<ProcessId> {

  @Override
  public int compareTo(ProcessId other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "process" + number;
  }
}
