package org.iommuref.conformance.cases.iommufd;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.suite.Case;

/** The registration of every area's cases at seam 3. */
public final class ProgramCases {

  /** They are the same for every target. */
  private static final List<Case> ALL = write();

  private ProgramCases() {}

  /** The cases, in the order in which they are run. */
  public static List<Case> all() {
    return ALL;
  }

  private static List<Case> write() {
    List<Case> all = new ArrayList<>();
    all.addAll(new UapiCases().cases());
    all.addAll(new StructureCases().cases());
    all.addAll(new UapiAnswerCases().cases());
    all.addAll(new UapiNumberCases().cases());
    all.addAll(new UapiRecordCases().cases());
    all.addAll(new UapiDataCases().cases());
    all.addAll(new UapiMmapCases().cases());
    all.addAll(new VtdDataCases().cases());
    all.addAll(new PinCases().cases());
    all.addAll(new ChargeCases().cases());
    all.addAll(new ChangeProcessCases().cases());
    all.addAll(new AccessCases().cases());
    all.addAll(new AccessRangeCases().cases());
    all.addAll(new DirtyCheckCases().cases());
    all.addAll(new DirtyCases().cases());
    all.addAll(new VfioCases().cases());
    all.addAll(new VfioMapCases().cases());
    all.addAll(new HwptAllocCases().cases());
    all.addAll(new HwptNestedCases().cases());
    all.addAll(new HwptAttachCases().cases());
    all.addAll(new HwptMockCases().cases());
    all.addAll(new DevAttachCases().cases());
    all.addAll(new DevGroupCases().cases());
    all.addAll(new DevReplaceCases().cases());
    all.addAll(new DevPasidCases().cases());
    all.addAll(new HwInfoCases().cases());
    all.addAll(new ObjIdCases().cases());
    all.addAll(new ObjHolderCases().cases());
    all.addAll(new ObjEndCases().cases());
    all.addAll(new ReservedCases().cases());
    all.addAll(new DeviceRegionCases().cases());
    all.addAll(new DeviceTraitCases().cases());
    all.addAll(new DoorbellCases().cases());
    all.addAll(new IoasRangesCases().cases());
    all.addAll(new IoasAllowCases().cases());
    all.addAll(new IoasMapCases().cases());
    all.addAll(new IoasPlaceCases().cases());
    all.addAll(new IoasCopyCases().cases());
    all.addAll(new IoasUnmapCases().cases());
    all.addAll(new FaultQueueCases().cases());
    all.addAll(new FaultEndCases().cases());
    all.addAll(new ViommuCases().cases());
    all.addAll(new OptionCases().cases());
    all.addAll(new IoasTableCases().cases());
    all.addAll(new IoasFileCases().cases());
    all.addAll(new IoasBufferCases().cases());
    all.addAll(new HwQueueCases().cases());
    all.addAll(new EventQueueCases().cases());
    all.addAll(new InvalidateCases().cases());
    all.addAll(new TestInterfaceCases().cases());
    all.addAll(new TestAccessCases().cases());
    all.addAll(new TestDeviceCases().cases());
    return List.copyOf(all);
  }
}
