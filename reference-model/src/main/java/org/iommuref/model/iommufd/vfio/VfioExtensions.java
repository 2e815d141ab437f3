package org.iommuref.model.iommufd.vfio;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENODEV;
import static org.iommuref.spec.errno.Errno.EPERM;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.model.iommufd.ioctl.OtherCommand;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Caller.Right;

/**
 * What a container can do, and the choice of how it does it: VFIO_GET_API_VERSION,
 * VFIO_CHECK_EXTENSION, VFIO_SET_IOMMU.
 */
public final class VfioExtensions {

  private static final int TYPE1 = 1;
  private static final int TYPE1V2 = 3;
  private static final int DMA_CC = 4;
  private static final int NOIOMMU = 8;
  private static final int UNMAP_ALL = 9;
  private static final int API_VERSION = 0;

  /** VFIO_GET_API_VERSION. VFIO-007. */
  public static final OtherCommand GET_API_VERSION =
      new OtherCommand(
          "VFIO_GET_API_VERSION", 0x3b64, (context, caller, argument) -> Result.ok(API_VERSION));

  /** VFIO_CHECK_EXTENSION. */
  public static final OtherCommand CHECK_EXTENSION =
      VfioCall.command(
          "VFIO_CHECK_EXTENSION",
          0x3b65,
          new CheckList<>(
              "VFIO_CHECK_EXTENSION",
              Checks.<VfioCall>inOrder()
                  .needs(
                      "VFIO-010",
                      "there is no IOAS",
                      call -> call.argument() == DMA_CC && call.missesIoas(),
                      ENODEV)),
          VfioExtensions::check);

  /** VFIO_SET_IOMMU. */
  public static final OtherCommand SET_IOMMU =
      VfioCall.command(
          "VFIO_SET_IOMMU",
          0x3b66,
          new CheckList<>(
              "VFIO_SET_IOMMU",
              Checks.<VfioCall>inOrder()
                  .when(
                      "VFIO-016",
                      "devices without a unit reach all memory",
                      call -> isForNoUnit(call) && !call.caller().has(Right.SYS_RAWIO),
                      EPERM)
                  .when(
                      "VFIO-016",
                      "the container is without a unit",
                      call -> isWithoutUnit(call) && !isForNoUnit(call),
                      EINVAL)
                  .when(
                      "VFIO-012",
                      "the type is not taken",
                      call -> !isForNoUnit(call) && !isTaken(call),
                      EINVAL)
                  .needs(
                      "VFIO-013",
                      "there is no IOAS",
                      call -> !isForNoUnit(call) && call.missesIoas(),
                      ENODEV)),
          VfioExtensions::set);

  private VfioExtensions() {}

  private static boolean isWithoutUnit(VfioCall call) {
    return VfioContainer.of(call.context()).isWithoutUnit();
  }

  private static boolean isForNoUnit(VfioCall call) {
    return call.argument() == NOIOMMU && isWithoutUnit(call);
  }

  private static boolean isTaken(VfioCall call) {
    return call.argument() == TYPE1 || call.argument() == TYPE1V2;
  }

  /** VFIO-008 to VFIO-011. */
  private static Result<Integer> check(VfioCall call) {
    if (call.argument() == DMA_CC) {
      return Result.ok(enforcesCoherency(call.ioas()) ? 1 : 0);
    }
    if (call.argument() == NOIOMMU) {
      return Result.ok(isWithoutUnit(call) ? 1 : 0); // VFIO-009: this kernel has them if they came
    }
    boolean known = isTaken(call) || call.argument() == UNMAP_ALL;
    return Result.ok(known && !isWithoutUnit(call) ? 1 : 0); // VFIO-011
  }

  private static boolean enforcesCoherency(Ioas ioas) {
    ioas.mutex().lock();
    boolean enforces = true;
    for (ObjectBody each : ioas.hwptList()) {
      enforces &= each instanceof HwptPaging hwpt && hwpt.enforcesCacheCoherency();
    }
    ioas.mutex().unlock();
    return enforces;
  }

  /** VFIO-014 to VFIO-016. */
  private static Result<Integer> set(VfioCall call) {
    return call.argument() == TYPE1
        ? VfioCall.returning(call.ioas().iopt().disableLargePages())
        : Result.ok(0);
  }
}
