package org.iommuref.hw.vtd.unit;

import java.util.ArrayList;
import java.util.List;

/**
 * Every condition under which a walk in scalable mode refuses a request, in the order of the walk.
 * Manual 7.1.3.
 *
 * @param root on the root entry half
 * @param context on the context entry
 * @param contextUse on the request against its context entry
 * @param directory on the PASID directory entry
 * @param pasidEntry on the PASID entry
 * @param pasidUse on the request against its PASID entry
 * @param address on the address, once the PASID entry is known
 * @param firstStage on the first-stage entry
 * @param firstStageRights on the rights of the first stage
 * @param firstStageUpdate on the first-stage entry whose flags have to be set; {@code low} is 1
 *     where memory takes atomic accesses, else 0
 * @param secondStage on the second-stage entry
 * @param secondStageRights on the rights of the second stage
 * @param secondStageUpdate on the second-stage entry whose flags have to be set; {@code low} as for
 *     the first stage
 * @param output on the address that a translation gives; {@code low} is the address
 */
public record ScalableChecks(
    Checks root,
    Checks context,
    Checks contextUse,
    Checks directory,
    Checks pasidEntry,
    Checks pasidUse,
    Checks address,
    Checks firstStage,
    Checks firstStageRights,
    Checks firstStageUpdate,
    Checks secondStage,
    Checks secondStageRights,
    Checks secondStageUpdate,
    Checks output) {

  /** The conditions of the manual. */
  static ScalableChecks standard() {
    return new ScalableChecks(
        StructureChecks.ROOT,
        StructureChecks.CONTEXT,
        StructureChecks.CONTEXT_USE,
        StructureChecks.DIRECTORY,
        PasidEntryChecks.PASID_ENTRY,
        PasidEntryChecks.PASID_USE,
        StageChecks.ADDRESS,
        StageChecks.FIRST_STAGE,
        StageChecks.FIRST_STAGE_RIGHTS,
        StageChecks.FIRST_STAGE_UPDATE,
        StageChecks.SECOND_STAGE,
        StageChecks.SECOND_STAGE_RIGHTS,
        StageChecks.SECOND_STAGE_UPDATE,
        StageChecks.OUTPUT);
  }

  /** The lists in the order of the walk. */
  public List<Checks> all() {
    return List.of(
        root,
        context,
        contextUse,
        directory,
        pasidEntry,
        pasidUse,
        address,
        firstStage,
        firstStageRights,
        firstStageUpdate,
        secondStage,
        secondStageRights,
        secondStageUpdate,
        output);
  }

  /** The same with another list in place of the one with its subject. */
  public ScalableChecks with(Checks other) {
    List<Checks> lists = new ArrayList<>(all());
    lists.replaceAll(list -> list.subject().equals(other.subject()) ? other : list);
    return new ScalableChecks(
        lists.get(0),
        lists.get(1),
        lists.get(2),
        lists.get(3),
        lists.get(4),
        lists.get(5),
        lists.get(6),
        lists.get(7),
        lists.get(8),
        lists.get(9),
        lists.get(10),
        lists.get(11),
        lists.get(12),
        lists.get(13));
  }
}
