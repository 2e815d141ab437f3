package org.iommuref.model.iommufd.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.iommuref.model.iommufd.kernel.AccountMode;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.Mutex;
import org.iommuref.model.iommufd.kernel.Owner;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Err;
import org.jspecify.annotations.Nullable;

/**
 * A linear array of pages that several areas may share. Linux: struct iopt_pages.
 *
 * <p>A page is pinned exactly as long as a range of a domain or of an access covers it; it is then
 * pinned once, and charged once. Indexes count pages from 0.
 */
public final class Pages {

  /** The name of their mutex. */
  public static final String MUTEX = "pages.mutex";

  /** What one list of pages holds that are pinned at once (TEMP_MEMORY_LIMIT). */
  private static final int MOST_AT_ONCE = 8192;

  private final Kernel kernel;
  private final Mutex mutex;
  private final Lifetime lifetime = new Lifetime(this);
  private final Shared shared;
  private final PagesSource source;
  private final long count;
  private final boolean writable;
  private final FrameTable frames = new FrameTable();
  private final List<PageRange> ranges = new ArrayList<>();
  private final AccessRanges accessRanges = new AccessRanges();
  private AccountMode mode;
  private Owner owner;
  private int references = 1;
  private long pinned;
  private long charged;

  /**
   * Pages of which none is pinned.
   *
   * @param count how many
   * @param writable whether devices and accesses may write
   * @param mode to whom they are charged
   */
  public Pages(
      Kernel kernel,
      PagesSource source,
      long count,
      boolean writable,
      AccountMode mode,
      Owner owner) {
    this.kernel = kernel;
    Mutex own = source.ownMutex();
    this.mutex = own == null ? kernel.mutex(MUTEX) : own;
    this.shared = kernel.shared(lifetime);
    this.source = source;
    this.count = count;
    this.writable = writable;
    this.mode = mode;
    this.owner = owner;
  }

  /** Protects everything below. */
  public Mutex mutex() {
    return mutex;
  }

  /** Where the pages come from. */
  public PagesSource source() {
    return source;
  }

  /** How many there are. */
  public long count() {
    return count;
  }

  /** Whether devices and accesses may write. */
  public boolean isWritable() {
    return writable;
  }

  /** To whom they are charged. */
  public AccountMode accountMode() {
    return mode;
  }

  /** To whom they belong. */
  public Owner owner() {
    return owner;
  }

  /** Gives them to another owner; the charges are the caller's to move. */
  public void belongTo(Owner next) {
    owner = next;
  }

  /** How many are present. */
  public long present() {
    return frames.size();
  }

  /** Whether a page is present. */
  public boolean isPresent(long index) {
    return frames.get(index) != FrameTable.NONE;
  }

  /** The ranges that accesses have pinned, each as often as one has. */
  public List<PageRange> pinnedByAccesses() {
    return accessRanges.all();
  }

  /** How many are pinned and charged. */
  public long charged() {
    return charged;
  }

  /** Whether they have been freed. */
  public boolean isFreed() {
    return lifetime.hasEnded();
  }

  /** kref_get. */
  public void get() {
    shared.change(new PageStep.GetPages(), step -> references++);
  }

  /** kref_put: the last reference gives the source up. */
  public void put() {
    if (!shared.take(new PageStep.PutPages(), step -> --references == 0)) {
      return;
    }
    var warnings = kernel.warnings();
    warnings.warnIf(!ranges.isEmpty(), "pages are given up while something needs them");
    warnings.warnIf(!frames.isEmpty() || pinned != 0, "pages are given up while pinned");
    source.release(kernel);
    shared.free(new PageStep.FreePages());
  }

  /** Makes all pages of a range present; those that are not needed already are pinned. */
  public @Nullable Errno load(long first, long last) {
    return shared
        .take(
            new PageStep.LoadPages(first, last),
            step -> Optional.ofNullable(pinHoles(step.first(), step.last())))
        .orElse(null);
  }

  private @Nullable Errno pinHoles(long first, long last) {
    if (kernel.fails("allocation of a batch of pages")) {
      return Errno.ENOMEM;
    }
    for (long index = first; index <= last; index++) {
      if (frames.get(index) == FrameTable.NONE) {
        long end = holeFrom(index, last);
        Errno failure = pin(index, end);
        if (failure != null) {
          unpinUnneeded(first, end);
          return failure;
        }
        index = end;
      }
    }
    return null;
  }

  /** The frames of a range that is present, run by run. */
  public List<FrameRun> runs(long first, long last) {
    return shared.look(
        new PageStep.ReadFrames(first, last), step -> runsOf(step.first(), step.last()));
  }

  private List<FrameRun> runsOf(long first, long last) {
    List<FrameRun> runs = new ArrayList<>();
    long start = first;
    while (start <= last) {
      long frame = frameAt(start);
      long next = start + 1;
      while (next <= last && frameAt(next) == frame + (next - start)) {
        next++;
      }
      runs.add(new FrameRun(start, frame, next - start));
      start = next;
    }
    return runs;
  }

  private long frameAt(long index) {
    long frame = frames.get(index);
    if (frame == FrameTable.NONE) {
      throw new IllegalStateException("PIN-001: page " + index + " is not pinned");
    }
    return frame;
  }

  /** The frame of a page, -1 if it is not pinned, as whoever looks on sees it. */
  public long seenFrame(long index) {
    return frames.get(index);
  }

