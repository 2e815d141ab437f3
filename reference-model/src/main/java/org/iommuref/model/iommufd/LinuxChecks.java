package org.iommuref.model.iommufd;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.model.iommufd.access.AccessRange;
import org.iommuref.model.iommufd.access.AreaOnAccess;
import org.iommuref.model.iommufd.device.AttachRequest;
import org.iommuref.model.iommufd.device.DeviceBinding;
import org.iommuref.model.iommufd.eventq.FaultQueueAlloc;
import org.iommuref.model.iommufd.eventq.PageResponseWrite;
import org.iommuref.model.iommufd.eventq.VeventqAlloc;
import org.iommuref.model.iommufd.hwpt.FromViommu;
import org.iommuref.model.iommufd.hwpt.HwptAlloc;
import org.iommuref.model.iommufd.hwpt.HwptInvalidate;
import org.iommuref.model.iommufd.hwpt.NestedRequest;
import org.iommuref.model.iommufd.hwpt.PagingRequest;
import org.iommuref.model.iommufd.ioas.IoasAllowIovas;
import org.iommuref.model.iommufd.ioas.IoasChangeProcess;
import org.iommuref.model.iommufd.ioas.IoasCopy;
import org.iommuref.model.iommufd.ioas.IoasIovaRanges;
import org.iommuref.model.iommufd.ioas.IoasMapFile;
import org.iommuref.model.iommufd.ioas.IoasUnmap;
import org.iommuref.model.iommufd.ioctl.CallUserData;
import org.iommuref.model.iommufd.ioctl.CallUserDataArray;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.option.IommuOption;
import org.iommuref.model.iommufd.pages.PagesMaking;
import org.iommuref.model.iommufd.pagetable.AreaCut;
import org.iommuref.model.iommufd.pagetable.AreaOnRemoval;
import org.iommuref.model.iommufd.pagetable.IovaSearch;
import org.iommuref.model.iommufd.pagetable.Placement;
import org.iommuref.model.iommufd.viommu.MmapRegions;
import org.iommuref.model.iommufd.viommu.QueueRange;
import org.iommuref.model.iommufd.viommu.VdeviceAlloc;
import org.iommuref.model.mock.TestCommand;

/** Every list of checks of iommufd: a new one is registered here, or lies in a command. */
public final class LinuxChecks {

  private static final List<CheckList<?>> BELOW_COMMANDS =
      List.of(
          Dispatch.CHECKS,
          QueueRange.CHECKS,
          MmapRegions.CHECKS,
          VdeviceAlloc.LOCKED,
          Placement.LENGTH,
          Placement.FIXED,
          Placement.AREA,
          AreaOnRemoval.CHECKS,
          AreaCut.CHECKS,
          AreaCut.USERS,
          AccessRange.CHECKS,
          AreaOnAccess.PIN,
          AreaOnAccess.RW,
          IoasChangeProcess.AREA,
          IoasAllowIovas.ELEMENT,
          IoasCopy.DESTINATION,
          PagesMaking.MEMORY,
          PagesMaking.LENGTH,
          IovaSearch.CHECKS,
          IoasMapFile.DMABUF,
          FaultQueueAlloc.READ,
          FaultQueueAlloc.WRITE,
          PageResponseWrite.CHECKS,
          VeventqAlloc.LOCKED,
          IommuOption.RLIMIT_MODE_CHECKS,
          IommuOption.HUGE_PAGES_CHECKS,
          DeviceBinding.Request.CHECKS,
          AttachRequest.TARGET,
          AttachRequest.ATTACH,
          AttachRequest.REPLACE,
          AttachRequest.COMPATIBLE,
          AttachRequest.PASID_COMPAT,
          NestedRequest.CHECKS,
          PagingRequest.CHECKS,
          HwptAlloc.FAULT_QUEUE,
          FromViommu.CHECKS,
          HwptInvalidate.CHECKS,
          IoasUnmap.REMOVED,
          IoasIovaRanges.ROOM,
          CallUserData.CHECKS,
          CallUserDataArray.WHOLE,
          CallUserDataArray.ENTRY);

  private LinuxChecks() {}

  /** The lists, each under a name of its own. */
  public static List<CheckList<?>> all() {
    Stream<CheckList<?>> commands = Commands.ALL.stream().map(Command::checks);
    Stream<CheckList<?>> vfio = Commands.VFIO.stream().flatMap(each -> each.checks().stream());
    return Stream.of(commands, vfio, BELOW_COMMANDS.stream(), TestCommand.checkLists().stream())
        .<CheckList<?>>flatMap(lists -> lists)
        .toList();
  }
}
