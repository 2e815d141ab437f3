package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.AttachRequest;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.device.DeviceAttach;
import org.iommuref.model.iommufd.hwpt.HwPagetable;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_PASID_*: attaches, moves, detaches and compares a PASID of a mock device. */
final class PasidOps {

  private static final int PASID_BITS = 20;

  private static final Field PASID = in32("pasid_attach.pasid", TestFields.UNION);
  private static final Field PT_ID = in32("pasid_attach.pt_id", TestFields.UNION + 4).inOut();
  private static final Field HWPT_ID = in32("pasid_check.hwpt_id", TestFields.UNION + 4);

  static final TestOp ATTACH = op("IOMMU_TEST_OP_PASID_ATTACH", 18, "MOCK-024", PasidOps::attach);

  static final TestOp REPLACE =
      op("IOMMU_TEST_OP_PASID_REPLACE", 19, "MOCK-025", PasidOps::replace);

  static final TestOp DETACH = op("IOMMU_TEST_OP_PASID_DETACH", 20, "MOCK-025", PasidOps::detach);

  static final TestOp CHECK_HWPT =
      op("IOMMU_TEST_OP_PASID_CHECK_HWPT", 21, "MOCK-026", PasidOps::check);

  /** What is asked of the page table that a PASID is compared with. */
  static final CheckList<Ucmd> COMPARED =
      new CheckList<>(
          "iommufd_test_pasid_check_hwpt",
          Checks.<Ucmd>inOrder()
              .needs(
                  "MOCK-026",
                  "there is no such object",
                  u -> u.misses(HWPT_ID, ObjectBody.class),
                  ENOENT)
              .needs(
                  "MOCK-026",
                  "it is no page table",
                  u -> u.misses(HWPT_ID, HwPagetable.class),
                  EINVAL)
              .when("MOCK-026", "another one is attached", PasidOps::differs, EINVAL));

  private PasidOps() {}

  private static TestOp op(String name, int number, String clause, Command.Body body) {
    return TestOp.of(
        name,
        number,
        Checks.<Ucmd>inOrder()
            .needs(
                clause,
                "there is no such mock device",
                u -> u.misses(TestFields.ID, SelftestDevice.class),
                ENOENT),
        body);
  }

  private static Device device(Ucmd ucmd) {
    return ucmd.held(TestFields.ID, SelftestDevice.class).idev();
  }

  private static @Nullable Errno attach(Ucmd ucmd) {
    Device device = device(ucmd);
    Result<Integer> attached = DeviceAttach.attach(device, ucmd.u32(PASID), ucmd.u32(PT_ID));
    if (!attached.isOk()) {
      return attached.errno();
    }
    ucmd.set(PT_ID, attached.value());
    Errno fault = ucmd.respond();
    if (fault != null) {
      DeviceAttach.detach(device, ucmd.u32(PASID));
    }
    return fault;
  }

  private static @Nullable Errno replace(Ucmd ucmd) {
    Result<Integer> replaced = DeviceAttach.replace(device(ucmd), ucmd.u32(PASID), ucmd.u32(PT_ID));
    if (!replaced.isOk()) {
      return replaced.errno();
    }
    ucmd.set(PT_ID, replaced.value());
    return ucmd.respond();
  }

  private static @Nullable Errno detach(Ucmd ucmd) {
    DeviceAttach.detach(device(ucmd), ucmd.u32(PASID));
    return null;
  }

  private static @Nullable Errno check(Ucmd ucmd) {
    if (ucmd.u32(HWPT_ID) == 0) {
      return attached(ucmd) == null ? null : EINVAL;
    }
    return COMPARED.refusal(ucmd.kernel(), ucmd);
  }

  private static boolean differs(Ucmd ucmd) {
    DomainId expected = ucmd.held(HWPT_ID, HwPagetable.class).common().domain();
    return !expected.equals(attached(ucmd));
  }

  private static @Nullable DomainId attached(Ucmd ucmd) {
    int pasid = ucmd.u32(PASID);
    if (pasid >>> PASID_BITS != 0) {
      return null;
    }
    Pasid named = pasid == AttachRequest.NO_PASID ? null : new Pasid(pasid);
    return ucmd.kernel().core().domainOf(device(ucmd).igroup().id(), named);
  }
}
