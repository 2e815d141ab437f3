package org.iommuref.model.iommufd.device;

import static org.iommuref.spec.errno.Errno.EBUSY;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;

import java.util.Optional;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.hwpt.HwPagetable;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.backend.PageRequests;
import org.jspecify.annotations.Nullable;

/**
 * An attach or a replace, as the checks see it; the lock of the group is held.
 *
 * @param pasid 0 for none
 * @param hwpt where to
 */
public record AttachRequest(Device device, int pasid, HwPagetable hwpt) {

  /** The PASID that stands for none. */
  public static final int NO_PASID = 0;

  /** What is asked of the target of an attach or a replace. Linux: iommufd_device_change_pt. */
  public static final CheckList<Optional<ObjectBody>> TARGET =
      new CheckList<>(
              "iommufd_device_change_pt",
              Checks.<Optional<ObjectBody>>inOrder()
                  .needs("DEV-008", "there is no such object", Optional::isEmpty, ENOENT)
                  .needs("DEV-009", "nothing can be attached to it", r -> !isTarget(r), EINVAL))
          .orderedBy("DEV-015", "DEV-033");

  /** What is asked of an attach. Linux: iommufd_hw_pagetable_attach. */
  public static final CheckList<AttachRequest> ATTACH =
      new CheckList<>(
              "iommufd_hw_pagetable_attach",
              Checks.<AttachRequest>inOrder()
                  .when(
                      "DEV-010",
                      "the device is attached",
                      r -> r.pasid == NO_PASID && r.isAttached(),
                      EBUSY)
                  .when(
                      "DEV-043",
                      "the PASID is attached",
                      r -> r.pasid != NO_PASID && r.isAttached(),
                      EBUSY)
                  .when("DEV-011", "the group is elsewhere", AttachRequest::isElsewhere, EINVAL))
          .orderedBy("DEV-015");

  /** What is asked of a replace. Linux: iommufd_device_do_replace. */
  public static final CheckList<AttachRequest> REPLACE =
      new CheckList<>(
          "iommufd_device_do_replace",
          Checks.<AttachRequest>inOrder()
              .needs("DEV-024", "nothing is attached", r -> r.attach() == null, EINVAL)
              .when("DEV-024", "the device is not attached", r -> !r.isAttached(), EINVAL));

  /** What is asked of the PASIDs before the core is called. Linux: iommufd_hwpt_pasid_compat. */
  public static final CheckList<AttachRequest> PASID_COMPAT =
      new CheckList<>(
          "iommufd_hwpt_pasid_compat",
          Checks.<AttachRequest>inOrder()
              .when(
                  "DEV-040",
                  "a PASID is attached and the page table not made for it",
                  r -> r.pasid == NO_PASID && r.isIncompatible() && r.hasPasids(),
                  EINVAL)
              .when(
                  "DEV-037",
                  "the page table is not made for PASIDs",
                  r -> r.pasid != NO_PASID && r.isIncompatible(),
                  EINVAL)
              .when(
                  "DEV-038",
                  "the page table without PASID is not made for PASIDs",
                  r -> r.pasid != NO_PASID && r.isBesideIncompatible(),
                  EINVAL));

  /**
   * What is asked of the device before the core is called. Linux: iommufd_hwpt_compatible_device.
   */
  public static final CheckList<AttachRequest> COMPATIBLE =
      new CheckList<>(
          "iommufd_hwpt_compatible_device",
          Checks.<AttachRequest>inOrder()
              .when(
                  "IOPF-004",
                  "page requests of the device are those of another function",
                  r -> r.hwpt.common().fault() != null && r.sharesPageRequests(),
                  EINVAL));

  private static boolean isTarget(Optional<ObjectBody> object) {
    return object.filter(o -> o instanceof HwPagetable || o instanceof Ioas).isPresent();
  }

  @Nullable Attach attach() {
    return device.igroup().attachments().get(pasid);
  }

  private boolean sharesPageRequests() {
    return device
        .context()
        .kernel()
        .extension(PageRequests.class)
        .filter(driver -> driver.areShared(device.rid()))
        .isPresent();
  }

  private boolean isAttached() {
    Attach attach = attach();
    return attach != null && attach.has(device);
  }

  private boolean isElsewhere() {
    Attach attach = attach();
    return attach != null && attach.hwpt() != hwpt;
  }

  private boolean isIncompatible() {
    return !hwpt.common().isPasidCompat();
  }

  private boolean hasPasids() {
    return device.igroup().attachments().higherKey(NO_PASID) != null;
  }

  private boolean isBesideIncompatible() {
    Attach attach = device.igroup().attachments().get(NO_PASID);
    return attach != null && !attach.hwpt().common().isPasidCompat();
  }
}
