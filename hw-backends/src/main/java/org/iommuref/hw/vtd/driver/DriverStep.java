package org.iommuref.hw.vtd.driver;

import java.util.List;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;
import org.iommuref.spec.unit.BusRequest;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.TranslationCompletion;
import org.iommuref.spec.unit.UnitMessage.PageGroupResponse;

/**
 * What the driver does to registers, to the structures in memory and to its own shared lists, one
 * access at a time; what it does to page tables is a {@link org.iommuref.hw.radix.TableStep}.
 *
 * <p>{@code unit} is the index of a unit, {@code address} the place of an entry or descriptor in
 * memory, {@code iova} and {@code page} those of input and of memory; all in bytes.
 */
public sealed interface DriverStep extends Step {

  /** Reads a register. */
  record ReadRegister(int unit, Register register) implements DriverStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Writes a register. */
  record WriteRegister(int unit, Register register, long value) implements DriverStep {}

  /** Waits until bits of GSTS are set. */
  record CommandDone(int unit, long status) implements DriverStep {}

  /** Reads one quadword (0 or 1) of a fault recording register. */
  record ReadFaultRecord(int unit, int index, int quadword)
      implements DriverStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Clears F of a fault recording register. */
  record ClearFaultRecord(int unit, int index) implements DriverStep {}

  /** Writes a descriptor into a slot of the invalidation queue. */
  record WriteDescriptor(int unit, long address, Atom descriptor) implements DriverStep {
    @Override
    public String toString() {
      return "WriteDescriptor[unit=%d, address=0x%x, %s]"
          .formatted(unit, address, InvalidationDescriptor.describe(descriptor));
    }
  }

  /** Marks the invalidation as not completed, in the word that its wait descriptor will write. */
  record ResetStatus(int unit, long address) implements DriverStep {}

  /**
   * Has what was written to memory arrive there before the doorbell: nothing where stores keep
   * their order. Linux has it inside writel.
   */
  record WriteBarrier(int unit) implements DriverStep {}

  /** Waits until the invalidation queue has room. */
  record QueueHasRoom(int unit) implements DriverStep {}

  /** Rings the doorbell: the unit sees descriptors and the wait that follows them. */
  sealed interface Doorbell extends DriverStep {

    /** The new tail of the queue, in bytes. */
    long tail();
  }

  /** Rings the doorbell for an invalidation of translations. */
  record SubmitInvalidation(
      long iova, long size, boolean leafOnly, int unit, int domainId, long tail)
      implements Doorbell {}

  /** Rings the doorbell for an invalidation of context entries. */
  record SubmitContextInvalidation(int unit, int domainId, long tail) implements Doorbell {}

  /** Rings the doorbell for an invalidation of cached PASID entries. */
  record SubmitPasidInvalidation(int unit, int domainId, int pasid, long tail)
      implements Doorbell {}

  /** Rings the doorbell for an invalidation of translations of a PASID. */
  record SubmitPasidTranslations(
      long iova, long size, boolean leafOnly, int unit, int domainId, int pasid, long tail)
      implements Doorbell {}

  /** Rings the doorbell for an invalidation of what a device keeps of a PASID, 0 for none. */
  record SubmitDeviceInvalidation(long iova, long size, int unit, Rid device, int pasid, long tail)
      implements Doorbell {}

  /** Rings the doorbell for several invalidations, behind all of which the one wait stands. */
  record SubmitBatch(int unit, int count, long tail) implements Doorbell {}

  /** Rings the doorbell for the answer to a group of page requests. */
  record SubmitResponse(int unit, Rid device, int pasid, int group, int code, long tail)
      implements Doorbell {}

  /** Rings the doorbell for what ends the page requests of a PASID that are under way. */
  record SubmitDrain(int unit, Rid device, int pasid, long tail) implements Doorbell {}

  /** Reads the first sixteen bytes of a page request from its queue. */
  record ReadPageRequest(int unit, long address) implements DriverStep, YieldingStep<Atom> {
    @Override
    public Atom ifDropped() {
      return new Atom(0, 0);
    }
  }

  /** Waits until the wait descriptor has written its status word. */
  record InvalidationDone(int unit, long address) implements DriverStep {}

