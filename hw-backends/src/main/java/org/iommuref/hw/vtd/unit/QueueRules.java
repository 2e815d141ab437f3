package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.spec.clause.Clause;

/** What the invalidation queue waits for and tells. Manual 6.5.2. */
public interface QueueRules {

  /** What the queue takes a descriptor for that it has fetched: what memory holds. */
  default Descriptor seen(Descriptor fetched) {
    return fetched;
  }

  /**
   * Whether a wait descriptor may complete now.
   *
   * @param draining whether a translated request that has to take effect first is still under way
   */
  @Clause({"VTD-035", "INV-002"})
  default boolean mayComplete(boolean draining) {
    return !draining;
  }

  /** Whether a completed wait descriptor sets IWC: if its IF asks for it. */
  @Clause("VTD-036")
  default boolean setsCompletion(boolean asked) {
    return asked;
  }

  /**
   * What is wrong before a descriptor is read: mode, width, alignment of the tail, tail; an {@code
   * IQEI_} constant or 0.
   */
  @Clause({"VTD-038", "VTD-165"})
  default int registerError(long mode, boolean wide, long tail, long bytes, VtdConfiguration unit) {
    if (!unit.supportsMode(mode)) {
      return QueueRegisters.IQEI_INVALID_MODE;
    }
    boolean wideUnit = unit.has(ExtendedCapability.SMTS) || unit.has(ExtendedCapability.ADMS);
    if (wide ? !wideUnit : mode != RootTableAddress.TTM_LEGACY) {
      return QueueRegisters.IQEI_INVALID_WIDTH;
    }
    if (wide && (tail & InvalidationDescriptor.BYTES) != 0) {
      return QueueRegisters.IQEI_MISALIGNED_TAIL;
    }
    return tail >= bytes ? QueueRegisters.IQEI_INVALID_TAIL : 0;
  }

  /** What a context-cache descriptor does. */
  default ContextInvalidation carriedOut(ContextInvalidation order) {
    return order;
  }

  /** What a PASID-cache descriptor does. */
  default PasidInvalidation carriedOut(PasidInvalidation order) {
    return order;
  }

  /** What a PASID IOTLB descriptor does. */
  default PasidIotlbInvalidation carriedOut(PasidIotlbInvalidation order) {
    return order;
  }

  /** The code of a page group response, as the device gets it: that of the descriptor. */
  @Clause("VTD-170")
  default int responseCode(int code) {
    return code;
  }

  /** Whether a wait descriptor waits for what devices have not completed. */
  @Clause("VTD-167")
  default boolean waitsForDevices() {
    return true;
  }

  /** What an IOTLB descriptor does. */
  default IotlbInvalidation carriedOut(IotlbInvalidation order) {
    return order;
  }
}
