package org.iommuref.model.iommufd.viommu;

import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENXIO;
import static org.iommuref.spec.errno.Errno.EPERM;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.kernel.Spinlock;
import org.iommuref.model.iommufd.object.Holder;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** The regions that a user can map of a context. Linux: iommufd_ctx.mt_mmap, iommufd_fops_mmap. */
public final class MmapRegions {

  /** The name of the lock of the tree. */
  public static final String MT_LOCK = "mt_mmap.lock";

  /** What is asked of a mapping. */
  public static final CheckList<Request> CHECKS =
      new CheckList<>(
              "iommufd_fops_mmap",
              Checks.<Request>inOrder()
                  .when("UAPI-071", "the mapping is private", r -> !r.shared, EINVAL)
                  .when("UAPI-072", "the mapping is for code", r -> r.executable, EPERM)
                  .needs("UAPI-073", "nothing begins there", r -> r.begins == 0, ENXIO)
                  .when("UAPI-074", "the length is another", Request::isOfOtherLength, ENXIO))
          .orderedBy("UAPI-075");

  private final Context context;
  private final Spinlock lock;
  private final Shared shared;
  private final TreeMap<Long, Region> regions = new TreeMap<>();

  /** No region. */
  public MmapRegions(Context context) {
    this.context = context;
    this.lock = context.kernel().spinlock(MT_LOCK);
    this.shared = context.kernel().shared(new Lifetime("the regions to map"));
  }

  /**
   * A mapping that is asked for.
   *
   * @param begins how long the region is that begins at the offset; 0 if there is none
   * @param length in bytes, whole pages
   */
  public record Request(long begins, long length, boolean shared, boolean executable) {

    private boolean isOfOtherLength() {
      return begins != length;
    }
  }

  /** _iommufd_alloc_mmap: the lowest offset from one page on where the frames have room. */
  long add(ObjectBody owner, long[] frames) {
    Region region = new Region(owner, Arrays.stream(frames).boxed().toList());
    lock.lock();
    long offset = shared.take(new ViommuStep.AddRegion(frames.length), step -> place(region));
    lock.unlock();
    return offset;
  }

  private long place(Region region) {
    long offset = Processes.PAGE_SIZE;
    for (Map.Entry<Long, Region> each : regions.entrySet()) {
      if (each.getKey() - offset >= region.length()) {
        break;
      }
      offset = each.getKey() + each.getValue().length();
    }
    regions.put(offset, region);
    return offset;
  }

  /** _iommufd_destroy_mmap. */
  void remove(long offset) {
    lock.lock();
    shared.change(new ViommuStep.RemoveRegion(offset), step -> regions.remove(step.offset()));
    lock.unlock();
  }

  /** Maps a region whole; it holds the owner and the file. The frames, or EINVAL, EPERM, ENXIO. */
  public Result<long[]> map(long offset, long length, boolean shared, boolean executable) {
    if (length == 0 || (offset & (Processes.PAGE_SIZE - 1)) != 0) {
      return Result.err(EINVAL); // the system call itself
    }
    long whole = (length + Processes.PAGE_SIZE - 1) & -Processes.PAGE_SIZE;
    Region region = hold(offset);
    long begins = region == null ? 0 : region.length();
    Request request = new Request(begins, whole, shared, executable);
    Errno refusal = CHECKS.refusal(context.kernel(), request);
    if (region != null && refusal == null) {
      context.get();
      return Result.ok(region.frames().stream().mapToLong(Long::longValue).toArray());
    }
    if (region != null) {
      region.owner().object().drop(Holder.MAPPING);
    }
    return Result.err(refusal == null ? ENXIO : refusal);
  }

  /** Finds a region and holds its owner, under the lock under which both go. UAPI-078. */
  private @Nullable Region hold(long offset) {
    lock.lock();
    Region region = find(offset);
    boolean held = region != null && region.owner().object().tryHold(Holder.MAPPING);
    lock.unlock();
    return held ? region : null;
  }

  /** Ends one mapping. ENXIO if there is no such region. */
  public Result<Done> unmap(long offset) {
    Region region = find(offset);
    if (region == null) {
      return Result.err(ENXIO);
    }
    region.owner().object().drop(Holder.MAPPING);
    context.put();
    return Result.done();
  }

  private @Nullable Region find(long offset) {
    return shared
        .look(
            new ViommuStep.FindRegion(offset),
            step -> Optional.ofNullable(regions.get(step.offset())))
        .orElse(null);
  }
}
