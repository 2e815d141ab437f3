package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;

/** All units that are wrong in one named way. */
public final class VtdUnitMutants {

  private VtdUnitMutants() {}

  /** Those that show under a driver that does everything right: by accesses and fault records. */
  public static List<UnitMutant> seenByDevices() {
    return Stream.of(
            CheckMutants.seenByDevices(),
            WalkMutants.seenByDevices(),
            CacheMutants.seenByDevices(),
            InvalidationMutants.seenByDevices(),
            FaultMutants.seenByDevices())
        .flatMap(List::stream)
        .toList();
  }

  /** Those that show only where the test itself writes registers, tables and descriptors. */
  public static List<UnitMutant> seenAtRegisters() {
    return Stream.of(
            CheckMutants.seenAtRegisters(),
            WalkMutants.seenAtRegisters(),
            CacheMutants.seenAtRegisters(),
            InvalidationMutants.seenAtRegisters(),
            FaultMutants.seenAtRegisters(),
            MergingMutants.seenAtRegisters(),
            RegisterMutants.seenAtRegisters(),
            ScalableMutants.seenAtRegisters(),
            ScalableEntryMutants.seenAtRegisters(),
            UpdateMutants.seenAtRegisters(),
            ScalableQueueMutants.seenAtRegisters(),
            DeviceTlbMutants.seenAtRegisters(),
            PageRequestMutants.seenAtRegisters(),
            InterruptMutants.seenAtRegisters())
        .flatMap(List::stream)
        .toList();
  }
}