  /** The frames of all pages that somebody needs, -1 for one not pinned, as it is seen. */
  public Map<Long, Long> seenNeeds() {
    Map<Long, Long> needed = new TreeMap<>();
    for (PageRange range : ranges) {
      for (long index = range.first(); index <= range.last(); index++) {
        needed.put(index, frames.get(index));
      }
    }
    return needed;
  }

  /** Charges what was pinned since. ENOMEM over the limit, else null. */
  public @Nullable Errno charge() {
    long uncharged = uncharged();
    if (uncharged == 0) {
      return null;
    }
    if (kernel.fails("injected into the charge of pages")) {
      return Errno.ENOMEM;
    }
    Errno refused = kernel.accounting().charge(mode, owner, uncharged);
    if (refused == null) {
      note(uncharged);
    }
    return refused;
  }

  /** Notes that a domain or an access needs a range, whose pages are present. */
  public PageRange need(long first, long last) {
    PageRange range = new PageRange(first, last);
    shared.change(new PageStep.NeedPages(first, last), step -> ranges.add(range));
    return range;
  }

  /** Notes that it does not any more, and unpins what nobody else needs. */
  public void release(PageRange range) {
    shared.change(new PageStep.ForgetNeed(range.first(), range.last()), step -> forget(range));
    dropUnneeded(range.first(), range.last());
    discharge();
  }

  /** Notes that it does not any more; its parts are noted before the mutex is given back. */
  public void takeOut(PageRange range) {
    shared.change(new PageStep.TakeRangeOut(range.first(), range.last()), step -> forget(range));
  }

  private void forget(PageRange range) {
    if (!ranges.remove(range)) {
      throw new IllegalStateException("nobody needs these pages");
    }
  }

  /** Unpins those pages of a range that nobody needs; what was charged stays charged. */
  public void dropUnneeded(long first, long last) {
    shared.change(
        new PageStep.DropUnneeded(first, last), step -> unpinUnneeded(step.first(), step.last()));
  }

  private void unpinUnneeded(long first, long last) {
    List<PageRange> others = ranges.stream().filter(range -> range.meets(first, last)).toList();
    LongRun dropped = new LongRun();
    for (long index = first; index <= last; index++) {
      if (!isNeeded(others, index)) {
        long frame = frames.remove(index);
        if (frame != FrameTable.NONE) {
          dropped.add(frame);
        }
      }
    }
    giveBack(dropped.toArray());
  }

  /** Takes back the charge of what was unpinned since. */
  public void discharge() {
    long uncharged = uncharged();
    if (uncharged < 0) {
      var ignored = kernel.accounting().discharge(mode, owner, -uncharged);
      note(uncharged);
    }
  }

  private long uncharged() {
    return shared.look(new PageStep.LookUncharged(), step -> pinned - charged);
  }

  private void note(long more) {
    shared.change(new PageStep.NoteCharge(more), step -> charged += step.pages());
  }

  /**
   * Pins and charges a range for an access, which may share it with others. EFAULT, EINVAL, ENOMEM.
   */
  public @Nullable Errno pinForAccess(long first, long last) {
    boolean joined =
        shared.take(
            new PageStep.JoinAccess(first, last),
            step -> accessRanges.join(step.first(), step.last()));
    if (joined) {
      return null;
    }
    if (kernel.fails("allocation of a range of an access")) {
      return Errno.ENOMEM;
    }
    Errno failure = load(first, last);
    if (failure == null) {
      failure = charge();
      if (failure != null) {
        dropUnneeded(first, last);
      }
    }
    if (failure == null) {
      PageRange range = need(first, last);
      shared.change(new PageStep.BeginAccess(first, last), step -> accessRanges.begin(range));
    }
    return failure;
  }

  /** Undoes {@link #pinForAccess} once. */
  public void unpinForAccess(long first, long last) {
    shared
        .take(
            new PageStep.LeaveAccess(first, last),
            step -> Optional.ofNullable(accessRanges.leave(step.first(), step.last())))
        .ifPresent(this::release);
  }

  private static boolean isNeeded(List<PageRange> ranges, long index) {
    for (PageRange range : ranges) {
      if (range.holds(index)) {
        return true;
      }
    }
    return false;
  }

  /** The last page from {@code index} on that can be pinned together with it. */
  private long holeFrom(long index, long last) {
    long most = Math.min(last, index + MOST_AT_ONCE - 1);
    long end = index;
    while (end < most && frames.get(end + 1) == FrameTable.NONE) {
      end++;
    }
    return end;
  }

  private @Nullable Errno pin(long first, long last) {
    if (kernel.fails("allocation of a list of pages")) {
      return Errno.ENOMEM;
    }
    if (kernel.fails("injected into the pin of pages")) {
      return Errno.EFAULT;
    }
    Result<long[]> taken = source.take(kernel, owner, first, (int) (last - first + 1), writable);
    if (taken instanceof Err<long[]> failed) {
      keep(first, Objects.requireNonNullElse(failed.partial(), new long[0]));
      return failed.errno();
    }
    keep(first, taken.value());
    return null;
  }

  private void keep(long index, long[] taken) {
    for (int offset = 0; offset < taken.length; offset++) {
      frames.put(index + offset, taken[offset]);
    }
    if (source.isCounted()) {
      pinned += taken.length;
    }
  }

  private void giveBack(long[] dropped) {
    if (dropped.length > 0) {
      source.giveBack(kernel, dropped);
      if (source.isCounted()) {
        pinned -= dropped.length;
      }
    }
  }

  @Override
  public String toString() {
    return count + " pages of " + owner.process();
  }
}
