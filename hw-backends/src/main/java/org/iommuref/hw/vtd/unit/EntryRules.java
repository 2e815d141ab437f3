package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;

/** What a walk of scalable mode takes from the entries that it reads. Manual 3.4.3 to 3.8. */
public interface EntryRules {

  /** The PASID of a request that carries none: RID_PASID, which is 0 where it is reserved. */
  @Clause("VTD-117")
  default int ridPasid(ScalableWalk walk) {
    return (int) walk.contextField(ScalableContextEntry.RID_PASID);
  }

  /** Whether a request without PASID is privileged: RID_PRIV. */
  @Clause("VTD-118")
  default boolean ridPrivilege(ScalableWalk walk) {
    return walk.contextHas(ScalableContextEntry.RID_PRIV);
  }

  /** Whether the upper half of the root entry serves a requester: from device 16 on. */
  @Clause("VTD-101")
  default boolean usesUpperHalf(int sourceId) {
    return (sourceId & 0x80) != 0;
  }

  /** The levels of the first stage: 4, or 5 with FSPM=1. */
  @Clause("VTD-140")
  default int firstStageLevels(ScalableWalk walk) {
    return 4 + (int) walk.field(PasidEntry.FSPM);
  }

  /** What is left of the first-stage rights so far when another entry was read. */
  @Clause({"VTD-133", "VTD-134"})
  default int narrowFirst(int soFar, long entry) {
    int write = FirstStageEntry.RW.isSet(entry) ? Rights.WRITE : 0;
    int user = FirstStageEntry.US.isSet(entry) ? ScalableWalk.USER : 0;
    return soFar & (Rights.READ | write | user);
  }

  /** What is left of the second-stage rights so far when another entry was read. */
  @Clause("VTD-145")
  default int narrowSecond(int soFar, long entry) {
    return soFar & (int) entry & ScalableWalk.ALL_RIGHTS;
  }

  /** The flags that a used first-stage entry has to have: A, EA with EAFE, D of a written leaf. */
  @Clause({"VTD-136", "VTD-137"})
  default long firstStageFlags(ScalableWalk walk, boolean writtenLeaf) {
    return FirstStageEntry.A.mask()
        | (walk.has(PasidEntry.EAFE) ? FirstStageEntry.EA.mask() : 0)
        | (writtenLeaf ? FirstStageEntry.D.mask() : 0);
  }

  /**
   * The flags that a used second-stage entry has to have: with SSADE A, and D of a written leaf.
   */
  @Clause("VTD-146")
  default long secondStageFlags(ScalableWalk walk, boolean writtenLeaf) {
    if (!walk.has(PasidEntry.SSADE)) {
      return 0;
    }
    return SecondStageEntry.A.mask() | (writtenLeaf ? SecondStageEntry.D.mask() : 0);
  }

  /** Whether an entry can be read: where memory is, whether or not that takes atomic accesses. */
  @Clause({"VTD-132", "VTD-139", "VTD-144", "VTD-148"})
  default boolean isReadable(Memory memory, long at) {
    return memory.contains(at);
  }

  /** 1 if flags of an entry can be set: where memory takes atomic accesses; else 0. */
  @Clause({"VTD-139", "VTD-148"})
  default long takesFlags(Memory memory, long at) {
    return memory.takesAtomics(at) ? 1 : 0;
  }

  /**
   * Sets flags of an entry by one atomic access, if it still is as it was read. Returns whether it
   * did.
   */
  @Clause({"VTD-136", "VTD-139", "VTD-146", "VTD-148"})
  default boolean setFlags(Memory memory, long at, long before, long flags) {
    return memory.compareAndSetLong(at, before, before | flags);
  }

  /** Whether FPD of a structure silences the request from here on. */
  @Clause("VTD-124")
  default boolean silences(boolean soFar, boolean fpd) {
    return soFar || fpd;
  }

  /** Whether the tables of a first stage lie in guest memory, behind the second stage. */
  @Clause("VTD-150")
  default boolean tablesOfGuest(ScalableWalk walk) {
    return walk.isNested();
  }

  /** The size of a translation through both stages: the smaller page. */
  @Clause("VTD-154")
  default int nestedShift(int firstShift, int secondShift) {
    return Math.min(firstShift, secondShift);
  }

  /** Why a request is refused where a structure lies where no memory is. */
  @Clause({"VTD-116", "VTD-132", "VTD-144"})
  default FaultReason accessError(FaultReason standard) {
    return standard;
  }
}
