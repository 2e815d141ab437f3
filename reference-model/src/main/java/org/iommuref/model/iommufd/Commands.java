package org.iommuref.model.iommufd;

import java.util.List;
import org.iommuref.model.iommufd.device.GetHwInfo;
import org.iommuref.model.iommufd.dirty.HwptGetDirtyBitmap;
import org.iommuref.model.iommufd.dirty.HwptSetDirtyTracking;
import org.iommuref.model.iommufd.eventq.FaultQueueAlloc;
import org.iommuref.model.iommufd.eventq.VeventqAlloc;
import org.iommuref.model.iommufd.hwpt.HwptAlloc;
import org.iommuref.model.iommufd.hwpt.HwptInvalidate;
import org.iommuref.model.iommufd.ioas.IoasAlloc;
import org.iommuref.model.iommufd.ioas.IoasAllowIovas;
import org.iommuref.model.iommufd.ioas.IoasChangeProcess;
import org.iommuref.model.iommufd.ioas.IoasCopy;
import org.iommuref.model.iommufd.ioas.IoasIovaRanges;
import org.iommuref.model.iommufd.ioas.IoasMap;
import org.iommuref.model.iommufd.ioas.IoasMapFile;
import org.iommuref.model.iommufd.ioas.IoasUnmap;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.Destroy;
import org.iommuref.model.iommufd.ioctl.OtherCommand;
import org.iommuref.model.iommufd.option.IommuOption;
import org.iommuref.model.iommufd.vfio.VfioExtensions;
import org.iommuref.model.iommufd.vfio.VfioGetInfo;
import org.iommuref.model.iommufd.vfio.VfioIoas;
import org.iommuref.model.iommufd.vfio.VfioMapDma;
import org.iommuref.model.iommufd.vfio.VfioUnmapDma;
import org.iommuref.model.iommufd.viommu.HwQueueAlloc;
import org.iommuref.model.iommufd.viommu.VdeviceAlloc;
import org.iommuref.model.iommufd.viommu.ViommuAlloc;
import org.iommuref.model.mock.TestCommand;

/** Every command: a new one is registered here. Linux: iommufd_ioctl_ops. */
public final class Commands {

  /** The commands with a structure of iommufd. */
  public static final List<Command> ALL =
      List.of(
          Destroy.COMMAND,
          IoasAlloc.COMMAND,
          IoasAllowIovas.COMMAND,
          IoasCopy.COMMAND,
          IoasIovaRanges.COMMAND,
          IoasMap.COMMAND,
          IoasMapFile.COMMAND,
          IoasChangeProcess.COMMAND,
          IoasUnmap.COMMAND,
          IommuOption.COMMAND,
          VfioIoas.COMMAND,
          HwptAlloc.COMMAND,
          HwptSetDirtyTracking.COMMAND,
          HwptGetDirtyBitmap.COMMAND,
          HwptInvalidate.COMMAND,
          GetHwInfo.COMMAND,
          FaultQueueAlloc.COMMAND,
          ViommuAlloc.COMMAND,
          VdeviceAlloc.COMMAND,
          VeventqAlloc.COMMAND,
          HwQueueAlloc.COMMAND,
          TestCommand.COMMAND);

  /** The commands of a VFIO container, found by their whole number. */
  public static final List<OtherCommand> VFIO =
      List.of(
          VfioExtensions.GET_API_VERSION,
          VfioExtensions.CHECK_EXTENSION,
          VfioExtensions.SET_IOMMU,
          VfioGetInfo.COMMAND,
          VfioMapDma.COMMAND,
          VfioUnmapDma.COMMAND);

  private Commands() {}
}
