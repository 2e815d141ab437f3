package org.iommuref.model.iommufd.device;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import java.util.Arrays;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.backend.DeviceCapabilities.Cap;
import org.iommuref.spec.backend.HardwareInfo;
import org.iommuref.spec.backend.HardwareInfo.Info;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.spi.DeviceTraits.Feature;
import org.jspecify.annotations.Nullable;

/** IOMMU_GET_HW_INFO: tells of the hardware behind a device. */
public final class GetHwInfo {

  private static final int INPUT_TYPE = 1;
  private static final int CAP_DIRTY_TRACKING = 1;
  private static final int CAP_PCI_PASID_EXEC = 2;
  private static final int CAP_PCI_PASID_PRIV = 4;
  private static final int CAP_PCI_ATS_NOT_SUPPORTED = 8;
  private static final Info NONE = new Info(0, new byte[0]);

  private static final Field FLAGS = in32("flags", 4);
  private static final Field DEV_ID = in32("dev_id", 8);
  private static final Field DATA_LEN = in32("data_len", 12).inOut();
  private static final Field DATA_UPTR = in64("data_uptr", 16);
  private static final Field DATA_TYPE = in32("out_data_type", 24).inOut();
  private static final Field MAX_PASID =
      new Field("out_max_pasid_log2", 28, 1, Field.Direction.OUT);
  private static final Field RESERVED_0 = reserved("__reserved[0]", 29, 1);
  private static final Field RESERVED_1 = reserved("__reserved[1]", 30, 1);
  private static final Field RESERVED_2 = reserved("__reserved[2]", 31, 1);
  private static final Field CAPABILITIES = in64("out_capabilities", 32).out();

  /** The command; its first version ended with the first reserved bytes. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_GET_HW_INFO",
              0x3b8a,
              CommandLayout.of(
                      "iommu_hw_info",
                      40,
                      FLAGS,
                      DEV_ID,
                      DATA_LEN,
                      DATA_UPTR,
                      DATA_TYPE,
                      MAX_PASID,
                      RESERVED_0,
                      RESERVED_1,
                      RESERVED_2,
                      CAPABILITIES)
                  .endingAt(RESERVED_2),
              Checks.<Ucmd>inOrder()
                  .when(
                      "DEV-051",
                      "a flag is unknown",
                      u -> u.hasUnknown(FLAGS, INPUT_TYPE),
                      EOPNOTSUPP)
                  .when("DEV-052", "a reserved byte is set", GetHwInfo::hasReserved, EOPNOTSUPP)
                  .needs(
                      "DEV-053",
                      "there is no such device",
                      u -> u.misses(DEV_ID, Device.class),
                      ENOENT),
              GetHwInfo::run)
          .orderedBy("DEV-061");

  private GetHwInfo() {}

  private static boolean hasReserved(Ucmd ucmd) {
    return (ucmd.u32(RESERVED_0) | ucmd.u32(RESERVED_1) | ucmd.u32(RESERVED_2)) != 0;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Device device = ucmd.held(DEV_ID, Device.class);
    Result<Info> told = ask(ucmd, device);
    if (!told.isOk()) {
      return told.errno();
    }
    Info info = told.value();
    Errno fault = fill(ucmd, info.structure());
    if (fault != null) {
      return fault;
    }
    ucmd.set(DATA_LEN, info.structure().length);
    ucmd.set(DATA_TYPE, info.type());
    ucmd.set(CAPABILITIES, capabilities(device));
    int pasids = device.driver().maxPasids(device.rid());
    ucmd.set(MAX_PASID, pasids == 0 ? 0 : Integer.SIZE - 1 - Integer.numberOfLeadingZeros(pasids));
    return ucmd.respond();
  }

  private static Result<Info> ask(Ucmd ucmd, Device device) {
    boolean typed = (ucmd.u32(FLAGS) & INPUT_TYPE) != 0;
    int type = typed ? ucmd.u32(DATA_TYPE) : HardwareInfo.TYPE_DEFAULT;
    return ucmd.kernel()
        .backend()
        .extension(HardwareInfo.class)
        .map(driver -> driver.hardwareInfo(device.rid(), type))
        .orElse(Result.ok(NONE));
  }

  private static int capabilities(Device device) {
    int dirty = device.isCapable(Cap.DIRTY_TRACKING) ? CAP_DIRTY_TRACKING : 0;
    int ats = device.isCapable(Cap.PCI_ATS_SUPPORTED) ? 0 : CAP_PCI_ATS_NOT_SUPPORTED;
    return dirty | ats | rightsOfPasids(device);
  }

  private static int rightsOfPasids(Device device) {
    var facts = device.context().kernel().extension(DeviceFacts.class).orElse(null);
    if (facts == null || device.driver().maxPasids(device.rid()) == 0) {
      return 0;
    }
    int execute = facts.has(device.rid(), Feature.PASID_EXECUTE) ? CAP_PCI_PASID_EXEC : 0;
    int privileged = facts.has(device.rid(), Feature.PASID_PRIVILEGED) ? CAP_PCI_PASID_PRIV : 0;
    return execute | privileged;
  }

  /** Writes as much as there is room for, and zeros to the rest of the room. */
  private static @Nullable Errno fill(Ucmd ucmd, byte[] structure) {
    long room = ucmd.u64(DATA_LEN);
    long address = ucmd.u64(DATA_UPTR);
    int copied = (int) Math.min(room, structure.length);
    if (copied > 0) {
      Errno fault = ucmd.copyOut(address, Arrays.copyOf(structure, copied));
      if (fault != null) {
        return fault;
      }
    }
    for (long done = copied; done < room; ) {
      int part = (int) Math.min(room - done, Processes.PAGE_SIZE);
      Errno fault = ucmd.copyOut(address + done, new byte[part]);
      if (fault != null) {
        return fault;
      }
      done += part;
    }
    return null;
  }
}
