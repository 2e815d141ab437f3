package org.iommuref.conformance.qemu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.spi.Topology;

/**
 * The devices of a topology: NVMe controllers, each behind a root port whose bus has the number
 * that the requester id wants.
 */
final class Requesters {

  private static final int FIRST_SLOT = 4;
  private static final long WINDOW_BYTES = 0x40_0000;

  private static final int COMMAND = 0x04;
  private static final int BAR0 = 0x10;
  private static final int BAR2 = 0x18;
  private static final int BUS_NUMBERS = 0x18;
  private static final int MEMORY_WINDOW = 0x20;
  private static final int PREFETCHABLE_WINDOW = 0x24;
  private static final int MEMORY_AND_MASTER = 6;
  private static final int CLOSED_WINDOW = 0x0000_fff0;

  private static final int CAPABILITIES = 0x34;
  private static final int MSIX = 0x11;
  private static final int MSIX_ENABLE = 1 << 31;
  private static final int BAR_OF_TABLE = 7;

  private final Map<Rid, NvmeController> controllers = new TreeMap<>();

  /**
   * Makes the devices usable.
   *
   * @param windows where their registers are mapped, a multiple of 4 MiB
   * @param completions memory for their completion queues, a page each
   */
  Requesters(Qtest qtest, ConfigSpace config, Topology topology, long windows, long completions) {
    int index = 0;
    for (Topology.Device device : topology.devices()) {
      Rid port = port(index);
      long window = windows + index * WINDOW_BYTES;
      config.write(port, BUS_NUMBERS, device.rid().bus() << 16 | device.rid().bus() << 8);
      config.write(port, MEMORY_WINDOW, window(window));
      config.write(port, PREFETCHABLE_WINDOW, CLOSED_WINDOW);
      config.write(port, COMMAND, MEMORY_AND_MASTER);
      config.write(device.rid(), BAR0, (int) window);
      config.write(device.rid(), BAR0 + 4, 0);
      config.write(device.rid(), BAR2, (int) (window + NvmeController.REGISTER_BYTES));
      config.write(device.rid(), BAR2 + 4, 0);
      config.write(device.rid(), COMMAND, MEMORY_AND_MASTER);
      long vector = messages(config, device.rid());
      long queue = completions + index * 4096L;
      controllers.put(device.rid(), new NvmeController(qtest, window, queue, vector));
      index++;
    }
  }

  /** Turns on MSI-X with all vectors masked. Returns where its table is in the first BAR. */
  private static long messages(ConfigSpace config, Rid rid) {
    int at = config.read(rid, CAPABILITIES) & 0xfc;
    while ((config.read(rid, at) & 0xff) != MSIX) {
      at = config.read(rid, at) >>> 8 & 0xfc;
      if (at == 0) {
        throw new QemuLostException(Loss.MALFORMED, "the NVMe controller has no MSI-X");
      }
    }
    config.write(rid, at, config.read(rid, at) | MSIX_ENABLE);
    return Integer.toUnsignedLong(config.read(rid, at + Integer.BYTES) & ~BAR_OF_TABLE);
  }

  /** The devices, as QEMU's command line names them. */
  static List<String> arguments(Topology topology) {
    List<String> arguments = new ArrayList<>();
    for (int index = 0; index < topology.devices().size(); index++) {
      if (topology.devices().get(index).rid().devfn() != 0) {
        throw new UnsupportedOperationException(
            "a device behind a root port is device 0 function 0");
      }
      arguments.add("-device");
      arguments.add(
          "pcie-root-port,id=port%d,bus=pcie.0,addr=%02x.0,chassis=%d"
              .formatted(index, FIRST_SLOT + index, index + 1));
      arguments.add("-device");
      arguments.add("nvme,serial=%d,cmb_size_mb=1,bus=port%d".formatted(index, index));
    }
    return arguments;
  }

  /**
   * The device of that requester id.
   *
   * @throws UnsupportedOperationException if the machine has none
   */
  NvmeController of(Rid rid) {
    NvmeController controller = controllers.get(rid);
    if (controller == null) {
      throw new UnsupportedOperationException("the machine has no device " + rid);
    }
    return controller;
  }

  private static Rid port(int index) {
    return new Rid((FIRST_SLOT + index) << 3);
  }

  /** Base and limit of a window of a bridge, as its register has them. */
  private static int window(long base) {
    long last = base + WINDOW_BYTES - 1;
    return (int) ((base >>> 16 & 0xfff0) | (last & 0xfff0_0000L));
  }
}
