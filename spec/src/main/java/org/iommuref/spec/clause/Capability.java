package org.iommuref.spec.clause;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a clause needs before it can be judged.
 *
 * <p>A clause whose capabilities are not all declared is {@code not-claimed}, never passed. What
 * the implementation can do and what the requester in front of it can raise are declared apart: see
 * {@link Kind}.
 */
public enum Capability {
  /**
   * The target brings an IOMMU core of its own: groups, ownership, page-size selection, errno
   * results.
   */
  CORE(Kind.UNIT),
  /**
   * Translations may be cached, so that a removed one can still be used until its sync has
   * returned.
   */
  TRANSLATION_CACHE(Kind.UNIT),
  /**
   * Translations that do not exist may be cached too, so that a new one is seen only after its
   * sync.
   */
  CACHING_MODE(Kind.UNIT, TRANSLATION_CACHE),
  /** A device's PASIDs translate by domains of their own. */
  PASID(Kind.UNIT),
  /** A leaf may cover more than the smallest page. */
  LARGE_PAGES(Kind.UNIT),
  /** A page may be writable and not readable. */
  WRITE_ONLY_PAGES(Kind.UNIT),
  /** A zero-length read of a page that is writable and not readable succeeds. */
  ZERO_LENGTH_READS(Kind.UNIT, WRITE_ONLY_PAGES),
  /** No access faults while one valid configuration of a device replaces another. */
  HITLESS_REPLACE(Kind.UNIT),
  /** Refused accesses leave records that can be read. */
  FAULT_RECORDS(Kind.UNIT),
  /** Room for fault records is finite, and it shows when some were lost. */
  FAULT_OVERFLOW(Kind.UNIT, FAULT_RECORDS),
  /** A refused access may leave no record of its own while one of the same requester is unread. */
  FAULT_MERGING(Kind.UNIT, FAULT_RECORDS),
  /**
   * The effect of an access is seen apart from its translation, so that a sync can be seen to wait
   * for it.
   */
  DRAIN(Kind.UNIT),
  /** Identity domains exist. */
  IDENTITY(Kind.UNIT),
  /** The unit is an Intel VT-d unit in legacy mode, reached through its registers and memory. */
  VTD(Kind.UNIT, FAULT_OVERFLOW),
  /** The VT-d unit has scalable mode as well, with every feature that it brings. */
  VTD_SCALABLE(Kind.UNIT),
  /** A domain can make the accesses of its devices coherent, whatever they ask for. */
  ENFORCED_COHERENCY(Kind.UNIT),
  /** The table of a domain can end while PASIDs are still set to it. */
  ENDING_TABLES(Kind.UNIT),
  /** Pages that devices have written can be told from others. */
  DIRTY_TRACKING(Kind.UNIT),
  /** Devices write their interrupts through page tables, in a window that software fills. */
  SOFTWARE_MSI(Kind.UNIT),
  /** User-provisioned tables can be nested on tables of the kernel. */
  NESTING(Kind.UNIT),
  /** Virtual units and virtual devices exist. */
  VIOMMU(Kind.UNIT, NESTING),
  /** The hardware can serve a queue of the guest's. */
  HW_QUEUE(Kind.UNIT, VIOMMU),
  /** The target is iommufd, reached by the system calls on its files: seam 3. */
  IOMMUFD(Kind.UNIT),
  /** Shared buffers of other drivers (dma-buf) can be mapped, and be revoked by their owner. */
  DMABUF(Kind.UNIT, IOMMUFD),
  /** The device node of VFIO opens a context of iommufd. */
  VFIO_NODE(Kind.UNIT, IOMMUFD),
  /** The kernel was built with devices of VFIO that have no unit in front of them. */
  NO_IOMMU(Kind.UNIT, IOMMUFD),
  /** The devices are the mock devices of the kernel's test interface, with its test command. */
  MOCK(Kind.UNIT, IOMMUFD),

