package org.iommuref.model.core;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * The domains of the PASIDs of a group, set on every device of it that has PASIDs. Linux:
 * __iommu_set_group_pasid.
 *
 * <p>Open for parts that are wrong on purpose. The caller holds the group's lock.
 */
public class PasidSwitch {

  private final CoreContext context;
  private final PasidBackend driver;

  /** The PASIDs of a core whose driver has them. */
  public PasidSwitch(CoreContext context, PasidBackend driver) {
    this.context = context;
    this.driver = driver;
  }

  /** Sets a PASID that is not set; after a failure it is blocked on all devices. */
  @Clause({"PASID-001", "PASID-011"})
  final Result<Done> attach(Group group, Pasid pasid, DomainId next) {
    List<Member> done = new ArrayList<>();
    for (Member member : withPasids(group)) {
      Errno failure = driver.setPasid(member.rid(), pasid, next, null).errno();
      if (failure != null) {
        revert(group, done, pasid, next);
        return Result.err(failure);
      }
      done.add(member);
    }
    record(group, pasid, next);
    return Result.done();
  }

  /** Moves a PASID that is set; after a failure all devices are in the old domain. */
  @Clause({"PASID-005", "PASID-012"})
  final Result<Done> replace(Group group, Pasid pasid, DomainId next, DomainId old) {
    List<Member> done = new ArrayList<>();
    for (Member member : withPasids(group)) {
      Errno failure = driver.setPasid(member.rid(), pasid, next, old).errno();
      if (failure != null) {
        restore(done, pasid, next, old);
        return Result.err(failure);
      }
      done.add(member);
    }
    record(group, pasid, next);
    return Result.done();
  }

  /** Blocks a PASID that is set. */
  @Clause("PASID-004")
  final void detach(Group group, Pasid pasid, DomainId old) {
    List<Member> served =
        withPasids(group).stream()
            .filter(member -> group.resetDepth(member.rid()) == 0) // the others are blocked
            .toList();
    block(served, pasid, old);
    erase(group, pasid);
  }

  /** Blocks a PASID on the devices on which it was set before another one failed. */
  protected void revert(Group group, List<Member> set, Pasid pasid, DomainId failed) {
    block(set, pasid, failed);
  }

  /** Blocks a PASID on some devices. */
  protected void block(List<Member> members, Pasid pasid, DomainId old) {
    members.forEach(member -> driver.removePasid(member.rid(), pasid, old));
  }

  /**
   * Sets a PASID back on the devices that were moved before another one failed; what cannot go back
   * is blocked.
   */
  protected void restore(List<Member> moved, Pasid pasid, DomainId failed, DomainId old) {
    for (Member member : moved) {
      if (!driver.setPasid(member.rid(), pasid, old, failed).isOk()) {
        driver.removePasid(member.rid(), pasid, failed);
      }
    }
  }

  /** Notes what a PASID is set to. */
  protected void record(Group group, Pasid pasid, DomainId next) {
    context.change(
        group,
        new RecordPasid(group.id(), pasid, next),
        step -> group.put(step.pasid(), step.domain()));
  }

  /** Notes that a PASID is not set any more. */
  protected void erase(Group group, Pasid pasid) {
    context.change(group, new ErasePasid(group.id(), pasid), step -> group.erase(step.pasid()));
  }

  /** The devices that can tag an access with a PASID. */
  protected List<Member> withPasids(Group group) {
    return group.members().stream().filter(Member::hasPasids).toList();
  }
}
