package org.iommuref.model.core;

import java.util.Objects;
import org.iommuref.spec.backend.DeviceCapabilities;
import org.iommuref.spec.backend.DeviceCapabilities.Cap;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * Resets of devices: a device that can use ATS is blocked meanwhile, as an invalidation that it
 * does not answer would stall its unit. Linux: pci_dev_reset_iommu_prepare,
 * pci_dev_reset_iommu_done.
 *
 * <p>What the group says of its domain and PASIDs stays and may change; the device follows
 * afterwards. Open for parts that are wrong on purpose. The caller holds the group's lock. Clauses
 * RST-001 to RST-010.
 */
public class DeviceReset {

  private final CoreContext context;
  private final Ownership ownership;

  /** The resets of a core. */
  public DeviceReset(CoreContext context, Ownership ownership) {
    this.context = context;
    this.ownership = ownership;
  }

  /** Blocks a device; while it is blocked already, it must be freed once more. */
  @Clause({"RST-001", "RST-006", "RST-008"})
  final Result<Done> prepare(Group group, Member member) {
    int depth = group.resetDepth(member.rid());
    if (!concerns(member)) {
      return Result.done();
    }
    if (depth == 0) {
      Errno failure = block(group, member);
      if (failure != null) {
        return Result.err(failure);
      }
    }
    record(group, member, depth + 1);
    return Result.done();
  }

  /** Frees a device, behind the last of several resets. */
  @Clause({"RST-002", "RST-006"})
  final void finish(Group group, Member member) {
    int depth = group.resetDepth(member.rid());
    if (depth == 0 || !concerns(member)) {
      return;
    }
    record(group, member, left(depth));
    if (left(depth) == 0) {
      restore(group, member);
      restorePasids(group, member);
    }
  }

  /** Whether a reset of the device is the unit's concern: if it can use ATS. */
  @Clause("RST-007")
  protected boolean concerns(Member member) {
    return context
        .backend()
        .extension(DeviceCapabilities.class)
        .filter(driver -> driver.isCapable(member.rid(), Cap.PCI_ATS_SUPPORTED))
        .isPresent();
  }

  /** How many resets are under way once one has ended. */
  protected int left(int depth) {
    return depth - 1;
  }

  /** Blocks a device without PASID and under each; null for success. */
  protected @Nullable Errno block(Group group, Member member) {
    Result<DomainId> blocking = ownership.blockingDomain(group);
    if (!blocking.isOk()) {
      return blocking.errno();
    }
    if (!blocking.value().equals(group.domain())) {
      Errno failure =
          context.backend().attach(member.rid(), blocking.value(), group.domain()).errno();
      if (failure != null) {
        return failure;
      }
      group.attachNow(member.rid()); // ATT-017
    }
    blockPasids(group, member);
    return null;
  }

  /** Blocks what is set of the PASIDs of a device. */
  @Clause("RST-003")
  protected void blockPasids(Group group, Member member) {
    if (member.hasPasids()) {
      group.pasids().forEach((pasid, domain) -> pasids().removePasid(member.rid(), pasid, domain));
    }
  }

  /**
   * Attaches the domain that the group is in now; a driver that fails leaves the device blocked.
   */
  protected void restore(Group group, Member member) {
    DomainId blocking = Objects.requireNonNull(group.blockingDomain());
    DomainId now = group.domain();
    if (now != null && !now.equals(blocking)) {
      var ignored = context.backend().attach(member.rid(), now, blocking);
    }
  }

  /** Sets the PASIDs that the group has now. */
  @Clause("RST-003")
  protected void restorePasids(Group group, Member member) {
    if (member.hasPasids()) {
      group
          .pasids()
          .forEach(
              (pasid, domain) -> {
                var ignored = pasids().setPasid(member.rid(), pasid, domain, null);
              });
    }
  }

  private PasidBackend pasids() {
    return context.backend().extension(PasidBackend.class).orElseThrow();
  }

  private void record(Group group, Member member, int depth) {
    context.change(
        group,
        new RecordReset(group.id(), member.rid(), depth),
        step -> group.noteReset(step.device(), step.depth()));
  }
}
