package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.PageRequestRegisters;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.PageRequestMessage;
import org.jspecify.annotations.Nullable;

/** What becomes of a page request. Manual 7.4 and 7.5. */
public interface PageRequestRules {

  /** Response code: the request was served, or is to be sent again. */
  int SUCCESS = 0;

  /** Response code: the request is not valid. */
  int INVALID = 1;

  /** The first 128 bits of the descriptor. */
  @Clause("VTD-185")
  default Atom descriptor(PageRequestMessage request) {
    Pasid pasid = request.pasid();
    long low = PageRequestRegisters.RID.put(1, request.rid().value());
    if (pasid != null) {
      low = PageRequestRegisters.PASID.put(low | PageRequestRegisters.PP.mask(), pasid.value());
    }
    low |= request.execute() ? PageRequestRegisters.EXR.mask() : 0;
    low |= request.privileged() ? PageRequestRegisters.PMR.mask() : 0;
    long high = PageRequestRegisters.PRGI.put(0, request.group());
    high |= PageRequestRegisters.ADDR.address(request.address());
    high |= request.read() ? PageRequestRegisters.RDR.mask() : 0;
    high |= request.write() ? PageRequestRegisters.WRR.mask() : 0;
    return new Atom(low, high | (request.last() ? PageRequestRegisters.LPIG.mask() : 0));
  }

  /** Whether page requests are served in a mode of the root table: in scalable mode alone. */
  @Clause("VTD-187")
  default boolean isServed(long mode) {
    return mode == RootTableAddress.TTM_SCALABLE;
  }

  /** Whether the queue takes no more: its tail is one behind its head. */
  @Clause("VTD-188")
  default boolean isFull(long head, long tail, long bytes) {
    return (tail + PageRequestRegisters.BYTES) % bytes == head;
  }

  /** Whether a request is dropped although there is room: while PRO is set. */
  @Clause("VTD-188")
  default boolean isDropped(boolean overflow) {
    return overflow;
  }

  /** Whether the unit answers a request itself: only the last of a group, never a stop marker. */
  @Clause("VTD-188")
  default boolean isAnswered(PageRequestMessage request) {
    return request.last() && !request.isStopMarker();
  }

  /**
   * Whether a wait descriptor with PD has to wait: until every request is in the queue, whole, or
   * dropped.
   *
   * @param pending how many requests are neither yet
   * @param halfWritten whether the first half of the descriptor of one of them is written
   */
  @Clause("VTD-190")
  default boolean delaysWait(int pending, boolean halfWritten) {
    return pending > 0;
  }

  /** What goes of the IOTLB before the request is queued, in terms of a PASID; null for nothing. */
  @Clause("VTD-189")
  default @Nullable PasidIotlbInvalidation invalidatedOfPasid(DmaRequest request) {
    ScalableWalk walk = request.walk();
    return walk.type() == PasidEntry.PGTT_FIRST_STAGE
        ? new PasidIotlbInvalidation(
            PasidIotlbInvalidation.PAGE, request.domainId(), walk.pasid(), request.iova(), 0, false)
        : null;
  }

  /**
   * What goes of the IOTLB before the request is queued, in terms of a domain; null for nothing.
   */
  @Clause("VTD-189")
  default @Nullable IotlbInvalidation invalidatedOfDomain(DmaRequest request) {
    ScalableWalk walk = request.walk();
    if (walk.type() == PasidEntry.PGTT_FIRST_STAGE) {
      return null;
    }
    int granularity = walk.isNested() ? Granularity.DOMAIN : Granularity.PAGE;
    return new IotlbInvalidation(
        granularity, request.domainId(), request.iova(), 0, false, false, false);
  }
}