  /** Reads the status word of a submission: still pending, done, or aborted. */
  record ReadStatus(int unit, long address) implements DriverStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 1;
    }
  }

  /** Marks a submission that was fetched and not done as aborted: its owner submits it anew. */
  record AbortWait(int unit, long address) implements DriverStep {}

  /** Looks whether a device is still there. */
  record FindDevice(Rid device) implements DriverStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** Reads the low quadword of a root entry. */
  record ReadRootEntry(int unit, int bus, long address) implements DriverStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Makes an empty root entry name a context table: whether it was still empty. */
  record LinkContextTable(int unit, int bus, long page, long address)
      implements DriverStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** Reads a context entry. */
  record ReadContextEntry(int unit, Rid device, long address)
      implements DriverStep, YieldingStep<Atom> {
    @Override
    public Atom ifDropped() {
      return new Atom(0, 0);
    }
  }

  /** Writes a context entry, all of it at once. */
  record WriteContextEntry(int unit, Rid device, long address, Atom entry) implements DriverStep {}

  /** Writes the low quadword of a context entry with P clear and all else as it was. */
  record ClearPresent(int unit, Rid device, long address, long low) implements DriverStep {}

  /** Reads an entry of a PASID directory. */
  record ReadPasidDirectoryEntry(int unit, Rid device, int pasid, long address)
      implements DriverStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Makes an empty entry of a PASID directory name a table: whether it was still empty. */
  record LinkPasidTable(int unit, Rid device, int pasid, long page, long address)
      implements DriverStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** Reads the first sixteen bytes of a PASID entry: P, PGTT and DID are there. */
  record ReadPasidTableEntry(int unit, Rid device, int pasid, long address)
      implements DriverStep, YieldingStep<Atom> {
    @Override
    public Atom ifDropped() {
      return new Atom(0, 0);
    }
  }

  /** Writes sixteen bytes (0 to 3) of a PASID entry that is not present. */
  record WritePasidFields(int unit, Rid device, int pasid, int atom, long address, Atom fields)
      implements DriverStep {}

  /** Makes a PASID entry present, all other fields of which are written. */
  record SetPasidPresent(int unit, Rid device, int pasid, long address, long low)
      implements DriverStep {}

  /** Clears P of a PASID entry and leaves all else as it was. */
  record ClearPasidPresent(int unit, Rid device, int pasid, long address, long low)
      implements DriverStep {}

  /** Changes SSADE of a PASID entry that is present, and nothing else. */
  record ChangeDirtyEnable(int unit, Rid device, int pasid, long address, long low)
      implements DriverStep {}

  /** Changes PGSNP of a PASID entry that is present, and nothing else. */
  record ChangePageSnoop(int unit, Rid device, int pasid, long address, long high)
      implements DriverStep {}

  /** Takes the domain's id on a unit, a new one for its first user: the id, or -1 for none left. */
  record TakeDomainId(int unit, DomainId domain) implements DriverStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return DomainIds.NONE;
    }
  }

  /** Gives up one use of the domain's id on a unit. */
  record PutDomainId(int unit, DomainId domain) implements DriverStep {}

  /** Adds one use of a tag to what a sync of the domain invalidates. */
  record AssignTag(DomainId domain, CacheTag tag) implements DriverStep {}

  /** Takes one use of a tag off what a sync of the domain invalidates. */
  record UnassignTag(DomainId domain, CacheTag tag) implements DriverStep {}

  /** Reads the tags of a domain. */
  record ReadTags(DomainId domain) implements DriverStep, YieldingStep<List<CacheTag>> {
    @Override
    public List<CacheTag> ifDropped() {
      return List.of();
    }
  }

  /** Turns ATS of a device on: from now on it may ask for translations and keep them. */
  record EnableAts(Rid device) implements DriverStep {}

  /** Turns ATS of a device off; what it keeps, it keeps. */
  record DisableAts(Rid device) implements DriverStep {}

  /** Turns page requests of a device on. */
  record EnablePri(Rid device) implements DriverStep {}

  /** Turns page requests of a device off. */
  record DisablePri(Rid device) implements DriverStep {}

  /** A device asks for a page. */
  record RaisePageRequest(int unit, PageRequestMessage request) implements DriverStep {}

  /** Waits until units and devices have nothing left to do. */
  record DevicesSettled() implements DriverStep {}

  /** A device takes what it has been answered to its page requests. */
  record FetchPageAnswers(Rid device) implements DriverStep, YieldingStep<List<PageGroupResponse>> {
    @Override
    public List<PageGroupResponse> ifDropped() {
      return List.of();
    }
  }

  /**
   * A device looks for a translation that it keeps: where it leads, the access being under way from
   * then on; -1 if it keeps none, -2 if it does not ask for any.
   */
  record LookUpDeviceTlb(DeviceAccess access) implements DriverStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return -1L;
    }
  }

  /** An access of a device by a translation that it keeps has ended. */
  record EndTranslated(Rid device) implements DriverStep {}

  /** A device asks how many invalidations it has taken, before it asks for a translation. */
  record CountInvalidations(Rid device) implements DriverStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** A device raises a request of ATS: the slot in which it waits, or -1 if all are taken. */
  record RaiseBusRequest(int unit, BusRequest request)
      implements DriverStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return -1;
    }
  }

  /** A device takes the completion of its translation request, and the slot is free. */
  record FetchCompletion(int unit, int slot)
      implements DriverStep, YieldingStep<TranslationCompletion> {
    @Override
    public TranslationCompletion ifDropped() {
      return TranslationCompletion.withoutRights();
    }
  }

  /** A device keeps a translation, unless it has taken an invalidation since it asked. */
  record KeepTranslation(DeviceAccess access, int before) implements DriverStep {}

  /** A device raises a request: the slot in which it waits, or -1 if all are taken. */
  record RaiseRequest(int unit, DeviceAccess access) implements DriverStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return -1;
    }
  }

  /** Waits for the answer to a request. */
  record RequestAnswered(int unit, int slot) implements DriverStep {}

  /** A device takes the answer to its request, and the slot is free. */
  record FetchAnswer(int unit, int slot) implements DriverStep, YieldingStep<AccessOutcome> {
    @Override
    public AccessOutcome ifDropped() {
      return AccessOutcome.blocked();
    }
  }

  /** Keeps a request from taking effect once it is translated. */
  record HoldRequest(int unit, int slot) implements DriverStep {}

  /** Waits until the unit has nothing left to do, and a request that is held is translated. */
  record UnitSettled(int unit) implements DriverStep {}

  /** Lets a held request take effect. */
  record ReleaseRequest(int unit, int slot) implements DriverStep {}
}
