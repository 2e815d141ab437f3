package org.iommuref.model.iommufd.pagetable;

import java.util.Optional;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/**
 * A range of IOVAs and the slice of pages behind it. Linux: struct iopt_area.
 *
 * <p>While it is built up or torn down it has no pages that others could see.
 */
public final class Area {

  private static final int PAGE_SHIFT = 12;

  private final IoPagetable table;
  private final long iova;
  private final long last;
  private final long firstIndex;
  private final long lastIndex;
  private final int pageOffset;
  private final Prot prot;
  private final Lifetime lifetime = new Lifetime(this);
  private final Shared shared;
  private @Nullable Pages pages;
  private Optional<AreaFrames> frames = Optional.empty();
  private boolean closed;
  private boolean counted = true;
  private int accesses;
  private int locks;

  /** An area that begins {@code startByte} bytes behind the beginning of its pages. */
  Area(IoPagetable table, long iova, long last, long startByte, Prot prot) {
    this.table = table;
    this.iova = iova;
    this.last = last;
    this.firstIndex = startByte >>> PAGE_SHIFT;
    this.lastIndex = (startByte + (last - iova)) >>> PAGE_SHIFT;
    this.pageOffset = (int) (startByte & (Processes.PAGE_SIZE - 1));
    this.prot = prot;
    this.shared = table.shared(lifetime);
  }

  /** The first IOVA. */
  public long iova() {
    return iova;
  }

  /** The last IOVA. */
  public long last() {
    return last;
  }

  /** In bytes. */
  public long length() {
    return last - iova + 1;
  }

  /** How many bytes into its first page it begins. */
  public int pageOffset() {
    return pageOffset;
  }

  /** The first page. */
  public long firstIndex() {
    return firstIndex;
  }

  /** The last page. */
  public long lastIndex() {
    return lastIndex;
  }

  /** The rights that devices and accesses have. */
  public Prot prot() {
    return prot;
  }

  /** The map that it is part of. */
  public IoPagetable table() {
    return table;
  }

  /** Reads what others may change of it; the caller holds {@code iova_rwsem}. */
  public AreaState look() {
    return shared.look(new AreaStep.LookAtArea(iova), step -> seen());
  }

  /** The same as whoever looks on sees it. */
  public AreaState seen() {
    return new AreaState(pages != null, closed, accesses, locks);
  }

  /** Whether its frames count as pinned, as whoever looks on sees it, with pages or without. */
  public boolean isSeenCounted() {
    return counted;
  }

  /** Says whether the frames that it will have count as pinned. */
  Area counting(boolean frames) {
    counted = frames;
    return this;
  }

  /** Whether it has been freed. */
  public boolean isFreed() {
    return lifetime.hasEnded();
  }

  /** The pages of an area that was found finished under a lock that is still held. */
  public Pages pages() {
    if (pages == null) {
      throw new IllegalStateException("IOAS-060: " + this + " has no pages that others may see");
    }
    return pages;
  }

  /** Where the byte at an IOVA lies behind the beginning of the pages (iopt_area_start_byte). */
  public long startByte(long at) {
    return (at - iova) + pageOffset + (firstIndex << PAGE_SHIFT);
  }

  /** The page of an IOVA. */
  public long indexOf(long at) {
    return startByte(at) >>> PAGE_SHIFT;
  }

  /** The first IOVA of a page. */
  long iovaOf(long index) {
    return index == firstIndex ? iova : iova - pageOffset + ((index - firstIndex) << PAGE_SHIFT);
  }

  /** The last IOVA of a page. */
  long lastOf(long index) {
    return index == lastIndex ? last : iovaOf(index + 1) - 1;
  }

  void preventAccess() {
    shared.change(new AreaStep.CloseArea(iova), step -> closed = true);
  }

  /** An access has pinned pages of it; {@code locking} forbids to unmap it. */
  public void pinned(boolean locking) {
    shared.change(
        new AreaStep.CountPin(iova, locking),
        step -> {
          accesses++;
          locks += step.locking() ? 1 : 0;
        });
  }

  /** An access has unpinned pages of it. */
  public void unpinned(boolean locking) {
    shared.change(
        new AreaStep.UncountPin(iova, locking),
        step -> {
          accesses--;
          locks -= step.locking() ? 1 : 0;
          if (accesses < 0 || locks < 0) {
            throw new IllegalStateException("ACC-020: unpinned but not pinned: " + this);
          }
        });
  }

  /** Which domain holds its frames, if one does; the caller holds the mutex of its pages. */
  Optional<AreaFrames> frames() {
    return shared.look(new AreaStep.LookAtFrames(iova), step -> frames);
  }

  /** The domain that holds its frames, or null if no domain does, as whoever looks on sees it. */
  public @Nullable DomainId seenStorageDomain() {
    return frames.map(AreaFrames::storageDomain).orElse(null);
  }

  void keep(AreaFrames kept) {
    shared.change(new AreaStep.StoreFrames(iova), step -> frames = Optional.of(kept));
  }

  void forgetFrames() {
    shared.change(new AreaStep.ForgetFrames(iova), step -> frames = Optional.empty());
  }

  void publish(Pages made) {
    shared.change(new AreaStep.PublishPages(iova), step -> pages = made);
  }

  Pages withdraw() {
    return shared
        .take(
            new AreaStep.WithdrawPages(iova),
            step -> {
              Pages withdrawn = pages();
              pages = null;
              return Optional.of(withdrawn);
            })
        .orElseThrow();
  }

  /** kfree. */
  void free() {
    shared.free(new AreaStep.FreeArea(iova));
  }

  @Override
  public String toString() {
    return "area 0x" + Long.toHexString(iova) + "..0x" + Long.toHexString(last);
  }
}
