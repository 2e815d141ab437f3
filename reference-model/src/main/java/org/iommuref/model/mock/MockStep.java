package org.iommuref.model.mock;

import java.util.List;
import java.util.Optional;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to the state of the mock driver and its test accesses; addresses, sizes in bytes. */
public sealed interface MockStep extends Step {

  /** Maps a range; yields how much. */
  record MapRange(DomainId domain, long iova, long size)
      implements MockStep, YieldingStep<Result<Long>> {
    @Override
    public Result<Long> ifDropped() {
      return Result.ok(size);
    }
  }

  /** Unmaps a range; yields how much. */
  record UnmapRange(DomainId domain, long iova, long size) implements MockStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return size;
    }
  }

  /** Finds the entries of a range that are dirty, and clears them if it is to. */
  record ReadDirty(DomainId domain, long iova, long size, boolean clear)
      implements MockStep, YieldingStep<List<Written>> {

    /** The same without clearing them. */
    public ReadDirty keeping() {
      return new ReadDirty(domain, iova, size, false);
    }

    @Override
    public List<Written> ifDropped() {
      return List.of();
    }
  }

  /** Notes a pin of an access; yields its number. */
  record AddPin(long iova, long length) implements MockStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** Takes the pin of a number, if there is one. */
  record TakePin(int number) implements MockStep, YieldingStep<Optional<PinnedRange>> {
    @Override
    public Optional<PinnedRange> ifDropped() {
      return Optional.empty();
    }
  }

  /** Takes the pins of an access that meet a range, to undo them. */
  record TakePins(long iova, long length) implements MockStep, YieldingStep<List<PinnedRange>> {
    @Override
    public List<PinnedRange> ifDropped() {
      return List.of();
    }
  }

  /** What is told of a dirty entry. */
  record Written(long iova, long length) {}

  /** Marks the entry of an address as written, if there is one. */
  record MarkDirty(DomainId domain, long iova) implements MockStep {}

  /** Records writes from now on, or does not. */
  record RecordWrites(DomainId domain, boolean enabled) implements MockStep {}

  /** Whether writes are recorded. */
  record LookAtRecording(DomainId domain) implements MockStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** The physical address of an IOVA, 0 if there is none. */
  record Translate(DomainId domain, long iova) implements MockStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Makes a device; yields its requester id. */
  record CreateDevice(int flags) implements MockStep, YieldingStep<Rid> {
    @Override
    public Rid ifDropped() {
      return new Rid(0);
    }
  }

  /** Ends a device. */
  record DestroyDevice(Rid device) implements MockStep {}

  /** One more attachment of a device expects page requests, or one less. */
  record CountRequests(Rid device, int change) implements MockStep {}

  /** Whether a device may ask for pages. */
  record LookAtRequests(Rid device) implements MockStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** A device enters a virtual unit, or leaves it for none. */
  record EnterUnit(Rid device, long virtualId) implements MockStep {}

  /** Which virtual unit a device is behind. */
  record LookAtUnit(Rid device) implements MockStep, YieldingStep<Optional<MockViommu.Place>> {
    @Override
    public Optional<MockViommu.Place> ifDropped() {
      return Optional.empty();
    }
  }

  /** Clears an entry of what a device has cached, all of them for -1. */
  record ClearCache(Rid device, int entry) implements MockStep {}

  /** Reads an entry of what a device has cached. */
  record ReadCache(Rid device, int entry) implements MockStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** Clears an entry of the false IOTLB of a nested domain, all of them for -1. */
  record ClearIotlb(DomainId domain, int entry) implements MockStep {}

  /** Reads an entry of the false IOTLB of a nested domain. */
  record ReadIotlb(DomainId domain, int entry) implements MockStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** Takes adjacent pages of the kernel; yields their frames. */
  record TakePages(int count) implements MockStep, YieldingStep<List<Long>> {
    @Override
    public List<Long> ifDropped() {
      return List.of();
    }
  }

  /** Gives pages back. */
  record GiveBackPages(long frame, int count) implements MockStep {}

  /** The page table of a domain is freed. */
  record FreeTable(DomainId domain) implements MockStep {}
}
