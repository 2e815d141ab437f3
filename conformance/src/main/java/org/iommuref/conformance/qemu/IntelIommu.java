package org.iommuref.conformance.qemu;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.iommuref.conformance.target.DataMemory;

/**
 * QEMU's {@code intel-iommu} in a q35 machine with 8 GiB of memory, 6 of them from 4 GiB on.
 *
 * @param options of the device beyond those that every run has, each with a comma before it
 */
record IntelIommu(String options) implements Machine {

  private static final long REGISTERS = 0xfed9_0000L;
  private static final int ADDRESS_BITS = 48;
  private static final Pattern OTHER_WIDTH = Pattern.compile(",aw-bits=([0-9]+)");

  @Override
  public String name() {
    return "intel-iommu" + options;
  }

  @Override
  public String architecture() {
    return "vtd";
  }

  @Override
  public String program() {
    return "qemu-system-x86_64";
  }

  @Override
  public List<String> arguments() {
    return List.of(
        "-object",
        "memory-backend-ram,id=memory,size=8G,reserve=off",
        "-machine",
        "q35,memory-backend=memory,sata=off,smbus=off",
        "-m",
        "8G",
        "-device",
        "intel-iommu,intremap=off,aw-bits=" + ADDRESS_BITS + options);
  }

  @Override
  public int hostAddressBits() {
    Matcher other = OTHER_WIDTH.matcher(options);
    return other.find() ? Integer.parseInt(other.group(1)) : ADDRESS_BITS;
  }

  @Override
  public boolean remapsInterrupts() {
    return options.contains(",intremap=on");
  }

  @Override
  public long registers() {
    return REGISTERS;
  }

  @Override
  public long deviceWindows() {
    return 0xfd00_0000L;
  }

  @Override
  public long tables() {
    return 0x1000_0000L;
  }

  @Override
  public DataMemory data() {
    return new DataMemory(1L << 32, 6L << 30);
  }

  @Override
  public ConfigSpace configSpace(Qtest qtest) {
    return ConfigSpace.ofPorts(qtest);
  }
}
