package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.device.SwMsi;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * Operations that Linux's test interface lacks, for devices of a topology: to bind one and attach
 * it to nothing, to prepare an interrupt of one, and to have one read and write memory.
 */
final class DeviceOps {

  private static final Field OUT_STDEV_ID = out32("out_stdev_id", TestFields.UNION);
  private static final Field OUT_IDEV_ID = out32("out_idev_id", TestFields.UNION + 8);
  private static final Field PASID = in32("pasid", TestFields.UNION);
  private static final Field IOVA = in64("iova", TestFields.UNION + 8);
  private static final Field OUT_VALUE = in64("out_value", TestFields.UNION + 16).out();
  private static final Field VALUE = in64("value", TestFields.UNION + 16);
  private static final Field DOORBELL = in64("doorbell", TestFields.UNION);
  private static final Field OUT_ADDRESS = in64("out_address", TestFields.UNION + 8).out();

  static final TestOp BIND =
      TestOp.of("IOMMUREF_TEST_OP_BIND", 0x8000, Checks.inOrder(), DeviceOps::bind)
          .needing(DeviceReads.class);

  static final TestOp PREPARE_MSI =
      ofDevice("IOMMUREF_TEST_OP_PREPARE_MSI", 0x8001, DeviceOps::prepareMsi);

  static final TestOp CHECK_MSI =
      TestOp.of(
              "IOMMUREF_TEST_OP_CHECK_MSI",
              0x8002,
              Checks.inOrder(),
              ucmd -> ucmd.misses(TestFields.ID, HwptPaging.class) ? ENOENT : checkMsi(ucmd))
          .needing(DeviceReads.class);

  static final TestOp READ = ofDevice("IOMMUREF_TEST_OP_READ", 0x8003, DeviceOps::read);
  static final TestOp WRITE = ofDevice("IOMMUREF_TEST_OP_WRITE", 0x8004, DeviceOps::write);

  private DeviceOps() {}

  private static TestOp ofDevice(String name, int number, Command.Body body) {
    return TestOp.of(
            name,
            number,
            Checks.inOrder(),
            ucmd -> ucmd.misses(TestFields.ID, SelftestDevice.class) ? ENOENT : body.run(ucmd))
        .needing(DeviceReads.class);
  }

  private static Device device(Ucmd ucmd) {
    return ucmd.held(TestFields.ID, SelftestDevice.class).idev();
  }

  private static @Nullable Errno bind(Ucmd ucmd) {
    var context = ucmd.context();
    Result<SelftestDevice> made =
        context.objects().allocate(object -> new SelftestDevice(object, context));
    if (!made.isOk()) {
      return made.errno();
    }
    SelftestDevice device = made.value();
    Errno failure = device.create(0);
    if (failure == null) {
      failure = device.bind();
      if (failure != null) {
        device.unplug();
      }
    }
    if (failure != null) {
      context.objects().abort(device);
      return failure;
    }
    ucmd.set(OUT_STDEV_ID, device.object().id());
    ucmd.set(OUT_IDEV_ID, device.idev().object().id());
    context.objects().finish(device);
    return ucmd.respond();
  }

  private static @Nullable Errno prepareMsi(Ucmd ucmd) {
    Result<Long> prepared = SwMsi.prepare(device(ucmd), ucmd.u64(DOORBELL));
    if (!prepared.isOk()) {
      return prepared.errno();
    }
    ucmd.set(OUT_ADDRESS, prepared.value());
    return ucmd.respond();
  }

  /** Whether an address of a page table leads to a doorbell. */
  private static @Nullable Errno checkMsi(Ucmd ucmd) {
    HwptPaging hwpt = ucmd.held(TestFields.ID, HwptPaging.class);
    var found = ucmd.kernel().core().iovaToPhys(hwpt.common().domain(), new Iova(ucmd.u64(IOVA)));
    return found.bytes() == ucmd.u64(DOORBELL) ? null : EINVAL;
  }

  /** Has a device read 8 bytes: EFAULT if it reaches no memory. */
  private static @Nullable Errno read(Ucmd ucmd) {
    AccessOutcome seen =
        access(ucmd, DeviceAccess.read(device(ucmd).rid(), new Iova(ucmd.u64(IOVA))));
    if (!(seen instanceof AccessOutcome.Completed completed)) {
      return EFAULT;
    }
    ucmd.set(OUT_VALUE, completed.data());
    return ucmd.respond();
  }

  /** Has a device write 8 bytes: EFAULT if it reaches no memory. */
  private static @Nullable Errno write(Ucmd ucmd) {
    Iova iova = new Iova(ucmd.u64(IOVA));
    DeviceAccess plain = DeviceAccess.write(device(ucmd).rid(), iova, ucmd.u64(VALUE));
    return access(ucmd, plain) instanceof AccessOutcome.Completed ? null : EFAULT;
  }

  private static AccessOutcome access(Ucmd ucmd, DeviceAccess plain) {
    int pasid = ucmd.u32(PASID);
    var backend = ucmd.kernel().backend();
    AccessOutcome seen = backend.access(pasid == 0 ? plain : plain.with(new Pasid(pasid)));
    var ignored = backend.takeFaults(); // so that those that come next have room
    return seen;
  }
}