  /** The requester can tag an access with a PASID. */
  STIMULUS_PASID(Kind.STIMULUS),
  /** The requester can raise atomic accesses. */
  STIMULUS_ATOMIC(Kind.STIMULUS),
  /** The requester can raise privileged accesses. */
  STIMULUS_PRIVILEGED(Kind.STIMULUS),
  /** The requester can raise zero-length reads. */
  STIMULUS_ZERO_LENGTH_READ(Kind.STIMULUS),
  /** The requester can raise translation requests and translated accesses. */
  STIMULUS_ATS(Kind.STIMULUS),
  /** The requester can write interrupts of its choice. */
  STIMULUS_INTERRUPT(Kind.STIMULUS),
  /** Two requesters with different RIDs can be raised. */
  TWO_DEVICES(Kind.STIMULUS),
  /** Requesters with any RID can be raised. */
  ANY_REQUESTER(Kind.STIMULUS, TWO_DEVICES),
  /** Two requesters are behind different units of one architecture. */
  TWO_UNITS(Kind.STIMULUS, TWO_DEVICES),
  /** Two requesters are members of one group. */
  SHARED_GROUP(Kind.STIMULUS, TWO_DEVICES),
  /** The attach, or the PASID set, of a chosen device can be made to fail. */
  FAILING_ATTACH(Kind.STIMULUS),
  /** Requesters can be any functions of a PCI fabric that a topology describes. */
  PCI_FUNCTIONS(Kind.STIMULUS, TWO_DEVICES),
  /** Devices can be given reserved regions: the topology says where. */
  RESERVED_REGIONS(Kind.STIMULUS),
  /** Devices can be given any trait that a topology has a word for. */
  DEVICE_TRAITS(Kind.STIMULUS, RESERVED_REGIONS),
  /** Devices can be bound to a context of iommufd, attached to a page table and detached. */
  BOUND_DEVICES(Kind.STIMULUS),
  /** A user inside the kernel can pin, read and write the memory behind an IOAS: an access. */
  KERNEL_ACCESS(Kind.STIMULUS),
  /**
   * Devices use ATS where their unit has it: they keep translations, and can be made to miss an
   * invalidation, to go away, or to ask for a translation at once.
   */
  KEEPING_DEVICES(Kind.STIMULUS),
  /** The next command that software gives to a unit can be made to arrive damaged. */
  DAMAGED_COMMANDS(Kind.STIMULUS),
  /** The requester can raise page requests. */
  PAGE_REQUESTS(Kind.STIMULUS),
  /**
   * A page request can be left under way while software goes on, so that a wait can be seen to let
   * it go first.
   */
  PAGE_REQUESTS_UNDER_WAY(Kind.STIMULUS, PAGE_REQUESTS),
  /** Memory can be told to take no atomic access in a part of it. */
  NON_ATOMIC_MEMORY(Kind.STIMULUS),
  /** The unit can be made to report an event of a virtual device. */
  VIRTUAL_EVENTS(Kind.STIMULUS, BOUND_DEVICES);

  /** Whose capability it is. */
  public enum Kind {
    /** The implementation under test can do it. */
    UNIT,
    /** What stands in front of the implementation can raise it. */
    STIMULUS
  }

  private final Kind kind;
  private final @Nullable Capability needs;

  Capability(Kind kind) {
    this(kind, null);
  }

  Capability(Kind kind, @Nullable Capability needs) {
    this.kind = kind;
    this.needs = needs;
  }

  /** Whose capability it is. */
  public Kind kind() {
    return kind;
  }

  /**
   * Every other capability that is declared with this one; immutable, in the order of this enum.
   */
  public Set<Capability> implied() {
    return needs == null ? Set.of() : closure(Set.of(needs));
  }

  /** The given capabilities and all that they imply; immutable, in the order of this enum. */
  public static Set<Capability> closure(Collection<Capability> declared) {
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    for (Capability capability : declared) {
      for (Capability next = capability; next != null; next = next.needs) {
        all.add(next);
      }
    }
    return Collections.unmodifiableSet(all);
  }

  /** The given capabilities alone; immutable, in the order of this enum. */
  static Set<Capability> ordered(Collection<Capability> capabilities) {
    Set<Capability> all = EnumSet.noneOf(Capability.class);
    all.addAll(capabilities);
    return Collections.unmodifiableSet(all);
  }
}
